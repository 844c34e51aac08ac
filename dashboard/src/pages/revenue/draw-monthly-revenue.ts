import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { hatchedKey, monthBar, unfinishedWords } from './unfinished-month.ts';

/** Revenue of each month as a bar, from returning and, above, from new customers. */
export function drawMonthlyRevenue({ answer, format, palette }: Drawing<QueryRow<'revenue/months'>>): ChartOption {
  const { rows } = answer;
  const bars = { type: 'bar', stack: 'revenue', barCategoryGap: '25%' };
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      if (row === undefined) return [];
      return [
        `${format.month(row.period_month)}${unfinishedWords(row)}`,
        `Revenue: ${format.money(row.total_sales)}`,
        `New customers: ${format.money(row.new_customer_revenue)}`,
        `Returning customers: ${format.money(row.returning_customer_revenue)}`,
      ];
    }),
    xAxis: { type: 'category', data: rows.map((row) => format.month(row.period_month)) },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortMoney(value) } },
    series: [
      {
        ...bars,
        name: 'Returning customers',
        itemStyle: { color: palette.series[0] },
        data: rows.map((row) => monthBar(row.returning_customer_revenue, row, palette)),
      },
      {
        ...bars,
        name: 'New customers',
        itemStyle: { color: palette.series[4] },
        data: rows.map((row) => monthBar(row.new_customer_revenue, row, palette)),
      },
      ...hatchedKey(rows, palette).map((key) => ({ ...key, stack: 'revenue' })),
    ],
  };
}
