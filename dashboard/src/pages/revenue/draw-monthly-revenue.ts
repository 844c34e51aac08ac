import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

export function drawMonthlyRevenue({ answer, format }: Drawing<QueryRow<'revenue/months'>>): ChartOption {
  return {
    legend: {},
    tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => format.money(value) },
    xAxis: { type: 'category', data: answer.rows.map((row) => format.month(row.period_month)) },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortMoney(value) } },
    series: [{ name: 'Revenue', type: 'bar', data: answer.rows.map((row) => row.total_sales) }],
  };
}
