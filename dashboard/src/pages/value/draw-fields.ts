import type { ChartOption } from '../../charts/chart.tsx';
import { shade } from '../../charts/shade.ts';
import type { Drawing } from '../../components/chart-card.tsx';
import type { Format } from '../../format/format.ts';
import { edgesOf, type Field, type FieldSelection, isRestricted, isSelected } from './field-selection.ts';

/** Churn risk against value: the more customers a field has, the more it stands out; chosen ones have a frame, the others are faint. */
export function drawFields(selection: FieldSelection) {
  return ({ answer: { rows }, format, palette }: Drawing<Field>): ChartOption => {
    const { risks, values } = edgesOf(rows);
    const isPart = isRestricted(selection);
    const most = Math.max(1, ...rows.map((row) => row.customers ?? 0));
    return {
      tooltip: {
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
          const row = rows[dataIndex];
          return row === undefined ? '' : fieldInWords(row, format);
        },
      },
      grid: { left: 24, right: 12, top: 12, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'category',
        data: risks.map((risk) => `${risk}–${risk + 10} %`),
        name: 'Churn risk',
        nameLocation: 'middle',
        nameGap: 28,
        splitLine: { show: false },
      },
      yAxis: {
        type: 'category',
        data: values.map((value) => (value === 0 ? `< ${format.shortMoney(1)}` : `${format.shortMoney(value)} +`)),
        name: 'Value',
        nameLocation: 'middle',
        nameGap: 64,
        splitLine: { show: false },
      },
      visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [...palette.ramp] } },
      toolbox: { show: false },
      brush: {
        xAxisIndex: 0,
        yAxisIndex: 0,
        transformable: false,
        brushStyle: { color: 'transparent', borderColor: palette.text, borderWidth: 2 },
        outOfBrush: { colorAlpha: 1 },
      },
      series: [
        {
          type: 'heatmap',
          data: rows.map((row) => {
            const isChosen = isSelected(row, selection);
            const share = Math.sqrt((row.customers ?? 0) / most) * (isChosen ? 1 : 0.2);
            return {
              value: [risks.indexOf(row.risk_from ?? 0), values.indexOf(row.value_from ?? 0), share],
              label: { color: shade(palette.ramp, share).ink },
              itemStyle: {
                borderColor: isPart && isChosen ? palette.text : palette.background,
                borderWidth: isPart && isChosen ? 2 : 1,
              },
            };
          }),
          label: {
            show: true,
            fontSize: 11,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) =>
              format.shortNumber(rows[dataIndex]?.customers),
          },
        },
      ],
      // Fields are too small for figures then; the table and the tooltip have them.
      media: [
        { query: { maxWidth: 560 }, option: { series: [{ label: { show: false } }] } },
        { option: { series: [{ label: { show: true } }] } },
      ],
    };
  };
}

function fieldInWords(row: Field, format: Format): string {
  const { value_from: from, value_to: to } = row;
  const value =
    from === 0
      ? `below ${format.shortMoney(to)}`
      : to === null
        ? `${format.shortMoney(from)} and more`
        : `${format.shortMoney(from)} to below ${format.shortMoney(to)}`;
  return [
    `Churn risk ${row.risk_from} % to ${row.risk_to} %`,
    `Value ${value}`,
    `${format.number(row.customers)} customers`,
    `${format.money(row.total_value)} together`,
  ].join('\n');
}
