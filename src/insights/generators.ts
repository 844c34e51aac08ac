import { amountShift } from './amount-shift.ts';
import type { CandidateGenerator } from './candidate.ts';
import { cohortDifferences } from './cohort-difference.ts';
import { highValueReturn } from './high-value-return.ts';
import { orderGaps } from './order-gaps.ts';
import { rejectedShares } from './rejected-share.ts';
import { revenueMonths } from './revenue-month.ts';
import { secondOrders } from './second-order.ts';
import { valueConcentration } from './value-concentration.ts';

/** Everything that is compared in a run, in a fixed order. */
export const candidateGenerators: readonly CandidateGenerator[] = [
  ...[revenueMonths, secondOrders, cohortDifferences, highValueReturn, valueConcentration],
  ...[rejectedShares, orderGaps, amountShift],
];
