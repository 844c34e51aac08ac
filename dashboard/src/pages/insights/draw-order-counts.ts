import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

export function drawOrderCounts({ answer, format, palette }: Drawing<QueryRow<'value/by-orders'>>): ChartOption {
  const rows = answer.rows.filter((row) => (row.order_count ?? 0) > 0);
  return {
    tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => `${format.number(value)} customers` },
    xAxis: {
      type: 'category',
      data: rows.map(({ order_count }) => (order_count === 20 ? '20+' : String(order_count))),
      name: 'Orders',
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortNumber(value) } },
    grid: { left: 8, right: 16, top: 16, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    series: [
      {
        name: 'Customers',
        type: 'bar',
        data: rows.map(({ order_count, customers }) => ({
          value: customers,
          itemStyle: { color: order_count === 1 ? palette.series[1] : palette.series[0] },
        })),
      },
    ],
  };
}
