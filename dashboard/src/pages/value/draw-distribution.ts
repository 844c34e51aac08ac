import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import type { Format } from '../../format/format.ts';

type Bin = QueryRow<'value/distribution'>;

/** How many customers are worth how much: one bar for each bin, also for those without customers. */
export function drawDistribution({ answer: { rows }, format, palette }: Drawing<Bin>): ChartOption {
  const bins = withEmpty(rows);
  return {
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([bar]: readonly { readonly dataIndex: number }[]) => {
        const bin = bins[bar?.dataIndex ?? -1];
        if (bin === undefined) return '';
        return [
          binInWords(bin, format),
          `${format.number(bin.customers)} customers`,
          `${format.money(bin.total_value)} together`,
        ].join('\n');
      },
    },
    xAxis: { type: 'category', data: bins.map((bin) => binLabel(bin, format)) },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: format.shortNumber } },
    series: [
      {
        name: 'Customers',
        type: 'bar',
        barCategoryGap: '8%',
        data: bins.map((bin) => ({
          name: String(bin.bin),
          value: bin.customers,
          ...(bin.value_to === null ? { itemStyle: { color: palette.faint } } : {}),
        })),
      },
    ],
  };
}

/** From which amount to which. */
export function binInWords({ value_from, value_to }: Pick<Bin, 'value_from' | 'value_to'>, format: Format): string {
  return value_to === null
    ? `${format.money(value_from)} and more`
    : `${format.money(value_from)} to below ${format.money(value_to)}`;
}

function binLabel({ value_from, value_to }: Bin, format: Format): string {
  return value_to === null ? `≥ ${format.shortMoney(value_from)}` : format.shortMoney(value_from);
}

/** Bins that have nobody are not in the answer; their place on the axis is. */
function withEmpty(rows: readonly Bin[]): readonly Bin[] {
  const filled: Bin[] = [];
  for (const row of rows) {
    for (let last = filled.at(-1); last !== undefined && followsLater(last, row); last = filled.at(-1)) {
      filled.push({
        ...last,
        bin: (last.bin ?? 0) + 1,
        value_from: last.value_to,
        value_to: endAfter(last),
        customers: 0,
        total_value: 0,
      });
    }
    filled.push(row);
  }
  return filled;
}

function followsLater(last: Bin, row: Bin): boolean {
  return (row.bin ?? 0) > (last.bin ?? 0) + 1;
}

function endAfter({ value_from, value_to }: Bin): number {
  return 2 * (value_to ?? 0) - (value_from ?? 0);
}
