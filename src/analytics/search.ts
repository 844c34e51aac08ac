import { type Curvature, curvatureAt } from './hessian.ts';
import { type Box, type MinimumStatus, minimize, type Objective } from './minimize.ts';
import { logistic } from './numeric/log-sum.ts';
import type { ParameterDescription } from './purchase-model.ts';

/** A log-likelihood by natural parameters, which overwrites `gradient`, if given, with its derivatives. */
export type LogLikelihood = (values: Float64Array, gradient?: Float64Array) => number;

export interface SearchProblem {
  readonly parameters: readonly ParameterDescription[];
  readonly logLikelihood: LogLikelihood;
  /** A cheap likelihood of the same kind, on a sample, to choose among the starts; the full one unless given. */
  readonly rough?: LogLikelihood;
  /** Number of observations: the search looks at the log-likelihood per observation. */
  readonly observations: number;
  readonly starts: readonly Float64Array[];
  /** Magnitudes from which the bounds of times and rates are a factor of a million away. */
  readonly scale: { readonly time: number; readonly rate: number };
  /** Only the values are wanted, to a thousandth of the log-likelihood: no standard errors. Default false. */
  readonly valuesOnly?: boolean;
}

export interface EstimatedParameter extends ParameterDescription {
  readonly value: number;
  /** In natural space; null where the parameter is at its bound or not identified. */
  readonly standardError: number | null;
  /** Of ln(value), or of the logit of a share. */
  readonly searchStandardError: number | null;
  readonly atBound: 'lower' | 'upper' | null;
}

export interface SearchResult extends Curvature {
  readonly values: Float64Array;
  readonly parameters: readonly EstimatedParameter[];
  readonly logLikelihood: number;
  readonly status: MinimumStatus;
  readonly iterations: number;
  /** False where standard errors were not asked for. */
  readonly isCurvatureKnown: boolean;
  /** The log-likelihood that each start led to, on the sample where there is one. */
  readonly startLogLikelihoods: readonly number[];
}

/** Beyond these a shape says "all alike" or "as different as can be" and no data can tell it from the limit. */
const shapeBounds = [1e-4, 1e4] as const;
const shareBound = 12;

const toSearch = (kind: string, value: number): number =>
  kind === 'share' ? Math.log(value) - Math.log1p(-value) : Math.log(value);
const fromSearch = (kind: string, at: number): number => (kind === 'share' ? logistic(at) : Math.exp(at));
const stretch = (kind: string, value: number): number => (kind === 'share' ? value * (1 - value) : value);

/** Values of the parameters at a point of the search space: their logarithms, for shares the logits. */
export function valuesAt(parameters: readonly ParameterDescription[], point: Float64Array): Float64Array {
  return point.map((at, i) => fromSearch(parameters[i]?.kind ?? '', at));
}

/** The point of the search space for values of the parameters. */
export function pointOf(parameters: readonly ParameterDescription[], values: Float64Array): Float64Array {
  return values.map((value, i) => toSearch(parameters[i]?.kind ?? '', value));
}

function objectiveOf({ parameters, observations }: SearchProblem, logLikelihood: LogLikelihood): Objective {
  return (point, gradient) => {
    const values = valuesAt(parameters, point);
    const sum = logLikelihood(values, gradient);
    for (const [i, value] of values.entries()) {
      gradient[i] = (-(gradient[i] ?? 0) * stretch(parameters[i]?.kind ?? '', value)) / observations;
    }
    return -sum / observations;
  };
}

function boxOf({ parameters, scale }: SearchProblem): Box {
  const bounds = parameters.map(({ kind }): readonly [number, number] => {
    if (kind === 'share') return [-shareBound, shareBound];
    const [low, high] = kind === 'shape' ? shapeBounds : [1e-6 * scale[kind], 1e6 * scale[kind]];
    return [Math.log(low), Math.log(high)];
  });
  return { lower: Float64Array.from(bounds, ([low]) => low), upper: Float64Array.from(bounds, ([, high]) => high) };
}

/**
 * The highest log-likelihood by quasi-Newton search from every start, on a sample first if there is one, with standard
 * errors from the Hessian there.
 */
export function searchMaximum(problem: SearchProblem): SearchResult {
  const { parameters, logLikelihood, rough, observations, valuesOnly = false } = problem;
  const box = boxOf(problem);
  const objective = objectiveOf(problem, logLikelihood);
  const first = rough === undefined ? objective : objectiveOf(problem, rough);
  const leastGain = valuesOnly ? 1e-3 / observations : 0;
  const options = { box, leastGain, gradientTolerance: rough === undefined ? 1e-9 : 1e-6 };
  const found = problem.starts.map((start) => minimize(first, pointOf(parameters, start), options));
  const best = found.reduce((a, b) => (b.value < a.value ? b : a));
  const top = rough === undefined ? best : minimize(objective, best.point, { box, leastGain });
  const free = top.atBound.flatMap((bound, i) => (bound === null ? [i] : []));
  const total: Objective = (point, gradient) => {
    const value = objective(point, gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) * observations;
    return value * observations;
  };
  const curvature = curvatureAt(total, top.point, valuesOnly ? [] : free);
  const values = valuesAt(parameters, top.point);
  return {
    ...curvature,
    values,
    parameters: parameters.map((parameter, i) => {
      const atBound = top.atBound[i] ?? null;
      const value = values[i] ?? 0;
      const variance = atBound === null ? (curvature.covariance?.[i]?.[i] ?? null) : null;
      const searchStandardError = variance === null ? null : Math.sqrt(variance);
      const standardError = searchStandardError === null ? null : searchStandardError * stretch(parameter.kind, value);
      return { ...parameter, value, standardError, searchStandardError, atBound };
    }),
    logLikelihood: -top.value * observations,
    status: top.status,
    iterations: top.iterations,
    isCurvatureKnown: !valuesOnly,
    startLogLikelihoods: found.map(({ value }) => -value * observations),
  };
}
