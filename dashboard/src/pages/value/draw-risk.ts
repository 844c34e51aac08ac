import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Step = QueryRow<'risk/distribution'>;

const STEP = 5;

/** Lower ends of all steps of churn risk, from 0 to 95. */
const STEPS: readonly number[] = Array.from({ length: 100 / STEP }, (_, index) => index * STEP);

/** Customers by churn risk, over the whole scale. */
export function drawRisk({ answer: { rows }, format }: Drawing<Step>): ChartOption {
  const known = new Map(rows.map((row) => [row.risk_from, row]));
  return {
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([mark]: readonly { readonly dataIndex: number }[]) => {
        const from = STEPS[mark?.dataIndex ?? -1];
        const row = known.get(from ?? null);
        return [
          `Churn risk ${from} % to ${(from ?? 0) + STEP} %`,
          `${format.number(row?.customers ?? 0)} customers`,
          ...(row === undefined ? [] : [`${format.money(row.revenue)} revenue so far`]),
        ].join('\n');
      },
    },
    xAxis: { type: 'category', data: STEPS.map((from) => format.percent(from)) },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: format.shortNumber } },
    series: [
      {
        name: 'Customers',
        type: 'bar',
        barCategoryGap: '8%',
        data: STEPS.map((from) => known.get(from)?.customers ?? 0),
      },
    ],
  };
}

/** The step of a bar. */
export function stepOfBar(rows: readonly Step[], index: number): Step | undefined {
  return rows.find((row) => row.risk_from === STEPS[index]);
}
