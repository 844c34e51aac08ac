import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { named, REASONS } from './words.ts';

type Row = QueryRow<'data/rejections'>;

/** Name of a row of the chart: guests are told apart from faulty customer ids. */
export function reasonText({ reason_code, is_guest }: Row): string {
  return is_guest === true ? 'No customer (guest)' : named(REASONS, reason_code);
}

/** Records by the reason for which they were refused. */
export function drawRejections({ answer, format, palette }: Drawing<Row>): ChartOption {
  return {
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = answer.rows[dataIndex];
        if (row === undefined) return '';
        return `${reasonText(row)}\n${format.number(row.records)} records, ${format.money(row.amount)} where readable`;
      },
    },
    grid: { left: 8, right: 56, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: format.shortNumber } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: answer.rows.map(reasonText),
      axisLabel: { interval: 0, color: palette.text },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        cursor: 'pointer',
        data: answer.rows.map(({ records }) => records),
        label: {
          show: true,
          position: 'right',
          color: palette.text,
          formatter: ({ value }: { value: number }) => format.number(value),
        },
      },
    ],
  };
}
