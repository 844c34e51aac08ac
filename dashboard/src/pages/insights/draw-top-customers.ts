import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

export function drawTopCustomers({ answer, format, palette }: Drawing<QueryRow<'value/lorenz'>>): ChartOption {
  const percent = (value: number) => format.percent(value);
  const points = answer.rows.map((row) => [row.customers_percent, row.value_percent]);
  return {
    tooltip: {
      trigger: 'axis',
      formatter: (shown: readonly { readonly value?: readonly number[] }[]) => {
        const [customers = 0, value = 0] = shown[0]?.value ?? [];
        return `The top ${percent(100 - customers)} of the customers\nbrought ${percent(100 - value)} of the revenue`;
      },
    },
    xAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: percent } },
    yAxis: { type: 'value', max: 100, axisLabel: { formatter: percent } },
    series: [
      {
        name: 'Revenue',
        type: 'line',
        showSymbol: false,
        data: [[0, 0], ...points],
        markArea: {
          silent: true,
          itemStyle: { color: palette.series[0], opacity: 0.15 },
          label: { color: palette.text, position: 'insideBottom', formatter: 'Top 20 %' },
          data: [[{ xAxis: 80 }, { xAxis: 100 }]],
        },
      },
      {
        name: 'Spread evenly',
        type: 'line',
        silent: true,
        showSymbol: false,
        lineStyle: { type: 'dashed', color: palette.faint, width: 1 },
        data: [
          [0, 0],
          [100, 100],
        ],
      },
    ],
  };
}
