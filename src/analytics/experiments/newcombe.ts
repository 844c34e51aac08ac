import type { Share } from '../homogeneity.ts';
import type { Interval } from '../intervals.ts';
import { shareOf } from '../observation/share-difference.ts';

/** Wilson's score interval of a share, `z` standard errors to each side (Wilson 1927). Nobody of nobody can be any share. */
export function wilsonInterval({ successes, total }: Share, z: number): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const share = successes / total;
  const square = z * z;
  const center = successes + square / 2;
  const half = z * Math.sqrt(square / 4 + successes * (1 - share));
  const [low, high] = [(center - half) / (total + square), (center + half) / (total + square)];
  return { low: successes === 0 ? 0 : low, high: successes === total ? 1 : high };
}

/**
 * Interval of the difference of two shares, `a` less `b`: the hybrid score interval, without continuity correction (Newcombe 1998,
 * Statistics in Medicine 17, 873-890, method 10). It stays within -1 and 1 and has a width where nobody or everybody succeeds.
 */
export function newcombeInterval(a: Share, b: Share, z: number): Interval {
  const [shareA, shareB] = [shareOf(a), shareOf(b)];
  // Of nobody the share is not known: as far from 0 as from 1.
  const [at, bt] = [a.total === 0 ? 0.5 : shareA, b.total === 0 ? 0.5 : shareB];
  const [ofA, ofB] = [wilsonInterval(a, z), wilsonInterval(b, z)];
  const difference = at - bt;
  return {
    low: Math.max(-1, difference - Math.hypot(at - ofA.low, ofB.high - bt)),
    high: Math.min(1, difference + Math.hypot(ofA.high - at, bt - ofB.low)),
  };
}
