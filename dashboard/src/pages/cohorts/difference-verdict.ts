import type { QueryRow } from '../../api/source.ts';

type Comparison = QueryRow<'insights/candidates'>;

/** What the run found of the differences between cohorts, and no more. */
export interface DifferenceVerdict {
  readonly answer: string;
  /** The comparison of all cohorts with each other, the one that the answer is about. */
  readonly together: Comparison | undefined;
  /** Comparisons that are findings. */
  readonly findings: readonly Comparison[];
}

/** @param comparisons those of the type `cohort` */
export function differenceVerdict(comparisons: readonly Comparison[]): DifferenceVerdict {
  const findings = comparisons.filter((row) => row.is_reported === true);
  const together = comparisons.find((row) => row.comparison?.endsWith('all cohorts with each other') === true);
  return { answer: answerOf(findings.length > 0, together?.why_not ?? ''), together, findings };
}

function answerOf(isFound: boolean, whyNot: string): string {
  if (isFound) return 'Yes, by more than chance explains.';
  if (whyNot.startsWith('chance explains it')) {
    return 'Not by more than chance explains. That does not prove that they are alike.';
  }
  if (whyNot.startsWith('smaller than')) return 'By more than chance explains, but too little to matter.';
  return 'That cannot be told yet.';
}
