import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** Share of the customers beside share of the revenue, by segment. */
export function drawSegmentSizes({ answer, format, palette }: Drawing<QueryRow<'segments/marketing'>>): ChartOption {
  const { rows } = answer;
  const share = (name: string, values: readonly (number | null)[]) => ({
    name,
    type: 'bar',
    barGap: '10%',
    data: values,
    label: {
      show: true,
      position: 'right',
      color: palette.text,
      formatter: ({ value }: { value: number | null }) => format.percent(value),
    },
  });
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      return [
        row?.customer_segment ?? '',
        `Customers: ${format.number(row?.customers)} (${format.percent(row?.customers_percent)})`,
        `Revenue: ${format.money(row?.revenue)} (${format.percent(row?.revenue_percent)})`,
        `Revenue per customer: ${format.money(row?.revenue_per_customer)}`,
      ];
    }),
    xAxis: {
      type: 'value',
      boundaryGap: [0, '15%'],
      axisLabel: { formatter: (value: number) => format.percent(value) },
    },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.customer_segment) },
    series: [
      share(
        'Share of customers',
        rows.map((row) => row.customers_percent),
      ),
      share(
        'Share of revenue',
        rows.map((row) => row.revenue_percent),
      ),
    ],
  };
}
