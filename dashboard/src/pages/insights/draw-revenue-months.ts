import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** The last 24 complete months; without a marked month the last twelve are told apart from those before. */
export function drawRevenueMonths(marked: string | undefined) {
  return ({ answer, format, palette }: Drawing<QueryRow<'revenue/months'>>): ChartOption => {
    const rows = answer.rows.filter((row) => row.is_complete === true).slice(-24);
    const { series } = palette;
    const colorOf = (month: string | null, index: number) => {
      if (marked !== undefined) return month === marked ? series[1] : series[5];
      return index >= rows.length - 12 ? series[0] : series[5];
    };
    return {
      tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => format.money(value) },
      xAxis: { type: 'category', data: rows.map((row) => format.month(row.period_month)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortMoney(value) } },
      series: [
        {
          name: 'Revenue',
          type: 'bar',
          data: rows.map((row, index) => ({
            value: row.total_sales,
            itemStyle: { color: colorOf(row.period_month, index) },
          })),
        },
      ],
    };
  };
}
