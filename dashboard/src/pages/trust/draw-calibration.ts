import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Row = QueryRow<'predictions/calibration'>;

/** What a group is called: its tenth, or its number of repeat purchases. */
export function groupOf({ grouping, group_number }: Row): string {
  if (grouping === 'decile') return `tenth ${group_number}${group_number === 1 ? ', the highest' : ''}`;
  return `${group_number}${group_number === 7 ? ' or more' : ''} repeat ${group_number === 1 ? 'purchase' : 'purchases'}`;
}

/** A prediction or outcome in the unit of its score. */
export function valueText(row: Row, value: number | null, format: Drawing<Row>['format']): string {
  if (row.score === 'churn_risk') return format.percent(value === null ? null : 100 * value);
  return row.score === 'predicted_value' ? format.money(value) : format.precise(value);
}

/** Predicted against actual: on the diagonal both are the same. The larger a point, the more customers. */
export function drawCalibration({ answer, format, palette }: Drawing<Row>): ChartOption {
  const [first] = answer.rows;
  const values = answer.rows.flatMap(({ predicted, actual }) => [predicted ?? 0, actual ?? 0]);
  const most = Math.max(...answer.rows.map(({ customers }) => customers ?? 0));
  const high = Math.max(...values);
  const low = Math.min(...values);
  const room = (high - low || high || 1) * 0.1;
  const range = { min: Math.max(0, low - room), max: high + room };
  const axis = (name: string) => ({
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 28,
    ...range,
    splitNumber: 4,
    axisLabel: {
      formatter: (value: number) => (first === undefined ? '' : axisText(first.score, value, format)),
      showMinLabel: false,
      showMaxLabel: false,
    },
  });
  return {
    tooltip: {
      formatter: ({ data }: { data?: { row?: Row } }) => (data?.row === undefined ? '' : told(data.row, format)),
    },
    grid: { left: 28, right: 16, top: 12, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: axis('predicted'),
    yAxis: { ...axis('actual'), nameGap: 44 },
    series: [
      {
        name: 'as predicted',
        type: 'line',
        silent: true,
        symbol: 'none',
        lineStyle: { color: palette.faint, type: 'dashed', width: 1.5 },
        data: [
          [range.min, range.min],
          [range.max, range.max],
        ],
      },
      {
        type: 'scatter',
        data: answer.rows.map((row) => ({
          value: [row.predicted, row.actual],
          symbolSize: 6 + 14 * Math.sqrt((row.customers ?? 0) / most),
          row,
        })),
        itemStyle: { color: palette.series[0], opacity: 0.75, borderColor: palette.background, borderWidth: 1 },
        labelLayout: { hideOverlap: true },
        label: {
          show: true,
          position: 'top',
          offset: [-10, 6],
          color: palette.text,
          fontSize: 11,
          formatter: ({ data }: { data?: { row?: Row } }) =>
            `${data?.row?.group_number ?? ''}${data?.row?.grouping === 'frequency' && data.row.group_number === 7 ? '+' : ''}`,
        },
      },
    ],
  };
}

function axisText(score: string | null, value: number, format: Drawing<Row>['format']): string {
  if (score === 'churn_risk') return format.percent(Math.round(100 * value));
  return score === 'predicted_value' ? format.shortMoney(value) : format.precise(value);
}

function told(row: Row, format: Drawing<Row>['format']): string {
  return [
    groupOf(row).replace(/^./, (letter) => letter.toUpperCase()),
    `predicted ${valueText(row, row.predicted, format)}`,
    `came ${valueText(row, row.actual, format)}`,
    `${format.number(row.customers)} customers`,
  ].join('\n');
}
