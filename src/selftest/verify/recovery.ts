import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { predictor } from '../../analytics/customer-outlook.ts';
import { fitPurchaseModel } from '../../analytics/fit.ts';
import { sumInterval } from '../../analytics/intervals.ts';
import { purchaseCells } from '../../analytics/purchase-cells.ts';
import type { PurchaseModel } from '../../analytics/purchase-model.ts';
import { type SimulatedCustomer, simulateCustomers } from '../../analytics/simulate-customers.ts';
import { sumOrders } from '../../analytics/sum-predictions.ts';
import { weeks } from '../../analytics/units.ts';

/** A shop of known truth: times in weeks. */
export const truths: Readonly<Record<string, readonly number[]>> = {
  nbd: [0.6, 12],
  'zero-inflated-poisson': [0.08, 0.5],
  'zero-inflated-nbd': [1.5, 15, 0.5],
  'bg-nbd': [0.6, 6, 0.8, 2.4],
  'mbg-nbd': [0.8, 6, 0.9, 1.8],
  'pareto-nbd': [0.8, 8, 0.8, 20],
};

export interface Recovery {
  /** For each parameter the distance from the truth in standard errors, in the space of the search. */
  readonly distances: readonly number[];
  /** Customers whose orders in the horizon fell into the 80 % interval, of all. */
  readonly covered: number;
  readonly customers: number;
  /** The same for sums of groups of customers. */
  readonly coveredSums: number;
  readonly sums: number;
}

const horizon = weeks(39);
const groups = 10;

/** Simulates one customer base, fits the model it came from, and looks whether the truth and the future were foreseen. */
export function recover(model: PurchaseModel, seed: number, customers: number): Recovery {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const values = truths[model.name] ?? [];
  const age = () => weeks(20 + 60 * uniform());
  const simulation = { unit: 'week', name: model.name, values, customers, age, horizon, uniform } as const;
  const base = [...simulateCustomers(simulation)];
  const fit = fitPurchaseModel(model, purchaseCells('week', base));
  const distances = fit.parameters.map(({ kind, value, searchStandardError }, i) => {
    const to = (one: number) => (kind === 'share' ? Math.log(one / (1 - one)) : Math.log(one));
    return searchStandardError === null
      ? Number.POSITIVE_INFINITY
      : (to(value) - to(values[i] ?? 0)) / searchStandardError;
  });
  const { of } = predictor(fit);
  let covered = 0;
  for (const customer of base) {
    // Orders are whole: a draw within the step of the distribution function makes the coverage exact.
    const probabilities = of(customer).allOrderProbabilities(horizon);
    const below = probabilities.slice(0, customer.future).reduce((sum, one) => sum + one, 0);
    const place = below + uniform() * (probabilities[customer.future] ?? 0);
    if (place >= 0.1 && place <= 0.9) covered++;
  }
  let coveredSums = 0;
  const inGroup = (group: number): SimulatedCustomer<'week'>[] => base.filter((_, i) => i % groups === group);
  for (let group = 0; group < groups; group++) {
    const members = inGroup(group);
    const { low, high } = sumInterval(sumOrders(fit, purchaseCells('week', members), horizon));
    const sum = members.reduce((total, { future }) => total + future, 0);
    if (sum >= low && sum <= high) coveredSums++;
  }
  return { distances, covered, customers, coveredSums, sums: groups };
}

/** How well the parameters of a model are found again. */
export interface RecoveryResult {
  readonly model: string;
  readonly seeds: readonly number[];
  /** Seeds in which every parameter was found within 3 standard errors, and how many it must be. */
  readonly recovered: number;
  readonly required: number;
  /** Share of customers whose orders fell into the 80 % interval; must lie between 0.75 and 0.85. */
  readonly coverage: number;
  readonly passed: boolean;
}

const seedsEach = 5;
const customersEach = 1_000;

/** Customer bases of a model's own making, of this seed and the four behind it. */
export function recoveryOf(model: PurchaseModel, firstSeed: number): RecoveryResult {
  const seeds = Array.from({ length: seedsEach }, (_, i) => firstSeed + i);
  const found = seeds.map((seed) => recover(model, seed, customersEach));
  const recovered = found.filter(({ distances }) => distances.every((distance) => Math.abs(distance) < 3)).length;
  const required = seedsEach - 1;
  const coverage = found.reduce((sum, { covered }) => sum + covered, 0) / (seedsEach * customersEach);
  const passed = recovered >= required && coverage > 0.75 && coverage < 0.85;
  return { model: model.title, seeds, recovered, required, coverage, passed };
}
