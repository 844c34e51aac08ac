import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Uniform random numbers from 0 (included) to 1 (excluded). */
export type Uniform = () => number;

/** One independent stream per concern, so that a change of, say, the dirt leaves all orders as they were. */
export interface RandomStreams {
  readonly ids: Uniform;
  readonly acquisition: Uniform;
  readonly rates: Uniform;
  readonly repeats: Uniform;
  readonly spend: Uniform;
  readonly baskets: Uniform;
  readonly returns: Uniform;
  readonly dirt: Uniform;
}

/** The streams of a seed (32 bits): 2^64 numbers apart on one xoroshiro128+ sequence. */
export function randomStreams(seed: number): RandomStreams {
  const generator = xoroshiro128plus(seed);
  const next = (): Uniform => {
    generator.jump();
    const own = generator.clone();
    return () => uniformFloat64(own);
  };
  return {
    ids: next(),
    acquisition: next(),
    rates: next(),
    repeats: next(),
    spend: next(),
    baskets: next(),
    returns: next(),
    dirt: next(),
  };
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(uniform: Uniform, min: number, max: number): number {
  return min + Math.floor(uniform() * (max - min + 1));
}
