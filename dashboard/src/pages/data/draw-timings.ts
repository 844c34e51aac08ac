import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Row = QueryRow<'data/timings'>;

/** How many tables the chart shows. */
export const SLOWEST = 15;

/** The tables that took longest, the slowest first. */
export function slowest(rows: readonly Row[]): Row[] {
  return rows
    .filter(({ duration_seconds }) => duration_seconds !== null)
    .toSorted((a, b) => (b.duration_seconds ?? 0) - (a.duration_seconds ?? 0))
    .slice(0, SLOWEST);
}

export function drawTimings({ answer, format, palette }: Drawing<Row>): ChartOption {
  const rows = slowest(answer.rows);
  return {
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = rows[dataIndex];
        if (row === undefined) return '';
        return `${row.layer}.${row.table_name}\n${format.precise(row.duration_seconds)} seconds\n${format.number(row.row_count)} rows`;
      },
    },
    grid: { left: 8, right: 64, top: 8, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', name: 'seconds', nameLocation: 'middle', nameGap: 26 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ table_name }) => table_name ?? ''),
      axisLabel: { interval: 0, color: palette.text, width: 190, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        data: rows.map(({ duration_seconds }) => duration_seconds),
        label: {
          show: true,
          position: 'right',
          color: palette.text,
          formatter: ({ value }: { value: number }) => format.number(value),
        },
      },
    ],
  };
}
