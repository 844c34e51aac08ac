import type { CustomSeriesRenderItem } from 'echarts/types/dist/echarts';
import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { METHODS, METRICS, named } from './words.ts';

type Row = QueryRow<'predictions/backtests'>;

/** All past days together, in the column `cut`. */
const ALL = 'all';

/** The methods of these rows, ours first. */
export function methodsOf(rows: readonly Pick<Row, 'method'>[]): string[] {
  const order = Object.keys(METHODS);
  const place = (method: string) => (order.includes(method) ? order.indexOf(method) : order.length);
  return [...new Set(rows.map(({ method }) => method ?? ''))].sort((a, b) => place(a) - place(b));
}

/** One measure of one score by method: rings for past days, a point with its 95 % interval for all of them together. */
export function drawBacktest({ answer, format, palette }: Drawing<Row>): ChartOption {
  const methods = methodsOf(answer.rows);
  const place = (row: Row) => methods.indexOf(row.method ?? '');
  const color = (row: Row) => (row.method === 'model' ? palette.series[0] : palette.faint);
  const aim = METRICS[answer.rows[0]?.metric ?? '']?.aim;
  const days = answer.rows.filter(({ cut }) => cut !== ALL);
  const all = answer.rows.filter(({ cut }) => cut === ALL);
  const intervals = all.filter(({ low, high }) => low !== null && high !== null && low !== high);
  const range = extent(
    methods.map((method) => valuesOf(answer.rows, method)),
    aim,
  );
  const told = (row: Row) =>
    [
      `${named(METHODS, row.method)}, ${row.cut === ALL ? 'all days together' : format.day(row.cut)}`,
      format.precise(row.value) +
        (row.low === null || row.high === null ? '' : ` (${format.precise(row.low)} to ${format.precise(row.high)})`),
      `${format.number(row.customers)} customers`,
    ].join('\n');
  const drawInterval: CustomSeriesRenderItem = (_params, api) => {
    const y = api.value(1);
    const [left = 0, middle = 0] = api.coord([api.value(0), y]);
    const [right = 0] = api.coord([api.value(2), y]);
    return {
      type: 'line',
      shape: { x1: left, y1: middle, x2: right, y2: middle },
      style: { stroke: String(api.visual('color')), lineWidth: 3, opacity: 0.7 },
    };
  };
  return {
    tooltip: { formatter: ({ data }: { data?: { row?: Row } }) => (data?.row === undefined ? '' : told(data.row)) },
    grid: { left: 8, right: 76, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      scale: true,
      ...range,
      splitNumber: 4,
      axisLabel: { formatter: (value: number) => format.precise(value), showMinLabel: false, showMaxLabel: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: methods.map((method) => named(METHODS, method)),
      axisLabel: {
        interval: 0,
        width: 150,
        overflow: 'break',
        color: palette.text,
        formatter: (name: string) => (name === METHODS.model ? `{ours|${name}}` : name),
        rich: { ours: { fontWeight: 'bold', color: palette.series[0] } },
      },
    },
    series: [
      {
        type: 'custom',
        renderItem: drawInterval,
        silent: true,
        encode: { x: [0, 2], y: 1 },
        data: intervals.map((row) => ({ value: [row.low, place(row), row.high], itemStyle: { color: color(row) } })),
      },
      {
        type: 'scatter',
        symbol: 'circle',
        symbolSize: 9,
        data: days.map((row) => ({
          value: [row.value, place(row)],
          itemStyle: { color: 'transparent', borderColor: color(row), borderWidth: 1.5 },
          row,
        })),
      },
      {
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 15,
        data: all.map((row) => ({
          value: [row.value, place(row)],
          itemStyle: { color: color(row), borderColor: palette.background, borderWidth: 1 },
          row,
        })),
        ...(aim === undefined
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                label: { show: false },
                lineStyle: { color: palette.text, type: 'dotted' },
                data: [{ xAxis: aim }],
              },
            }),
      },
      labels(
        methods,
        all,
        (value) => `${value !== null && value > range.max ? '→ ' : ''}${format.precise(value)}`,
        palette,
      ),
    ],
  };
}

/** The value of all days together, at the right edge: there it covers no point. */
function labels(
  methods: readonly string[],
  all: readonly Row[],
  told: (value: number | null) => string,
  { text, series }: Drawing<Row>['palette'],
) {
  const draw: CustomSeriesRenderItem = (params, api) => {
    const [, y = 0] = api.coord([0, api.value(0)]);
    const { x = 0, width = 0 } = Object(params.coordSys);
    const row = all[params.dataIndex];
    const isOurs = row?.method === 'model';
    return {
      type: 'text',
      style: {
        x: x + width + 8,
        y,
        text: told(row?.value ?? null),
        fill: isOurs ? (series[0] ?? text) : text,
        font: `${isOurs ? 'bold ' : ''}12px system-ui, sans-serif`,
        verticalAlign: 'middle',
      },
    };
  };
  return {
    type: 'custom',
    renderItem: draw,
    silent: true,
    encode: { y: 0 },
    data: all.map((row) => [methods.indexOf(row.method ?? '')]),
  };
}

function valuesOf(rows: readonly Row[], method: string): number[] {
  return rows
    .filter((row) => row.method === method)
    .flatMap(({ value, low, high }) => [value, low, high].filter((one) => one !== null));
}

/** How many times as large as all others a method must be to be left outside of the chart. */
const FAR = 3;

/**
 * What the axis shows: a little more than the values of the methods and the aim need. One method that is far off all
 * others is left out, so that these can be told apart.
 */
function extent(methods: readonly (readonly number[])[], aim: number | undefined) {
  const tops = methods.map((values) => Math.max(...values));
  const [top = 0, next = 0] = tops.toSorted((a, b) => b - a);
  const isShown = (_values: readonly number[], index: number) => !(next > 0 && top > FAR * next && tops[index] === top);
  const values = [...methods.filter(isShown).flat(), ...(aim === undefined ? [] : [aim])];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return { min: low - room, max: high + room };
}
