import { randomNormal } from 'd3-random';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ScoredCell } from '../../../src/analytics/classification/scored-cell.ts';

/** Cells with many ties among probabilities and some empty counts. */
export const cellsArbitrary: fc.Arbitrary<ScoredCell[]> = fc.array(
  fc.record({
    probability: fc.integer({ min: 1, max: 19 }).map((twentieth) => twentieth / 20),
    events: fc.nat(6),
    nonEvents: fc.nat(6),
  }),
  { minLength: 1, maxLength: 15 },
);

export interface Dice {
  readonly uniform: () => number;
  readonly normal: () => number;
}

export function dice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  return { uniform, normal: randomNormal.source(uniform)(0, 1) };
}
