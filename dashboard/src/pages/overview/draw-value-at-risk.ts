import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import { hatch } from '../../charts/hatch.ts';
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
    grid: { left: 8, right: 64, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortMoney(value) } },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.customer_segment) },
    series: [
      {
        name: 'Predicted value',
        type: 'bar',
        barGap: '-100%',
        barMaxWidth: 28,
        data: rows.map((row) => row.predicted_value),
        itemStyle: { color: palette.series[0], opacity: 0.35 },
        label: {
          show: true,
          position: 'right',
          formatter: ({ value }: { value: number | null }) => format.shortMoney(value),
        },
      },
      {
        name: 'At risk',
        type: 'bar',
        barMaxWidth: 28,
        data: rows.map((row) => row.value_at_risk),
        itemStyle: { color: palette.series[1], decal: hatch(palette) },
      },
    ],
  };
}
