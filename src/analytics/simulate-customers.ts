import { randomBeta, randomExponential, randomGamma, randomPoisson } from 'd3-random';
import type { PurchaseRow } from './purchase-cells.ts';
import type { ModelName } from './purchase-model.ts';
import { type Span, span, type TimeUnit } from './units.ts';

/** Uniform random numbers from 0 (included) to 1 (excluded). */
export type Uniform = () => number;

/** A customer as a model sees one: orders at random times at `rate` after the first purchase, until `end`. */
interface Life {
  readonly rate: number;
  /** Leaves this long after the first purchase, unless after an order before. */
  readonly end: number;
  /** Probability to leave after each repeat purchase. */
  readonly leaves: number;
}

export interface SimulatedCustomer<U extends TimeUnit> extends PurchaseRow<U> {
  /** Orders within the horizon after the as-of date. */
  readonly future: number;
}

const forEver = Number.POSITIVE_INFINITY;

/** Draws customers' lives from a model. Gamma(shape, rate) is d3's with the scale 1 / rate. */
function lives(name: ModelName, values: readonly number[], uniform: Uniform): () => Life {
  const [first = 0, second = 0, third = 0, fourth = 0] = values;
  const gamma = (shape: number, rate: number) => randomGamma.source(uniform)(shape, 1 / rate);
  if (name === 'zero-inflated-poisson') {
    return () => ({ rate: first, end: uniform() < second ? 0 : forEver, leaves: 0 });
  }
  const rates = gamma(first, second);
  if (name === 'nbd') return () => ({ rate: rates(), end: forEver, leaves: 0 });
  if (name === 'zero-inflated-nbd') {
    return () => ({ rate: rates(), end: uniform() < third ? 0 : forEver, leaves: 0 });
  }
  if (name === 'pareto-nbd') {
    const leavings = gamma(third, fourth);
    const wait = randomExponential.source(uniform);
    return () => ({ rate: rates(), end: wait(leavings())(), leaves: 0 });
  }
  const probabilities = randomBeta.source(uniform)(third, fourth);
  return () => {
    const leaves = probabilities();
    return { rate: rates(), end: name === 'mbg-nbd' && uniform() < leaves ? 0 : forEver, leaves };
  };
}

export interface Simulation<U extends TimeUnit> {
  readonly unit: U;
  readonly name: ModelName;
  /** In the order of the model's parameters. */
  readonly values: readonly number[];
  readonly customers: number;
  /** Age of the customer with this number, from 0. */
  readonly age: (index: number) => Span<U>;
  /** How far to watch after the as-of date. */
  readonly horizon: Span<U>;
  readonly uniform: Uniform;
}

/** Customers of a model with known parameters, at exact times (not rounded to days). */
export function* simulateCustomers<U extends TimeUnit>(simulation: Simulation<U>): Generator<SimulatedCustomer<U>> {
  const { unit, name, values, customers, horizon, uniform } = simulation;
  const life = lives(name, values, uniform);
  const wait = randomExponential.source(uniform);
  const count = randomPoisson.source(uniform);
  for (let index = 0; index < customers; index++) {
    const age = simulation.age(index);
    const { rate, end, leaves } = life();
    let [frequency, recency, future] = [0, 0, 0];
    if (leaves === 0 && end === forEver && horizon === 0 && rate * age > 50) {
      // Nobody leaves: the number at once, and the last time as the largest of so many uniform ones.
      frequency = count(rate * age)();
      recency = frequency === 0 ? 0 : age * uniform() ** (1 / frequency);
    } else {
      const next = rate > 0 ? wait(rate) : () => forEver;
      for (let time = next(); time <= age + horizon && time <= end; time += next()) {
        if (time <= age) {
          frequency++;
          recency = time;
        } else {
          future++;
        }
        if (leaves > 0 && uniform() < leaves) break;
      }
    }
    yield { frequency, recency: span(recency, unit), age, future };
  }
}
