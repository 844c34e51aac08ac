import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import { bandKey, intervalBand } from '../../charts/interval-band.ts';
import type { Drawing } from '../../components/chart-card.tsx';
import { EXPECTED, INTERVAL } from './expected-figures.ts';
import type { Measure } from './measure.ts';

type Month = QueryRow<'revenue/outlook'>;

export const drawRevenueOutlook = (drawing: Drawing<Month>) => drawOutlook(drawing, 'revenue');

export const drawOrderOutlook = (drawing: Drawing<Month>) => drawOutlook(drawing, 'orders');

/** What today's customers are expected to bring in each of the next months, with its interval. */
function drawOutlook({ answer, format, palette }: Drawing<Month>, measure: Measure): ChartOption {
  const figures = EXPECTED[measure];
  const name = `Expected ${figures.name.toLowerCase()}`;
  const { rows } = answer;
  const color = palette.series[2] ?? palette.text;
  return {
    legend: { selectedMode: false, data: [name, bandKey(INTERVAL)] },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      if (row === undefined) return [];
      const write = (value: number | null) => figures.write(format, value);
      return [
        `${format.day(row.first_day)} to ${format.day(row.last_day)}`,
        `${name}: ${write(figures.expected(row))}`,
        `${INTERVAL}: ${write(figures.low(row))} to ${write(figures.high(row))}`,
      ];
    }),
    xAxis: {
      type: 'category',
      data: rows.map((row) => format.number(Number(row.month_number))),
      name: `months from ${format.day(answer.asOf)}`,
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => figures.writeShort(format, value) } },
    series: [
      ...intervalBand({ name: INTERVAL, color, low: rows.map(figures.low), high: rows.map(figures.high) }),
      {
        name,
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        itemStyle: { color },
        data: rows.map(figures.expected),
      },
    ],
  };
}
