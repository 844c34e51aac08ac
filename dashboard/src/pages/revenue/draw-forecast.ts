import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import { bandKey, intervalBand } from '../../charts/interval-band.ts';
import type { Drawing } from '../../components/chart-card.tsx';
import { EXPECTED, INTERVAL } from './expected-figures.ts';
import type { Measure } from './measure.ts';
import { hatchedKey, monthBar, unfinishedWords } from './unfinished-month.ts';

type Month = QueryRow<'forecast/months'>;

/** Of the months that have begun. */
const CAME: Readonly<Record<Measure, (month: Month) => number | null>> = {
  revenue: (month) => month.total_sales,
  orders: (month) => month.total_orders,
};

export const drawRevenueForecast = (drawing: Drawing<Month>) => drawForecast(drawing, 'revenue');

export const drawOrderForecast = (drawing: Drawing<Month>) => drawForecast(drawing, 'orders');

/** What came as bars; what is expected as a dashed line within its interval. */
function drawForecast({ answer, format, palette }: Drawing<Month>, measure: Measure): ChartOption {
  const figures = EXPECTED[measure];
  const came = CAME[measure];
  const { rows } = answer;
  const color = palette.series[1] ?? palette.text;
  const begun = rows.map((row) => ({ is_complete: came(row) === null ? null : row.is_complete }));
  const ahead = [
    ...intervalBand({ name: INTERVAL, color, low: rows.map(figures.low), high: rows.map(figures.high) }),
    {
      name: 'Expected',
      type: 'line',
      symbol: 'circle',
      symbolSize: 6,
      itemStyle: { color },
      lineStyle: { type: 'dashed' },
      data: rows.map(figures.expected),
    },
  ];
  const isForeseen = rows.some((row) => figures.expected(row) !== null);
  const key = hatchedKey(begun, palette).map((bar) => ({ ...bar, stack: 'came' }));
  return {
    legend: {
      selectedMode: false,
      data: [figures.name, ...key.map(({ name }) => name), ...(isForeseen ? ['Expected', bandKey(INTERVAL)] : [])],
    },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      if (row === undefined) return [];
      const write = (value: number | null) => figures.write(format, value);
      const isAhead = figures.expected(row) !== null;
      return [
        `${format.month(row.period_month)}${unfinishedWords(begun[index] ?? row)}`,
        came(row) === null ? undefined : `${isAhead ? `${figures.name} so far` : figures.name}: ${write(came(row))}`,
        isAhead ? `Expected: ${write(figures.expected(row))}` : undefined,
        isAhead ? `${INTERVAL}: ${write(figures.low(row))} to ${write(figures.high(row))}` : undefined,
      ];
    }),
    xAxis: { type: 'category', data: rows.map((row) => format.month(row.period_month)) },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => figures.writeShort(format, value) } },
    series: [
      {
        name: figures.name,
        type: 'bar',
        stack: 'came',
        barCategoryGap: '25%',
        itemStyle: { color: palette.series[0] },
        data: rows.map((row, index) => monthBar(came(row), begun[index] ?? row, palette)),
      },
      ...key,
      ...(isForeseen ? ahead : []),
    ],
  };
}
