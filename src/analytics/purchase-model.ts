import type { OrderProcess } from './processes/order-process.ts';
import type { History, PurchaseCells } from './purchase-cells.ts';
import type { TimeUnit } from './units.ts';

/**
 * What a parameter is, which decides its search space: a `shape` has no unit, a `time` is in the cells' unit, a `rate` is
 * per that unit (these three are searched by their logarithm), a `share` is between 0 and 1 (searched by its logit).
 */
export type ParameterKind = 'shape' | 'time' | 'rate' | 'share';

export interface ParameterDescription {
  readonly name: string;
  readonly kind: ParameterKind;
  /** What it says of the customers. */
  readonly meaning: string;
}

/** A customer seen through a model: alive with this probability and, if so, ordering like this. */
export interface CustomerState<U extends TimeUnit> {
  readonly pAlive: number;
  /** Depends on frequency and age only: silence tells whether a customer is alive, not how one who is will go on. */
  readonly whenAlive: OrderProcess<U>;
}

export type ModelName = 'nbd' | 'zero-inflated-nbd' | 'zero-inflated-poisson' | 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd';

/** A model of when customers buy. Parameter values stand in the order of `parameters`, times in the unit of the cells. */
export interface PurchaseModel {
  readonly name: ModelName;
  readonly title: string;
  readonly parameters: readonly ParameterDescription[];
  /** The parameters of `parameters` without which no customer would ever leave. */
  readonly dropout: readonly string[];
  /**
   * Log-likelihood of the cells, with the constant of the papers (the density of the purchase times, no x!). Adds
   * nothing to `gradient` but overwrites it with the derivatives by each parameter, in natural space.
   */
  logLikelihood<U extends TimeUnit>(cells: PurchaseCells<U>, values: Float64Array, gradient?: Float64Array): number;
  /** Where to begin the search: several places, because a likelihood may have several tops. */
  starts<U extends TimeUnit>(cells: PurchaseCells<U>): readonly Float64Array[];
  /** What the model makes of a history. */
  stateOf<U extends TimeUnit>(unit: U, values: Float64Array, history: History<U>): CustomerState<U>;
}
