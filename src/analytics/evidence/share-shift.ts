import type { Share } from '../homogeneity.ts';
import { countExcess, excessPValue, type Overdispersion, overdispersionOf } from './count-excess.ts';
import { studentDistance } from './distributions.ts';
import { type Evidence, INTERVAL_LEVEL } from './evidence.ts';
import { shareDifferenceInterval } from './share-interval.ts';

const added = (shares: readonly Share[]): Share => ({
  successes: shares.reduce((sum, { successes }) => sum + successes, 0),
  total: shares.reduce((sum, { total }) => sum + total, 0),
});

const against = (one: Share, other: Share) =>
  countExcess([
    ...[{ events: one.successes, members: one.total, otherEvents: other.successes, otherMembers: other.total }],
  ]);

const without = (all: Share, one: Share): Share => ({
  successes: all.successes - one.successes,
  total: all.total - one.total,
});

/**
 * The share of a group against that of earlier groups, in percentage points. Where the earlier ones differ among themselves by more than
 * chance, so may this one. Null where there is nothing to compare.
 */
export function shareShift(last: Share, earlier: readonly Share[]): Evidence | null {
  const members = earlier.filter(({ total }) => total > 0);
  const before = added(members);
  if (last.total === 0 || before.total === 0) return null;
  const all = added([last, before]);
  if (all.successes === 0 || all.successes === all.total) return null;
  const spread = overdispersionOf(members.map((one) => against(one, without(before, one))));
  const [share, usual] = [last.successes / last.total, before.successes / before.total];
  return {
    effect: 100 * (share - usual),
    ...intervalOf(last, before, spread),
    // As if half a success had been seen besides, where there was none before.
    relative: share / Math.max(usual, 0.5 / before.total) - 1,
    pValue: excessPValue(against(last, before), spread),
  };
}

function intervalOf(last: Share, before: Share, { factor, degrees }: Overdispersion) {
  const z = studentDistance(1 - INTERVAL_LEVEL, degrees) * Math.sqrt(factor);
  const { low, high } = shareDifferenceInterval(last, before, z);
  return { low: 100 * low, high: 100 * high };
}
