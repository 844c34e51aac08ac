import type { Fact, InsightContext, Relation } from './candidate.ts';

/** That the first "new" customers are not new, where it is so. */
export async function leftTruncation({ query, ref, published, words, shop }: InsightContext): Promise<readonly Fact[]> {
  const until = shop.leftTruncatedUntil;
  if (until === null) return [];
  const evidence = (at: Relation) =>
    `select count(*) as customers, (select min(left_truncation_reason) from ${at('observation_window')}) as reason ` +
    `from ${at('dim_customer')} where first_order_date <= date '${until}'`;
  const [row = {}] = await query(evidence(ref));
  const customers = Number(row.customers ?? 0);
  return [
    {
      type: 'left_truncation',
      title: `The data begins in the middle of the shop's life: ${words.whole(customers)} customers first seen up to ${until} are not all new`,
      description:
        `Old customers who order again look like new ones where the data begins (${row.reason}). Customers first seen up to ${until} ` +
        'are left out of fits, cohort comparisons and repeat rates.',
      ...{ value: customers, unit: 'customers', money: null },
      recommendation: 'Load older orders if there are any; otherwise do not compare the first cohorts with later ones.',
      evidenceSql: evidence(published),
    },
  ];
}
