import type { ChartOption } from '../../charts/chart.tsx';
import type { Palette } from '../../charts/palette.ts';
import type { Format } from '../../format/format.ts';

/** How many customers, or which share, were in a group on a day. */
export interface Standing {
  readonly day: string | null;
  readonly group: string | null;
  readonly customers: number | null;
  readonly share: number | null;
}

export type CourseMeasure = 'customers' | 'share';

interface Course {
  readonly standings: readonly Standing[];
  /** From the bottom of the stack to its top; a group without a standing on a day had nobody. */
  readonly groups: readonly string[];
  readonly colourOf: (group: string, series: readonly string[]) => string;
  readonly measure: CourseMeasure;
  readonly format: Format;
  readonly palette: Palette;
}

/** Groups of customers over time, on top of each other. */
export function drawCourse({ standings, groups, colourOf, measure, format, palette }: Course): ChartOption {
  const days = [...new Set(standings.map(({ day }) => day))];
  const known = new Map(standings.map((standing) => [`${standing.day} ${standing.group}`, standing[measure]]));
  const isShare = measure === 'share';
  return {
    legend: { icon: 'roundRect' },
    // The group on top is told first.
    tooltip: { trigger: 'axis', order: 'seriesDesc', valueFormatter: isShare ? format.percent : format.number },
    xAxis: { type: 'category', boundaryGap: false, data: days.map((day) => format.month(day)) },
    yAxis: {
      type: 'value',
      ...(isShare ? { max: 100 } : {}),
      axisLabel: { formatter: isShare ? format.percent : format.shortNumber },
    },
    series: groups.map((group) => {
      const color = colourOf(group, palette.series);
      return {
        name: group,
        type: 'line',
        stack: 'customers',
        color,
        showSymbol: false,
        lineStyle: { width: 1.5 },
        areaStyle: { opacity: 0.55 },
        data: days.map((day) => known.get(`${day} ${group}`) ?? 0),
      };
    }),
  };
}
