import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'];

/** A line for each window; windows that are not over and left-truncated cohorts leave gaps. */
export function drawWindows({ answer, format }: Drawing<QueryRow<'cohorts/windows'>>): ChartOption {
  const cohorts = [...new Set(answer.rows.map((row) => row.cohort_month))];
  const windows = [...Map.groupBy(answer.rows, (row) => row.retention_window_months)].sort(
    ([a], [b]) => (a ?? 0) - (b ?? 0),
  );
  return {
    legend: { type: 'scroll' },
    tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => format.percent(value) },
    xAxis: { type: 'category', data: cohorts.map((month) => format.month(month)) },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.percent(value) } },
    series: windows
      .filter(([, rows]) => rows.some(isComplete))
      .map(([months, rows], index) => ({
        name: `Within ${months} months`,
        type: 'line',
        symbol: SYMBOLS[index % SYMBOLS.length],
        symbolSize: 7,
        data: cohorts.map((cohort) => {
          const row = rows.find((candidate) => candidate.cohort_month === cohort);
          return row !== undefined && isComplete(row) ? row.retention_rate_percent : null;
        }),
      })),
  };
}

function isComplete(row: QueryRow<'cohorts/windows'>): boolean {
  return row.is_immature !== true && row.is_left_truncated !== true;
}
