import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

export type MatrixRow = QueryRow<'cohorts/matrix'>;

/** Bars with their intervals; the marked cohort has another colour and its value above. */
export function drawCohortReturns(marked: string | undefined) {
  return ({ answer, format, palette }: Drawing<MatrixRow>): ChartOption => ({
    tooltip: {
      trigger: 'axis',
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const row = answer.rows[points[0]?.dataIndex ?? -1];
        if (row === undefined) return '';
        return [
          `Cohort ${format.month(row.cohort_month)}`,
          `${format.number(row.active_customers)} of ${format.number(row.cohort_size)}: ${format.percent(row.retention_rate_percent)}`,
          `95 % interval: ${format.percent(row.retention_low_percent)} to ${format.percent(row.retention_high_percent)}`,
        ].join('\n');
      },
    },
    xAxis: { type: 'category', data: answer.rows.map((row) => format.month(row.cohort_month)) },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.percent(value) } },
    series: [
      {
        name: 'Interval',
        type: 'custom',
        z: 3,
        data: answer.rows.map((row, index) => [index, row.retention_low_percent, row.retention_high_percent]),
        encode: { x: 0, y: [1, 2] },
        renderItem: whisker(palette.faint),
      },
      {
        name: 'Share',
        type: 'bar',
        data: answer.rows.map((row) => ({
          value: row.retention_rate_percent,
          itemStyle: { color: row.cohort_month === marked ? palette.series[1] : palette.series[5] },
        })),
      },
    ],
  });
}

interface WhiskerApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): readonly [number, number];
}

/** A vertical line from the low to the high end, with short ends. */
function whisker(color: string) {
  return (_: unknown, api: WhiskerApi) => {
    const [x, low] = api.coord([api.value(0), api.value(1)]);
    const [, high] = api.coord([api.value(0), api.value(2)]);
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style: { stroke: color, lineWidth: 1 },
    });
    return {
      type: 'group',
      children: [line(x, low, x, high), line(x - 3, low, x + 3, low), line(x - 3, high, x + 3, high)],
    };
  };
}
