import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** How many members of each segment stand at a border. */
export function drawStability({ answer: { rows }, format }: Drawing<QueryRow<'segments/stability'>>): ChartOption {
  return {
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
        const row = rows[dataIndex];
        if (row === undefined) return '';
        return [
          row.segment,
          `${format.number(row.changing_customers)} of ${format.number(row.customers)} customers would be elsewhere`,
        ].join('\n');
      },
    },
    xAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: format.shortNumber } },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ segment }) => segment), splitLine: { show: false } },
    series: [{ name: 'Customers', type: 'bar', barMaxWidth: 24, data: rows.map((row) => row.changing_customers) }],
  };
}
