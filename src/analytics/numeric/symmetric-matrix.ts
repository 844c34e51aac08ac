/** A symmetric matrix as rows. */
export type Matrix = readonly (readonly number[])[];

export interface Eigen {
  /** Ascending. */
  readonly values: readonly number[];
  /** `vectors[k]` belongs to `values[k]`; length 1. */
  readonly vectors: Matrix;
}

/** Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations (Golub and Van Loan, section 8.5). */
export function eigen(matrix: Matrix): Eigen {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)));
  const rotate = (m: number[][], p: number, q: number, c: number, s: number, isRows: boolean): void => {
    for (let k = 0; k < size; k++) {
      const [rowP, rowQ] = isRows ? [m[p], m[q]] : [m[k], m[k]];
      if (rowP === undefined || rowQ === undefined) continue;
      const [atP, atQ] = isRows ? [k, k] : [p, q];
      const [x, y] = [rowP[atP] ?? 0, rowQ[atQ] ?? 0];
      rowP[atP] = c * x - s * y;
      rowQ[atQ] = s * x + c * y;
    }
  };
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = a[p]?.[q] ?? 0;
        off += Math.abs(apq);
        if (apq === 0) continue;
        const theta = ((a[q]?.[q] ?? 0) - (a[p]?.[p] ?? 0)) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotate(a, p, q, c, t * c, false);
        rotate(a, p, q, c, t * c, true);
        rotate(v, p, q, c, t * c, false);
      }
    }
    if (off === 0) break;
  }
  const order = a.map((row, i) => [row[i] ?? 0, i] as const).sort(([x], [y]) => x - y);
  return { values: order.map(([value]) => value), vectors: order.map(([, i]) => v.map((row) => row[i] ?? 0)) };
}

/** The inverse of a positive definite matrix; null for any other, as far as rounding lets one tell. */
export function invertPositive(matrix: Matrix): Matrix | null {
  const { values, vectors } = eigen(matrix);
  const most = values.at(-1) ?? 1;
  if (!values.every((value) => Number.isFinite(value) && value > 1e-12 * most)) return null;
  return matrix.map((_, i) =>
    matrix.map((__, j) =>
      vectors.reduce((sum, vector, k) => sum + ((vector[i] ?? 0) * (vector[j] ?? 0)) / (values[k] ?? 1), 0),
    ),
  );
}

/** vector' * matrix * vector. */
export function quadraticForm(matrix: Matrix, vector: readonly number[]): number {
  return matrix.reduce(
    (sum, row, i) => sum + row.reduce((part, entry, j) => part + entry * (vector[i] ?? 0) * (vector[j] ?? 0), 0),
    0,
  );
}
