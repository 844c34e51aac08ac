import { Text, Title } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { usePalette } from '../../charts/use-palette.ts';
import { titleOf } from '../../components/data-table.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { Tile, Tiles } from './tile.tsx';

/** The figures of a month for people: title and meaning. */
const WORDS: Readonly<Record<string, readonly [title: string, meaning: string]>> = {
  revenue: ['Revenue', 'Revenue of the month, net of returns.'],
  orders: ['Orders', 'Orders of the month.'],
  customers: ['Customers with an order', 'Customers who ordered in the month.'],
  new_customers: ['New customers', 'Customers whose first order was in the month.'],
  avg_order_value: ['Average order value', 'Revenue of the month divided by its orders.'],
  revenue_per_customer: ['Revenue per customer', 'Revenue of the month divided by the customers who ordered in it.'],
  purchase_frequency: [
    'Orders per customer',
    'Purchase frequency: orders of the month divided by the customers who ordered in it.',
  ],
};

/** The figures of the last complete month: value, change against the month before, course. */
export function KpiTiles() {
  const format = useFormat();
  const kpis = useQuestion('overview/kpis', {});
  const course = useQuestion('overview/sparklines', {});
  if (kpis.error !== null) return <Failure error={kpis.error} onRetry={() => void kpis.refetch()} />;
  if (kpis.data === undefined) return <Loading height={180} />;
  const { rows } = kpis.data;
  const [first] = rows;
  if (first === undefined) return <Empty>There is no month with sales yet.</Empty>;
  const title = `${format.month(first.period_month)}, ${first.is_complete ? 'the last complete month' : 'a month that is not over'}`;
  return (
    <section aria-label={title}>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <Tiles title={title} count="seven">
        {rows.map((row) => {
          const name = row.kpi ?? '';
          const [title = titleOf(name), description = null] = WORDS[name] ?? [];
          const values = course.data?.rows.filter(({ kpi }) => kpi === name).map(({ value }) => value) ?? [];
          return (
            <Tile
              key={name}
              name={name}
              title={title}
              column={{ description, unit: row.unit ?? '' }}
              value={row.value}
              text={figureText(row, format)}
              course={<Sparkline label={`${title}: the last ${values.length} months`} values={values} />}
            >
              <Change row={row} />
            </Tile>
          );
        })}
      </Tiles>
    </section>
  );
}

function figureText({ unit, value }: QueryRow<'overview/kpis'>, format: Format): string {
  if (unit === 'money') return format.roundMoney(value);
  return unit === 'orders per customer' ? format.ratio(value) : format.number(value);
}

/** The change against the month before; no colour where there is none. */
function Change({
  row: { change_percent: change, previous_month: before },
}: {
  readonly row: QueryRow<'overview/kpis'>;
}) {
  const format = useFormat();
  const palette = usePalette();
  if (change === null) {
    return (
      <Text size="xs" c="dimmed">
        {before === null ? 'no month before' : 'no change can be given'}
      </Text>
    );
  }
  const [sign, color] = change === 0 ? ['=', 'dimmed'] : change > 0 ? ['▲', palette.good] : ['▼', palette.bad];
  return (
    <Text size="xs" c={color} data-change={change}>
      <span aria-hidden>{sign} </span>
      {change === 0 ? 'as in' : `${format.change(change)} against`} {format.month(before)}
    </Text>
  );
}
