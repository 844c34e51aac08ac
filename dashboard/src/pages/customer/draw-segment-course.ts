import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { segmentColor } from '../../components/segment-mark.tsx';

/** From worst to best. */
const SEGMENTS = ['Lost', 'At Risk', 'New', 'Regular', 'High Value'];

/** The segment at each day as a step on a ladder. */
export function drawSegmentCourse({ answer, format, palette }: Drawing<QueryRow<'customer/segments'>>): ChartOption {
  return {
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: answer.rows.map(({ as_of_date }) => format.day(as_of_date)) },
    yAxis: { type: 'category', data: SEGMENTS },
    series: [
      {
        name: 'Segment',
        type: 'line',
        step: 'middle',
        symbol: 'circle',
        symbolSize: 10,
        showAllSymbol: true,
        lineStyle: { color: palette.faint, width: 2 },
        data: answer.rows.map(({ customer_segment }) => ({
          value: customer_segment,
          itemStyle: { color: segmentColor(customer_segment ?? '', palette.series) },
        })),
      },
    ],
  };
}
