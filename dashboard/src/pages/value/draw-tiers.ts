import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** The tiers by their shares of customers and of revenue. */
export function drawTiers({ answer: { rows }, format }: Drawing<QueryRow<'value/tiers'>>): ChartOption {
  return {
    legend: {},
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format.percent },
    xAxis: { type: 'value', axisLabel: { formatter: format.percent } },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.value_tier), splitLine: { show: false } },
    series: [
      { name: 'Share of customers', type: 'bar', data: rows.map((row) => row.customers_percent) },
      { name: 'Share of revenue', type: 'bar', data: rows.map((row) => row.revenue_percent) },
    ],
  };
}
