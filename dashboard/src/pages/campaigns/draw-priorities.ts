import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

const PRIORITIES = [1, 2, 3, 4, 5];
/** From the colour of the chart to its background, so that the first priority stands out. */
const OPACITIES = [1, 0.8, 0.6, 0.42, 0.26];

/** Customers of each list by priority, and the control group, side by side in one bar. */
export function drawPriorities({ answer, format, palette }: Drawing<QueryRow<'campaigns'>>): ChartOption {
  const types = [...new Set(answer.rows.map((row) => row.campaign_type ?? ''))];
  const count = (type: string, group: string, priority?: number) =>
    answer.rows
      .filter((row) => row.campaign_type === type && row.campaign_group === group)
      .filter((row) => priority === undefined || row.priority_level === priority)
      .reduce((sum, row) => sum + (row.customers ?? 0), 0);
  const bar = { type: 'bar', stack: 'customers', barMaxWidth: 32 };
  return {
    legend: { itemGap: 12, formatter: (name: string) => name.replace(/^Priority (?=[2-5]$)/, '') },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format.number },
    grid: { left: 8, right: 24, top: 56, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', axisLabel: { formatter: format.shortNumber } },
    yAxis: { type: 'category', data: types, inverse: true, axisLabel: { width: 110, overflow: 'truncate' } },
    series: [
      ...PRIORITIES.map((priority, index) => ({
        ...bar,
        name: `Priority ${priority}`,
        itemStyle: {
          color: palette.series[0],
          opacity: OPACITIES[index],
          borderColor: palette.background,
          borderWidth: 1,
        },
        data: types.map((type) => count(type, 'target', priority)),
      })),
      {
        ...bar,
        name: 'Control group',
        itemStyle: {
          color: palette.line,
          borderColor: palette.background,
          borderWidth: 1,
          decal: {
            symbol: 'rect',
            dashArrayX: [1, 0],
            dashArrayY: [2, 4],
            rotation: Math.PI / 4,
            color: palette.faint,
          },
        },
        data: types.map((type) => count(type, 'control')),
      },
    ],
  };
}
