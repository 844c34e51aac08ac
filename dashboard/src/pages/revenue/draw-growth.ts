import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Month = QueryRow<'revenue/months'>;

/** Growth of the complete months; part of a month against a whole one would say nothing. */
export function drawGrowth({ answer, format, palette }: Drawing<Month>): ChartOption {
  const rows = answer.rows.filter((row) => row.is_complete !== false);
  const line = (name: string, of: (month: Month) => number | null, look: object) => ({
    name,
    type: 'line',
    symbolSize: 7,
    ...look,
    data: rows.map(of),
  });
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      if (row === undefined) return [];
      return [
        format.month(row.period_month),
        `Against the month before: ${format.change(row.sales_growth_percent)}`,
        `Against the year before: ${format.change(row.sales_growth_year_percent)}`,
      ];
    }),
    xAxis: {
      type: 'category',
      data: rows.map((row) => format.month(row.period_month)),
      axisLine: { onZero: true, lineStyle: { color: palette.faint } },
      axisLabel: { verticalAlign: 'top' },
    },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.change(value) } },
    series: [
      line('Against the month before', (row) => row.sales_growth_percent, {
        symbol: 'circle',
        itemStyle: { color: palette.series[0] },
      }),
      ...(rows.some((row) => row.sales_growth_year_percent !== null)
        ? [
            line('Against the year before', (row) => row.sales_growth_year_percent, {
              symbol: 'rect',
              itemStyle: { color: palette.series[1] },
              lineStyle: { type: 'dashed' },
            }),
          ]
        : []),
    ],
  };
}
