import { shareShift } from '../analytics/evidence/share-shift.ts';
import { type Share, testHomogeneity } from '../analytics/homogeneity.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { chance, LEVEL_WORDS } from './words.ts';

/** With fewer customers, or fewer expected to come back or to stay away, a cohort is not compared. */
const [SMALLEST_COHORT, FEWEST_EXPECTED] = [30, 5];
const TOGETHER = 'cohort_differences';

export interface CohortReturns {
  readonly month: string;
  readonly size: number;
  readonly active: number;
}

/** Whether first-order months differ in how many customers order in the month after, and which one stands out. */
export async function cohortDifferences(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published } = context;
  const evidence = (at: Relation) =>
    `select cohort_month, cohort_size, active_customers, retention_rate_percent from ${at('cohort_analysis')} ` +
    'where months_since_acquisition = 1 and not is_immature and not is_left_truncated order by cohort_month';
  const rows = await query(evidence(ref));
  const cohorts = rows.map((row) => ({
    month: String(row.cohort_month),
    ...{ size: Number(row.cohort_size), active: Number(row.active_customers) },
  }));
  return judgeCohorts(cohorts, context, evidence(published));
}

export async function judgeCohorts(
  all: readonly CohortReturns[],
  { words, shop }: Pick<InsightContext, 'words' | 'shop'>,
  evidenceSql: string,
): Promise<Candidate[]> {
  const cohorts = comparable(all);
  const base = { type: 'cohort', unit: 'percentage points', evidenceSql };
  const together = {
    ...{
      ...base,
      key: TOGETHER,
      comparison: 'share that orders in the month after the first: all cohorts with each other',
    },
    saidBy: cohorts.map(({ month }) => `cohort ${month}`),
  };
  const test = cohorts.length < 2 ? undefined : await testHomogeneity(cohorts.map(shareOf));
  if (test === undefined) {
    const notTried = 'fewer than two cohorts are large enough';
    return [{ ...together, evidence: null, notTried }];
  }
  const [customers, active] = [sum(cohorts, ({ size }) => size), sum(cohorts, (cohort) => cohort.active)];
  const usual = active / customers;
  const spread = spreadBeyondChance(cohorts, usual, test.statistic / test.degreesOfFreedom);
  const typical = (spread * customers * shop.averageOrder) / cohorts.length;
  const words95 = `${words.percent(100 * usual)} of ${words.whole(customers)} customers in ${cohorts.length} cohorts`;
  return [
    {
      ...together,
      evidence: { effect: 100 * spread, low: null, high: null, relative: spread / usual, pValue: test.pValue },
      money: typical,
      story: {
        title: `Cohorts differ in how many order in the month after the first, by more than chance explains`,
        description:
          `${words95} ordered in the month after their first order; beyond chance the cohorts lie about ${(100 * spread).toFixed(1)} percentage ` +
          `points from that (chi-square test, ${chance(test.pValue)}). No single cohort stands out clearly.`,
        recommendation: 'Compare the months: season, channels, first offers. Do not read a cause into a single cohort.',
      },
    },
    ...(await gated(cohorts, (cohort) => ofOne(cohort, cohorts, base, { words, shop }))),
  ];
}

/**
 * The comparisons of single cohorts, in the order of the cohorts. One is not reported unless it and those that stand out less differ
 * among themselves: what one cohort is alone in says nothing for the next.
 */
async function gated(
  cohorts: readonly CohortReturns[],
  compare: (cohort: CohortReturns) => Candidate,
): Promise<Candidate[]> {
  const compared = cohorts.map((cohort) => ({ cohort, candidate: compare(cohort) }));
  const outstanding = compared.toSorted((a, b) => pValueOf(a.candidate) - pValueOf(b.candidate));
  const gates = new Map<CohortReturns, number>();
  let gate = 0;
  for (const [index, { cohort }] of outstanding.entries()) {
    const test = await testHomogeneity(outstanding.slice(index).map((one) => shareOf(one.cohort)));
    gate = Math.max(gate, test?.pValue ?? 1);
    gates.set(cohort, gate);
  }
  return compared.map(({ cohort, candidate }) => ({ ...candidate, gate: gates.get(cohort) ?? 1 }));
}

const pValueOf = ({ evidence }: Candidate): number => evidence?.pValue ?? 1;

function ofOne(
  cohort: CohortReturns,
  cohorts: readonly CohortReturns[],
  base: Pick<Candidate, 'type' | 'unit' | 'evidenceSql'>,
  { words, shop }: Pick<InsightContext, 'words' | 'shop'>,
): Candidate {
  const { month, size, active } = cohort;
  const rest = {
    successes: sum(cohorts, (one) => one.active) - active,
    total: sum(cohorts, (one) => one.size) - size,
  };
  const named = {
    ...{ ...base, key: `cohort ${month}` },
    comparison: `share that orders in the month after the first: cohort ${month} against the other cohorts`,
  };
  const evidence = shareShift(shareOf(cohort), [rest]);
  if (evidence === null) return { ...named, evidence: null, notTried: 'nobody came back' };
  const [rate, usual] = [(100 * active) / size, (100 * rest.successes) / rest.total];
  const isLess = evidence.effect < 0;
  return {
    ...named,
    evidence,
    money: Math.abs(0.01 * evidence.effect) * size * shop.averageOrder,
    story: {
      title: `Cohort ${month} ${isLess ? 'came back less' : 'came back more'}: ${words.percent(rate)} ordered in the month after, ${words.percent(usual)} of the others`,
      description:
        `Of ${words.whole(size)} customers who first ordered in ${month}, ${words.whole(active)} ordered in the month after. In the other cohorts it is ` +
        `${words.percent(usual)} (difference in ${LEVEL_WORDS} ${(evidence.low ?? 0).toFixed(1)} to ${(evidence.high ?? 0).toFixed(1)} percentage points, ` +
        `${chance(evidence.pValue)} before the correction for all comparisons). It does not say why.`,
      recommendation: isLess
        ? 'Look at what was different about this cohort: season, channel, discount, products, delivery.'
        : 'Look at what was different about this cohort, season, channel, offer, products, before you try it again.',
    },
  };
}

const shareOf = ({ active, size }: CohortReturns): Share => ({ successes: active, total: size });

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/** The cohorts in which so many come back, and stay away, that the chi-square distribution holds. */
function comparable(all: readonly CohortReturns[]): readonly CohortReturns[] {
  const large = all.filter(({ size }) => size >= SMALLEST_COHORT);
  const usual =
    sum(large, ({ active }) => active) /
    Math.max(
      1,
      sum(large, ({ size }) => size),
    );
  return large.filter(({ size }) => size * Math.min(usual, 1 - usual) >= FEWEST_EXPECTED);
}

/** Standard deviation of the cohorts' own shares, what sampling adds to it taken away. */
function spreadBeyondChance(cohorts: readonly CohortReturns[], usual: number, ratio: number): number {
  const sampling = sum(cohorts, ({ size }) => (usual * (1 - usual)) / size) / cohorts.length;
  return Math.sqrt(Math.max(0, ratio - 1) * sampling);
}
