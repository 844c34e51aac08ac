import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Point = QueryRow<'campaigns/budget'>;

/** What the first so many customers have at stake; a line marks how many were chosen. */
export function drawBudget(chosen: number) {
  return ({ answer, format, palette }: Drawing<Point>): ChartOption => {
    const points = answer.rows;
    // Those who cannot earn a contact are not on the curve.
    const contacts = Math.min(chosen, points.at(-1)?.customers ?? 0);
    const line = (name: string, value: (point: Point) => number | null) => ({
      name,
      type: 'line',
      showSymbol: false,
      lineStyle: { width: 2 },
      data: [
        [0, value(points[0] ?? EMPTY) === null ? null : 0],
        ...points.map((point) => [point.customers, value(point)]),
      ],
    });
    const isKnown = points.some(({ value_at_stake }) => value_at_stake !== null);
    const mark = {
      symbol: 'none',
      silent: true,
      lineStyle: { color: palette.text, type: 'solid', width: 1 },
      label: {
        color: palette.text,
        position: 'insideEndTop',
        rotate: 0,
        formatter: `${format.number(contacts)} contacts`,
      },
      data: contacts === 0 ? [] : [{ xAxis: contacts, label: { align: isLate(contacts, points) ? 'right' : 'left' } }],
    };
    const series = [
      ...(isKnown ? [line('At stake', (point) => point.value_at_stake)] : []),
      { ...line('One more order of each', (point) => point.estimated_value), lineStyle: { width: 2, type: 'dashed' } },
    ];
    return {
      legend: {},
      tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => format.money(value) },
      xAxis: {
        type: 'value',
        name: 'Customers addressed',
        nameLocation: 'middle',
        nameGap: 28,
        min: 0,
        max: 'dataMax',
        axisLabel: { formatter: format.shortNumber, showMaxLabel: false },
        axisPointer: { label: { formatter: ({ value }: { value: number }) => format.number(Math.round(value)) } },
      },
      yAxis: { type: 'value', axisLabel: { formatter: format.shortMoney } },
      grid: { left: 8, right: 16, top: 48, bottom: 32, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      series: series.map((one, index) => (index === 0 ? { ...one, markLine: mark } : one)),
    };
  };
}

const EMPTY: Point = { point: null, customers: null, value_at_stake: null, estimated_value: null };

/** Whether the mark stands so far right that its label must be to its left. */
function isLate(contacts: number, points: readonly Point[]): boolean {
  return contacts > 0.6 * (points.at(-1)?.customers ?? 0);
}
