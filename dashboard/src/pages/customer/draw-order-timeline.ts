import type { CustomerExplanation, QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Order = QueryRow<'customer/orders'>;

const DAY_MS = 86_400_000;

/** Orders as bars over time, returns below the line, and the window of the next order. */
export function drawOrderTimeline(
  { answer, format, palette }: Drawing<Order>,
  asOf: string,
  nextOrder: CustomerExplanation['nextOrder']['expected'],
): ChartOption {
  const day = (time: number) => format.day(new Date(time).toISOString());
  const points = (amount: (order: Order) => number | null) =>
    answer.rows.flatMap((order) => {
      const value = amount(order) ?? 0;
      return value === 0 ? [] : [{ value: [timeOf(order.order_date), value], name: order.order_id ?? '' }];
    });
  const bars = { type: 'bar', barWidth: 5, barGap: '-100%', barMinHeight: 2 };
  const until = nextOrder === null ? asOf : (nextOrder.until ?? nextOrder.date);
  // No further ahead than a year: far windows would leave no room for what was.
  const end = Math.min(timeOf(until), timeOf(asOf) + 366 * DAY_MS);
  return {
    useUTC: true,
    legend: {},
    tooltip: {
      formatter: ({ name, value: [time = 0, amount = 0], seriesName }: TimelinePoint) =>
        `${seriesName.replace(/s$/, '')} ${name}\n${day(time)}: ${format.money(amount)}`,
    },
    xAxis: {
      type: 'time',
      max: Math.max(end, timeOf(asOf) + 14 * DAY_MS),
      axisLabel: { formatter: (time: number) => format.month(new Date(time).toISOString()) },
      minInterval: 28 * DAY_MS,
    },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortMoney(value) } },
    series: [
      {
        ...bars,
        name: 'Orders',
        color: palette.series[0],
        data: points(({ order_amount }) => order_amount),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: palette.faint, type: 'dotted' },
          label: { formatter: 'as of', color: palette.faint, position: 'end', rotate: 0 },
          data: [{ xAxis: timeOf(asOf) }],
        },
        markArea:
          nextOrder === null
            ? undefined
            : {
                silent: true,
                itemStyle: { color: palette.series[2], opacity: 0.14 },
                label: { formatter: 'next order', color: palette.text, position: 'insideTop' },
                data: [[{ xAxis: timeOf(nextOrder.from) }, { xAxis: end }]],
              },
      },
      { ...bars, name: 'Returns', color: palette.series[1], data: points(({ returned_amount }) => returned_amount) },
    ],
  };
}

interface TimelinePoint {
  readonly name: string;
  readonly value: readonly number[];
  readonly seriesName: string;
}

function timeOf(day: string | null): number {
  return Date.parse(`${day}T00:00:00Z`);
}
