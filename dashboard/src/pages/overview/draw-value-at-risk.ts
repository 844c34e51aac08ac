import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** The predicted value of each segment, and over it the part that is at risk. */
export function drawValueAtRisk({ answer, format, palette }: Drawing<QueryRow<'segments/marketing'>>): ChartOption {
  const { rows } = answer;
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      return [
        row?.customer_segment ?? '',
        `Predicted value: ${format.money(row?.predicted_value)}`,
        `At risk: ${format.money(row?.value_at_risk)}`,
      ];
    }),
    xAxis: {
      type: 'value',
      boundaryGap: [0, '30%'],
      splitNumber: 4,
      axisLabel: { formatter: (value: number) => format.shortMoney(value) },
    },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.customer_segment) },
    series: [
      {
        name: 'Predicted value',
        type: 'bar',
        barGap: '-100%',
        barMaxWidth: 28,
        data: rows.map((row) => row.predicted_value),
        itemStyle: { color: `${palette.series[0]}66` },
        label: {
          show: true,
          position: 'right',
          color: palette.text,
          lineHeight: 15,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            `${format.shortMoney(rows[dataIndex]?.value_at_risk)}\nof ${format.shortMoney(rows[dataIndex]?.predicted_value)}`,
        },
      },
      {
        name: 'At risk',
        type: 'bar',
        barMaxWidth: 28,
        data: rows.map((row) => row.value_at_risk),
        itemStyle: { color: palette.series[1] },
      },
    ],
  };
}
