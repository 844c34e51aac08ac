import { gammaAbove, gammaBelow } from '../numeric/gamma-distribution.ts';
import { normalDistance, normalTails, studentTails } from './distributions.ts';

/** A table of two groups, one of many that are added up: events among members. */
export interface Stratum {
  readonly events: number;
  readonly members: number;
  readonly otherEvents: number;
  readonly otherMembers: number;
}

/** Events of a group, and how many it would have if it were like the other one. */
export interface CountExcess {
  readonly observed: number;
  readonly expected: number;
  readonly variance: number;
  /** Third central moment. */
  readonly skew: number;
}

/**
 * Adds up tables of like with like. Given all margins the events are hypergeometric in each of them. With one table per day
 * since the start this is the log-rank test. Sources: Mantel and Haenszel 1959; Mantel 1966.
 */
export function countExcess(strata: Iterable<Stratum>): CountExcess {
  let [observed, expected, variance, skew] = [0, 0, 0, 0];
  for (const { events, members, otherEvents, otherMembers } of strata) {
    const all = members + otherMembers;
    const allEvents = events + otherEvents;
    if (members === 0 || otherMembers === 0) continue;
    observed += events;
    expected += (members * allEvents) / all;
    const own = (members * otherMembers * allEvents * (all - allEvents)) / (all * all * Math.max(1, all - 1));
    variance += own;
    skew += (own * (all - 2 * members) * (all - 2 * allEvents)) / (all * Math.max(1, all - 2));
  }
  return { observed, expected, variance, skew };
}

/** How much more than chance groups that should be alike have differed in the past, and what that is known from. */
export interface Overdispersion {
  /** Factor of the variance, at least 1. */
  readonly factor: number;
  /** Degrees of freedom of the estimate; without end where the factor is 1. */
  readonly degrees: number;
}

export const CHANCE_ALONE: Overdispersion = { factor: 1, degrees: Number.POSITIVE_INFINITY };

/** From the squared standard scores of groups of the past, each against the others. Fewer than three say nothing. */
export function overdispersionOf(excesses: readonly CountExcess[]): Overdispersion {
  const usable = excesses.filter(({ variance }) => variance > 0);
  if (usable.length < 3) return CHANCE_ALONE;
  const degrees = usable.length - 1;
  const squares = usable.reduce((sum, one) => sum + (one.observed - one.expected) ** 2 / one.variance, 0);
  // Each score is against the others, whose variance is larger by its own share: the sum is that of Pearson's statistic over 1 - 1/k.
  const factor = (squares * (1 - 1 / usable.length)) / degrees;
  return factor > 1 ? { factor, degrees } : CHANCE_ALONE;
}

/** Beyond this shape a Gamma distribution is the normal one. */
const LARGEST_SHAPE = 1e7;

const normalAbove = (z: number): number => (z > 0 ? normalTails(z) / 2 : 1 - normalTails(z) / 2);

/**
 * Probability of a count of at least `count` with these moments: a Gamma distribution of the same mean, variance and skewness (Pearson's
 * type III), whole counts standing for half a count to each side.
 */
function atLeast(count: number, { expected, variance, skew }: CountExcess): number {
  const distance = (count - 0.5 - expected) / Math.sqrt(variance);
  const shape = (4 * variance ** 3) / (skew * skew);
  if (!(shape < LARGEST_SHAPE)) return normalAbove(distance);
  const isRight = skew > 0;
  const x = shape + Math.sqrt(shape) * distance * (isRight ? 1 : -1);
  if (x <= 0) return isRight ? 1 : normalAbove(distance);
  return isRight ? gammaAbove(x, shape) : gammaBelow(x, shape);
}

/** In standard errors: its tails are those of whole counts, so that few events are not taken for a bell curve. */
function standardScore(excess: CountExcess): number {
  const { observed, expected, variance, skew } = excess;
  // A lack of events is an excess of the mirrored count.
  const mirrored = { observed: -observed, expected: -expected, variance, skew: -skew };
  return normalDistance(Math.min(1, 2 * Math.min(atLeast(observed, excess), atLeast(-observed, mirrored))));
}

/** Probability of an excess or a lack at least so large by chance, and by what groups have differed before. */
export function excessPValue(excess: CountExcess, { factor, degrees }: Overdispersion = CHANCE_ALONE): number {
  if (!(excess.variance > 0)) return 1;
  return studentTails(standardScore(excess) / Math.sqrt(factor), degrees);
}
