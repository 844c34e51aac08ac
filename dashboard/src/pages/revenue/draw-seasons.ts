import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** Where the average day stands in the index. */
const AVERAGE = 100;

/** Sales per day of each season against the average day: bars to the right of 100 are better days, to the left worse ones. */
export function drawSeasons({ answer, format, palette }: Drawing<QueryRow<'revenue/seasons'>>): ChartOption {
  const { rows } = answer;
  const index = (value: number | null | undefined) =>
    format.number(typeof value === 'number' ? Math.round(value) : value);
  return {
    tooltip: axisTooltip((place) => {
      const row = rows[place];
      if (row === undefined) return [];
      return [
        row.season_name ?? '',
        `Index: ${index(row.sales_index_percent)} (the average day is ${AVERAGE})`,
        `Revenue per day: ${format.money(row.sales_per_day)}`,
        `Days covered: ${format.number(row.days_covered)}`,
        `Orders: ${format.number(row.total_orders)}`,
      ];
    }),
    xAxis: {
      type: 'value',
      axisLabel: { formatter: (value: number) => index(value + AVERAGE) },
      boundaryGap: ['20%', '20%'],
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => `${row.season_name}, ${format.number(row.days_covered)} days`),
      axisLine: { onZero: true, lineStyle: { color: palette.faint } },
    },
    series: [
      {
        name: 'Index',
        type: 'bar',
        barCategoryGap: '30%',
        data: rows.map((row) => {
          const distance = row.sales_index_percent === null ? null : row.sales_index_percent - AVERAGE;
          return { value: distance, label: { position: (distance ?? 0) < 0 ? 'left' : 'right' } };
        }),
        label: {
          show: true,
          color: palette.text,
          formatter: ({ dataIndex }: { dataIndex: number }) => index(rows[dataIndex]?.sales_index_percent),
        },
      },
    ],
  };
}
