import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Point = QueryRow<'value/lorenz'>;

/** The Lorenz curve beside the line on which all customers would be worth the same. */
export function drawLorenz({ answer: { rows }, format, palette }: Drawing<Point>): ChartOption {
  const percentAxis = {
    type: 'value',
    min: 0,
    max: 100,
    axisLabel: { formatter: format.percent },
    nameLocation: 'middle',
  };
  return {
    legend: {},
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line' },
      formatter: (marks: readonly { readonly seriesIndex: number; readonly value: readonly number[] }[]) => {
        const [customers, value] = marks.find(({ seriesIndex }) => seriesIndex === 0)?.value ?? [];
        if (customers === undefined) return '';
        return `${format.percent(customers)} of customers, those of least value,\nmake ${format.percent(value)} of the value`;
      },
    },
    grid: { left: 24, right: 16, top: 40, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { ...percentAxis, name: 'Share of customers, those of least value first', nameGap: 28 },
    yAxis: { ...percentAxis, ...(isNegative(rows) ? { min: null } : {}), name: 'Share of value', nameGap: 44 },
    series: [
      {
        name: 'Customers',
        type: 'line',
        showSymbol: false,
        lineStyle: { width: 2.5 },
        areaStyle: { opacity: 0.12 },
        data: [[0, 0], ...rows.map((row) => [row.customers_percent, row.value_percent])],
      },
      {
        name: 'If all were worth the same',
        type: 'line',
        showSymbol: false,
        color: palette.faint,
        lineStyle: { type: 'dashed', width: 1.5 },
        data: [
          [0, 0],
          [100, 100],
        ],
      },
    ],
  };
}

/** Customers who sent back more than they bought are worth less than nothing. */
function isNegative(rows: readonly Point[]): boolean {
  return rows.some((row) => (row.value_percent ?? 0) < 0);
}

/** What the customers of most value make of all value, in percent; both undefined where that cannot be said. */
export function topShare(
  rows: readonly Point[],
  percent: number,
): { readonly customers: number; readonly value: number } | undefined {
  const points = rows.flatMap(({ customers_percent: customers, value_percent: value }) =>
    customers === null || value === null ? [] : [{ customers: 100 - customers, value: 100 - value }],
  );
  const nearest = points.toSorted((a, b) => Math.abs(a.customers - percent) - Math.abs(b.customers - percent))[0];
  return nearest === undefined || nearest.customers === 0 ? undefined : nearest;
}
