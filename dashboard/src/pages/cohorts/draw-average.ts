import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import type { AverageRow } from './measures.ts';

interface Line {
  readonly name: string;
  readonly symbol: string;
  readonly value: (row: AverageRow) => number | null;
}

const RETENTION: readonly Line[] = [
  { name: 'In the month', symbol: 'circle', value: (row) => row.retention_rate_percent },
  { name: 'In or after the month', symbol: 'rect', value: (row) => row.retention_on_or_after_percent },
];

const REVENUE: readonly Line[] = [
  { name: 'Revenue per customer', symbol: 'circle', value: (row) => row.cumulative_revenue_per_customer },
];

/** From month 1 on: in month 0 all have ordered. */
export function drawAverageRetention({ answer, format }: Drawing<AverageRow>): ChartOption {
  const rows = answer.rows.filter((row) => (row.months_since_acquisition ?? 0) > 0);
  return draw(rows, RETENTION, format.percent, format.percent, format.number);
}

export function drawAverageRevenue({ answer, format }: Drawing<AverageRow>): ChartOption {
  return draw(answer.rows, REVENUE, format.money, format.shortMoney, format.number);
}

function draw(
  rows: readonly AverageRow[],
  lines: readonly Line[],
  long: (value: number | null) => string,
  short: (value: number) => string,
  count: (value: number | null) => string,
): ChartOption {
  return {
    ...(lines.length > 1 ? { legend: {} } : {}),
    tooltip: {
      trigger: 'axis',
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const row = rows[points[0]?.dataIndex ?? -1];
        if (row === undefined) return '';
        return [
          `Month ${row.months_since_acquisition} after the first order`,
          ...lines.map(({ name, value }) => `${name}: ${long(value(row))}`),
          `${count(row.cohorts)} cohorts, ${count(row.customers)} customers`,
        ].join('\n');
      },
    },
    xAxis: {
      type: 'category',
      data: rows.map((row) => String(row.months_since_acquisition)),
      name: 'Months since the first order',
      nameLocation: 'middle',
      nameGap: 28,
    },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: short } },
    grid: {
      left: 8,
      right: 16,
      top: lines.length > 1 ? 40 : 16,
      bottom: 28,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    series: lines.map(({ name, symbol, value }) => ({
      name,
      type: 'line',
      symbol,
      symbolSize: 7,
      data: rows.map(value),
    })),
  };
}
