import type { Objective } from './minimize.ts';
import { eigen, invertPositive, type Matrix } from './numeric/symmetric-matrix.ts';

/** What the curvature of an objective at its minimum says about the coordinates. */
export interface Curvature {
  /** Covariance of the coordinates; null where the objective is flat or falls in some direction. Fixed ones have zeros. */
  readonly covariance: Matrix | null;
  /** Largest over smallest eigenvalue of the Hessian of the free coordinates; null where it is not positive definite. */
  readonly conditionNumber: number | null;
  /** The free direction in which the objective changes least. */
  readonly flattest: readonly number[];
}

/** The Hessian by central differences of the gradient, symmetric; only for the coordinates in `free`. */
export function numericHessian(objective: Objective, point: Float64Array, free: readonly number[]): Matrix {
  const gradientAt = (coordinate: number, by: number): Float64Array => {
    const there = point.slice();
    there[coordinate] = (there[coordinate] ?? 0) + by;
    const gradient = new Float64Array(point.length);
    objective(there, gradient);
    return gradient;
  };
  const step = 1e-3;
  const rows = free.map((i) => {
    // Four points: the error is of the fourth order in the step.
    const [a, b, c, d] = [gradientAt(i, -2 * step), gradientAt(i, -step), gradientAt(i, step), gradientAt(i, 2 * step)];
    return free.map((j) => ((a[j] ?? 0) - 8 * (b[j] ?? 0) + 8 * (c[j] ?? 0) - (d[j] ?? 0)) / (12 * step));
  });
  return rows.map((row, i) => row.map((entry, j) => (entry + (rows[j]?.[i] ?? 0)) / 2));
}

/** The curvature of a negative log-likelihood at its minimum, whose inverse is the covariance of the estimates. */
export function curvatureAt(objective: Objective, point: Float64Array, free: readonly number[]): Curvature {
  if (free.length === 0) return { covariance: null, conditionNumber: null, flattest: [] };
  const hessian = numericHessian(objective, point, free);
  const { values, vectors } = eigen(hessian);
  const spread = (part: readonly number[]): number[] =>
    Array.from(point, (_, i) => (free.includes(i) ? (part[free.indexOf(i)] ?? 0) : 0));
  const inverse = invertPositive(hessian);
  const covariance =
    inverse === null
      ? null
      : Array.from(point, (_, i) => (free.includes(i) ? spread(inverse[free.indexOf(i)] ?? []) : spread([])));
  return {
    covariance,
    conditionNumber: inverse === null ? null : (values.at(-1) ?? 1) / (values[0] ?? 1),
    flattest: spread(vectors[0] ?? []),
  };
}
