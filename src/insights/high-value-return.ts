import { type Cell, stratifiedShift } from '../analytics/evidence/stratified-shift.ts';
import { type Candidate, type InsightContext, numberOf, type Relation } from './candidate.ts';
import { highValueCondition } from './high-value.ts';
import { chance, LEVEL_WORDS } from './words.ts';

/** Days in the past on which the most valuable customers are looked up, and fewest of them before the last. */
const [EARLIER_DAYS, FEWEST_EARLIER] = [6, 2];
/** More purchases count as so many. */
const MOST_PURCHASES = 8;

/** The most valuable customers on one day, and who of them ordered in the days after it. */
export interface ValueCut {
  readonly cells: readonly Cell[];
  /** What a purchase of them has brought. */
  readonly averagePurchase: number;
}

/** Whether the customers who were most valuable some time ago have since ordered as often as such customers did before. */
export async function highValueReturn(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const days = numberOf(context, 'activeDays');
  // The data must have begun so many days before the oldest of them, or all customers would be new there.
  const earlier = Math.min(EARLIER_DAYS, Math.floor(shop.historyDays / days) - 2);
  const sql = (at: Relation) => evidence(at, context, days, Math.max(0, earlier));
  const rows = earlier < FEWEST_EARLIER ? [] : await query(sql(ref));
  const byCut = Map.groupBy(rows, ({ cut }) => Number(cut));
  const cuts = [...byCut]
    .toSorted(([a], [b]) => a - b)
    .map(([, all]) => ({
      cells: all.map(({ purchases, age, silence, customers, came }) => ({
        ...{ kind: `${purchases} ${age} ${silence}`, members: Number(customers), events: Number(came) },
      })),
      averagePurchase:
        all.reduce((sum, { amount }) => sum + Number(amount), 0) /
        Math.max(
          1,
          all.reduce((sum, row) => sum + Number(row.all_purchases), 0),
        ),
    }));
  return [judgeHighValue(cuts, days, context, sql(published))];
}

function evidence(at: Relation, context: InsightContext, days: number, earlier: number): string {
  const asOf = context.shop.asOf;
  const cuts = Array.from(
    { length: earlier + 1 },
    (_, cut) => `select ${cut} as cut, cast('${asOf}' as date) - ${(cut + 1) * days} as cut_date`,
  );
  const since = (date: string) => `cut_date - ${date}`;
  return (
    `with cuts as (${cuts.join(' union all ')}), states as (select cut, purchase_number, amount_to_date as value, ` +
    `${since('purchase_date')} as silence, ${since('first_purchase_date')} as age, case when next_purchase_date <= cut_date + ${days} then 1 else 0 end as came ` +
    `from ${at('agg_purchase_days')} inner join cuts on purchase_date <= cut_date ` +
    'where next_purchase_date is null or next_purchase_date > cut_date), ' +
    'ranked as (select *, rank() over (partition by cut order by value desc) as value_rank, count(*) over (partition by cut) as base from states) ' +
    `select cut, least(purchase_number, ${MOST_PURCHASES}) as purchases, ${ageBand(days)} as age, case ${silenceBands()} end as silence, ` +
    'count(*) as customers, sum(came) as came, sum(value) as amount, sum(purchase_number) as all_purchases ' +
    `from ranked where ${highValueCondition(context)} group by 1, 2, 3, 4 order by 1, 2, 3, 4`
  );
}

/** Ages as far apart as the days looked at, so that customers of one age have such of the same age on the day before. */
const ageBand = (days: number): string => `cast(floor(cast(age as double precision) / ${days}) as integer)`;

/** Who has been silent for longer comes back less. */
function silenceBands(): string {
  const limits = [30, 90, 270];
  return `${limits.map((limit, band) => `when silence <= ${limit} then ${band}`).join(' ')} else ${limits.length}`;
}

/** The comparison of the last of the days, which comes first, with those before it. */
export function judgeHighValue(
  cuts: readonly ValueCut[],
  days: number,
  { words }: Pick<InsightContext, 'words'>,
  evidenceSql: string,
): Candidate {
  const base = {
    ...{
      key: 'high_value_return',
      type: 'high_value_return',
      unit: 'percent of the expected customers',
      evidenceSql,
    },
    comparison: `share of the most valuable customers who ordered within ${days} days: in the last ${days} days, against such customers before`,
  };
  const [last, ...earlier] = cuts;
  if (last === undefined || earlier.length < FEWEST_EARLIER) {
    return {
      ...base,
      evidence: null,
      notTried: `the history is too short: ${(FEWEST_EARLIER + 2) * days} days are needed`,
    };
  }
  const shift = stratifiedShift(
    last.cells,
    earlier.map(({ cells }) => cells),
  );
  if (shift === null) return { ...base, evidence: null, notTried: 'too few of these customers to tell' };
  const missing = shift.expected - shift.observed;
  const money = Math.abs(missing) * last.averagePurchase;
  const isLess = missing > 0;
  return {
    ...base,
    evidence: shift,
    money,
    story: {
      title: isLess
        ? `High-value customers have gone quiet: ${words.whole(missing)} fewer than expected ordered in the last ${days} days`
        : `High-value customers ordered more: ${words.whole(-missing)} more than expected in the last ${days} days`,
      description:
        `Of the ${words.whole(shift.members)} customers who were most valuable ${days} days ago, ${words.whole(shift.observed)} have ordered since; ` +
        `${words.whole(shift.expected)} would have if customers of the same age, purchases and silence did as such customers ` +
        `did on ${earlier.length} earlier days (difference in ${LEVEL_WORDS} ${(shift.low ?? 0).toFixed(0)} to ${(shift.high ?? 0).toFixed(0)} %, ` +
        `${chance(shift.pValue)}). At ${words.money(last.averagePurchase)} a purchase that is ${words.money(money)} ${isLess ? 'that did not come' : 'more'}.`,
      recommendation: isLess
        ? 'Write to these customers first, personally; the Retention and Win-Back lists of campaign_targets hold them.'
        : 'Keep what reached these customers: do not add a discount to it.',
    },
  };
}
