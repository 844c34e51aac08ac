import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { named, STATUSES } from './words.ts';

/** How long each run took, the oldest first; what failed is hatched. */
export function drawRuns({ answer, format, palette }: Drawing<QueryRow<'data/runs'>>): ChartOption {
  const runs = answer.rows.toReversed();
  return {
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const run = runs[dataIndex];
        if (run === undefined) return '';
        const took = run.duration_seconds === null ? 'under way' : `${format.number(run.duration_seconds)} seconds`;
        return `${format.moment(run.started_at)}\n${named(STATUSES, run.status)}\n${took}`;
      },
    },
    xAxis: {
      type: 'category',
      data: runs.map(({ started_at }) => format.moment(started_at)),
      axisLabel: { width: 90, overflow: 'break', lineHeight: 16 },
    },
    yAxis: { type: 'value', name: 'seconds', nameLocation: 'end', axisLabel: { formatter: format.number } },
    grid: { left: 8, right: 16, top: 32, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    series: [
      {
        type: 'bar',
        barMaxWidth: 40,
        data: runs.map(({ duration_seconds, status }) => ({
          value: duration_seconds,
          itemStyle:
            status === 'success'
              ? { color: palette.series[0] }
              : {
                  color: palette.series[1],
                  decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4 },
                },
        })),
      },
    ],
  };
}
