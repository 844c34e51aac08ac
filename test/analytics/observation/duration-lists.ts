import fc from 'fast-check';
import type { Duration } from '../../../src/analytics/kaplan-meier.ts';

/** Spells in days, one entry for each day, in any order. */
export const durationLists: fc.Arbitrary<readonly Duration[]> = fc.uniqueArray(
  fc.record({ days: fc.integer({ min: 1, max: 500 }), events: fc.nat(20), censored: fc.nat(20) }),
  { selector: ({ days }) => days, maxLength: 20 },
);
