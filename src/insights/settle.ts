import { adjustedPValues } from '../analytics/evidence/adjusted-p-values.ts';
import type { Candidate, TriedCandidate } from './candidate.ts';

export interface SettleRules {
  /** Share of false findings among the reported that is accepted on average. */
  readonly falseDiscoveryRate: number;
  /** Smaller relative differences are not reported: 0.1 is 10 %. */
  readonly minEffect: number;
  /** Revenue of a year, against which money at stake is large or small. */
  readonly yearRevenue: number;
}

/** A candidate after all of a run have been looked at together. */
export interface Settled {
  readonly candidate: Candidate;
  /** Null where it was not tried. */
  readonly adjustedPValue: number | null;
  /** Money at stake times the certainty; null likewise. */
  readonly rankScore: number | null;
  readonly isReported: boolean;
  /** Why it is not reported, in words; null where it is. */
  readonly whyNot: string | null;
  /** 1 comes first. */
  readonly priority: number;
}

export const isTried = (candidate: Candidate): candidate is TriedCandidate => candidate.evidence !== null;

/** Rank scores from which priorities begin, as shares of a year's revenue. */
const PRIORITIES = [0.05, 0.02, 0.005] as const;
/** Facts, which ask for nothing by themselves, come after all findings. */
export const FACT_PRIORITY = 5;

/**
 * Corrects all candidates of a run together, and decides which are reported: significant after the correction, large enough
 * to matter, and not said better by another one. Reported ones come first, by money at stake times certainty.
 */
export function settle(candidates: readonly Candidate[], rules: SettleRules): readonly Settled[] {
  const tried = candidates.filter(isTried);
  const adjusted = adjustedPValues(tried.map(({ evidence }) => evidence.pValue));
  const adjustedOf = new Map(tried.map(({ key }, index) => [key, adjusted[index] ?? 1]));
  const isSignificant = (key: string) => (adjustedOf.get(key) ?? 1) <= rules.falseDiscoveryRate;
  const isLarge = new Set(
    tried.filter((one) => Math.abs(one.evidence.relative) >= rules.minEffect).map(({ key }) => key),
  );
  const gateOf = ({ gate = 0 }: TriedCandidate) => gate <= rules.falseDiscoveryRate;
  const holds = (candidate: TriedCandidate) =>
    isSignificant(candidate.key) && isLarge.has(candidate.key) && gateOf(candidate);
  const held = new Set(tried.filter(holds).map(({ key }) => key));
  const settled = candidates.map((candidate): Settled => {
    if (!isTried(candidate)) {
      return {
        ...{ candidate, adjustedPValue: null, rankScore: null, isReported: false },
        ...{ whyNot: `not tried: ${candidate.notTried}`, priority: FACT_PRIORITY },
      };
    }
    const pValue = adjustedOf.get(candidate.key) ?? 1;
    const rankScore = candidate.money * (1 - pValue);
    const better = candidate.saidBy?.find((key) => held.has(key));
    const whyNot = whyNotOf({
      ...{
        isSignificant: isSignificant(candidate.key),
        isLarge: isLarge.has(candidate.key),
        isOpen: gateOf(candidate),
      },
      ...{ better, comparisons: tried.length, rules },
    });
    const priority = 1 + PRIORITIES.filter((share) => rankScore < share * rules.yearRevenue).length;
    return { candidate, adjustedPValue: pValue, rankScore, isReported: whyNot === null, whyNot, priority };
  });
  return settled.toSorted(
    (a, b) =>
      Number(b.isReported) - Number(a.isReported) ||
      (b.rankScore ?? -1) - (a.rankScore ?? -1) ||
      candidates.indexOf(a.candidate) - candidates.indexOf(b.candidate),
  );
}

interface Grounds {
  readonly isSignificant: boolean;
  readonly isLarge: boolean;
  readonly isOpen: boolean;
  readonly better: string | undefined;
  readonly comparisons: number;
  readonly rules: SettleRules;
}

function whyNotOf({ isSignificant, isLarge, isOpen, better, comparisons, rules }: Grounds): string | null {
  if (!isSignificant) return `chance explains it: one of ${comparisons} comparisons`;
  if (!isOpen) return 'chance explains it: the group it belongs to does not differ';
  if (!isLarge) return `smaller than ${Number((100 * rules.minEffect).toFixed(1))} %, which insightMinEffect asks for`;
  return better === undefined ? null : `said by another comparison: ${better}`;
}
