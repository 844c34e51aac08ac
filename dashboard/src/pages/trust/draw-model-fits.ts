import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import type { FittedModel } from './fitted-models.ts';
import { MODELS, named } from './words.ts';

/** How much worse each model fits than the best, by BIC: shorter is better. */
export function drawModelFits({ answer, format, palette }: Drawing<FittedModel>): ChartOption {
  const models = answer.rows.filter(({ bic_above_best }) => bic_above_best !== null);
  return {
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const model = models[dataIndex];
        return `${named(MODELS, model?.model ?? '')}\nBIC ${format.number(model?.bic)}\n${format.number(model?.bic_above_best)} above the best`;
      },
    },
    grid: { left: 8, right: 72, top: 8, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', name: 'BIC above the best fit', nameLocation: 'middle', nameGap: 26 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: models.map(({ model, is_chosen }) => `${is_chosen ? '✓ ' : ''}${named(MODELS, model)}`),
      axisLabel: { interval: 0, color: palette.text, width: 220, overflow: 'break', lineHeight: 14 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        barMinHeight: 2,
        data: models.map(({ bic_above_best, is_chosen }) => ({
          value: bic_above_best,
          itemStyle: { color: is_chosen ? palette.series[0] : `${palette.faint}99` },
        })),
        label: {
          show: true,
          position: 'right',
          color: palette.text,
          formatter: ({ value }: { value: number }) => format.shortNumber(value),
        },
      },
    ],
  };
}
