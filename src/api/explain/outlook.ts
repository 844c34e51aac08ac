import type { PublishedRow } from './published-row.ts';
import type { ScoreGrade } from './score-grade.ts';

/** What is foreseen of a customer, or why nothing is, and how far it can be trusted. */
export interface Outlook<Foreseen> {
  readonly expected: Foreseen | null;
  /** Why nothing is foreseen; null where something is. */
  readonly reason: string | null;
  readonly grade: ScoreGrade;
}

const NOT_PREDICTED = 'no prediction of this customer was made';

/** `ownReason`: what the tables say of this customer. It goes before the reason of the grade where the customer has no order. */
export function outlook<Foreseen>(
  expected: Foreseen | null,
  grade: ScoreGrade,
  { hasOrders, ownReason }: { readonly hasOrders: boolean; readonly ownReason: string | null },
): Outlook<Foreseen> {
  if (expected !== null) return { expected, reason: null, grade };
  const isWithheld = hasOrders && grade.grade === 'WITHHELD';
  return { expected, reason: isWithheld ? grade.reason : (ownReason ?? NOT_PREDICTED), grade };
}

/** Nothing where the score of the column is null. */
export function foreseen<T>(row: PublishedRow, column: string, read: (score: number) => T): T | null {
  const score = row.numberOrNull(column);
  return score === null ? null : read(score);
}
