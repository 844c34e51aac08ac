import type { Share } from '../homogeneity.ts';

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Wilson's interval of a share, for a distance of `z` standard errors. Source: Wilson 1927. */
export function wilsonInterval({ successes, total }: Share, z: number): Bounds {
  if (total === 0) return { low: 0, high: 1 };
  const share = successes / total;
  const middle = (share + (z * z) / (2 * total)) / (1 + (z * z) / total);
  const half = (z / (1 + (z * z) / total)) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Interval of the share of `a` less that of `b`. Source: Newcombe 1998, method 10. */
export function shareDifferenceInterval(a: Share, b: Share, z: number): Bounds {
  const [shareA, shareB] = [a.successes / a.total, b.successes / b.total];
  const [ofA, ofB] = [wilsonInterval(a, z), wilsonInterval(b, z)];
  return {
    low: shareA - shareB - Math.hypot(shareA - ofA.low, ofB.high - shareB),
    high: shareA - shareB + Math.hypot(ofA.high - shareA, shareB - ofB.low),
  };
}
