import type { Grade } from '../../api/answer.ts';

/** Why one of these scores is not shown; undefined when all are. */
export function withheldReason(grades: readonly Grade[] | undefined, scores: readonly string[]): string | undefined {
  return grades?.find(({ score, grade }) => grade === 'WITHHELD' && scores.includes(score))?.reason;
}
