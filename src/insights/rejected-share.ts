import { shareShift } from '../analytics/evidence/share-shift.ts';
import type { Share } from '../analytics/homogeneity.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { BLOCK_DAYS, blockOf, blocksIn } from './day-blocks.ts';
import { chance } from './words.ts';

export interface Fault {
  readonly key: string;
  /** As in "records that are ...". */
  readonly what: string;
  /** SQL over staging.stg_sales_checked that is true of such a record. */
  readonly sql: string;
}

export const FAULTS: readonly Fault[] = [
  { key: 'rejected_rows', what: 'refused', sql: 'reason_code is not null' },
  { key: 'missing_customers', what: 'without a usable customer', sql: "reason_code = 'INVALID_CUSTOMER'" },
  { key: 'duplicate_rows', what: 'repeated', sql: "reason_code = 'DUPLICATE_ROW'" },
];

/** Whether the latest file, and the latest weeks, have more faulty records than those before. */
export async function rejectedShares(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const counts = FAULTS.map(({ key, sql }) => `count(*) filter (where ${sql}) as ${key}`).join(', ');
  const block = blockOf('order_date', shop);
  const ofLoads = (at: Relation) =>
    `select load_id, count(*) as records, ${counts} from ${at('stg_sales_checked')} where set_aside_kind is null group by 1 order by 1 desc`;
  const ofBlocks = (at: Relation) =>
    `select ${block} as block, count(*) as records, ${counts} from ${at('stg_sales_checked')} where set_aside_kind is null ` +
    `and order_date <= cast('${shop.asOf}' as date) and ${block} < ${blocksIn(shop)} group by 1 order by 1`;
  const [loads, blocks] = [await query(ofLoads(ref)), await query(ofBlocks(ref))];
  const sharesOf = (rows: typeof loads, key: string): Share[] =>
    rows.map((row) => ({ successes: Number(row[key]), total: Number(row.records) }));
  return FAULTS.flatMap((fault) => [
    judgeFaults(fault, 'load', sharesOf(loads, fault.key), context, ofLoads(published)),
    judgeFaults(fault, 'weeks', sharesOf(blocks, fault.key), context, ofBlocks(published)),
  ]);
}

const SPANS = {
  load: { last: 'the latest file', before: 'the files before', fewestEarlier: 1, notTried: 'there is one file only' },
  weeks: {
    last: `the last ${BLOCK_DAYS} days`,
    before: `the blocks of ${BLOCK_DAYS} days before`,
    fewestEarlier: 4,
    notTried: `the history is too short: ${5 * BLOCK_DAYS} days are needed`,
  },
} as const;

/** The comparison of the last file or block, which comes first, with the earlier ones. */
export function judgeFaults(
  { key, what }: Fault,
  by: keyof typeof SPANS,
  [last, ...earlier]: readonly Share[],
  { words, shop }: Pick<InsightContext, 'words' | 'shop'>,
  evidenceSql: string,
): Candidate {
  const span = SPANS[by];
  const keyOf = (fault: string) => `${fault} ${by}`;
  const base = {
    ...{ key: keyOf(key), type: 'data_quality', unit: 'percentage points of the records', evidenceSql },
    comparison: `share of records that are ${what}: ${span.last} against ${span.before}`,
    // What is missing or repeated is refused as well: said once, by the cause.
    ...(key === 'rejected_rows' ? { saidBy: FAULTS.slice(1).map((fault) => keyOf(fault.key)) } : {}),
  };
  if (last === undefined || earlier.length < span.fewestEarlier) {
    return { ...base, evidence: null, notTried: span.notTried };
  }
  const evidence = shareShift(last, earlier);
  if (evidence === null) return { ...base, evidence: null, notTried: `no record is ${what}` };
  const total = earlier.reduce((sum, one) => sum + one.total, 0);
  const usual = earlier.reduce((sum, one) => sum + one.successes, 0) / total;
  const [isMore, share] = [evidence.effect > 0, last.successes / last.total];
  return {
    ...base,
    evidence,
    money: Math.abs(share - usual) * last.total * shop.averageOrder,
    story: {
      title: `${isMore ? 'More' : 'Fewer'} records are ${what}: ${words.percent(100 * share, 2)} of ${span.last}, ${words.percent(100 * usual, 2)} before`,
      description:
        `${words.whole(last.successes)} of ${words.whole(last.total)} records of ${span.last} are ${what}; in ${span.before} it was ` +
        `${words.percent(100 * usual, 2)} of ${words.whole(total)} (${chance(evidence.pValue)}). Their money is missing from the figures.`,
      recommendation: isMore
        ? 'Look at staging.stg_sales_rejected, which keeps every such record with its reason, and mend the export.'
        : 'Nothing to do; the export has become better.',
    },
  };
}
