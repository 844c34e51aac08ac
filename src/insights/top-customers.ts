import type { Fact, InsightContext, Relation } from './candidate.ts';

/** In smaller shops every customer is one percent and more. */
const FEWEST_CUSTOMERS = 100;

/** How much of the revenue the best customers have brought; whether that has changed is compared elsewhere. */
export async function topCustomers({ query, ref, published, words }: InsightContext): Promise<readonly Fact[]> {
  const evidence = (at: Relation) =>
    'select count(*) as customers, sum(total_spent) as revenue, ' +
    'sum(total_spent) filter (where place <= 0.1 * base) as top_10, sum(total_spent) filter (where place <= 0.2 * base) as top_20 from (' +
    'select total_spent, row_number() over (order by total_spent desc, customer_id) as place, count(*) over () as base ' +
    `from ${at('dim_customer')} where total_orders > 0) as ranked`;
  const [row = {}] = await query(evidence(ref));
  const [customers, revenue] = [Number(row.customers ?? 0), Number(row.revenue ?? 0)];
  if (customers < FEWEST_CUSTOMERS || revenue <= 0) return [];
  const [top10, top20] = [row.top_10, row.top_20].map((amount) => (100 * Number(amount)) / revenue);
  return [
    {
      type: 'top_customers',
      title: `The top 20 % of the customers brought ${words.percent(top20 ?? 0)} of the revenue`,
      description:
        `The top 10 % brought ${words.percent(top10 ?? 0)}, the top 20 % ${words.percent(top20 ?? 0)} of ${words.money(revenue)} so far, net of returns. ` +
        'Some of it is luck: who has happened to spend much is at the top.',
      ...{ value: Number((top20 ?? 0).toFixed(2)), unit: 'percent of the revenue', money: null },
      recommendation: 'Know these customers by name where they are few; treat them as such where they are many.',
      evidenceSql: evidence(published),
    },
  ];
}
