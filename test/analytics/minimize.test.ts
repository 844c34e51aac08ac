import { expect, test } from 'vitest';
import { curvatureAt } from '../../src/analytics/hessian.ts';
import { minimize, type Objective } from '../../src/analytics/minimize.ts';

const box = (size: number, lower = -50, upper = 50) => ({
  lower: new Float64Array(size).fill(lower),
  upper: new Float64Array(size).fill(upper),
});

const rosenbrock: Objective = (point, gradient) => {
  const [x = 0, y = 0] = point;
  gradient.set([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

test('Rosenbrock’s valley from its usual start', () => {
  const found = minimize(rosenbrock, Float64Array.of(-1.2, 1), { box: box(2) });
  expect(found.status).toBe('converged');
  expect(found.point[0]).toBeCloseTo(1, 8);
  expect(found.point[1]).toBeCloseTo(1, 8);
  expect(found.atBound).toEqual([null, null]);
  expect(found.iterations).toBeLessThan(60);
});

test('with a bound in the way the minimum lies on it, and the other coordinate is the best one there', () => {
  const found = minimize(rosenbrock, Float64Array.of(-1.2, 1), {
    box: { lower: Float64Array.of(-5, -5), upper: Float64Array.of(0.5, 5) },
  });
  expect(found.atBound).toEqual(['upper', null]);
  expect(found.point[0]).toBe(0.5);
  expect(found.point[1]).toBeCloseTo(0.25, 7);
  expect(found.status).toBe('converged');
});

test('a bound that was met on the way is left again', () => {
  // From the corner the way leads inside along both coordinates, one after the other.
  const found = minimize(rosenbrock, Float64Array.of(2, 0), {
    box: { lower: Float64Array.of(-3, 0), upper: Float64Array.of(3, 3) },
  });
  expect(found.point[0]).toBeCloseTo(1, 6);
  expect(found.point[1]).toBeCloseTo(1, 6);
});

test('a valley ten million times longer than wide', () => {
  const objective: Objective = (point, gradient) => {
    const [x = 0, y = 0] = point;
    gradient.set([2 * (x - 3), 2e-7 * (y + 2)]);
    return (x - 3) ** 2 + 1e-7 * (y + 2) ** 2;
  };
  const found = minimize(objective, Float64Array.of(0, 0), { box: box(2), gradientTolerance: 1e-13 });
  expect(found.point[0]).toBeCloseTo(3, 6);
  expect(found.point[1]).toBeCloseTo(-2, 3);
});

test('where the function is not defined the search goes back', () => {
  const objective: Objective = (point, gradient) => {
    const [x = 0] = point;
    gradient[0] = 1 - 1 / x;
    return x > 0 ? x - Math.log(x) : Number.NaN;
  };
  const found = minimize(objective, Float64Array.of(20), { box: box(1) });
  expect(found.status).toBe('converged');
  expect(found.point[0]).toBeCloseTo(1, 7);
});

test('a limit of iterations is kept and said; a constant function is at its minimum everywhere', () => {
  expect(minimize(rosenbrock, Float64Array.of(-1.2, 1), { box: box(2), iterationLimit: 3 })).toMatchObject({
    status: 'iteration-limit',
    iterations: 3,
  });
  const flat: Objective = (_, gradient) => {
    gradient.fill(0);
    return 7;
  };
  expect(minimize(flat, Float64Array.of(1, 2), { box: box(2) })).toMatchObject({ status: 'converged', iterations: 0 });
});

test('the curvature at a minimum: covariance, condition number, flattest direction', () => {
  // Hessian [[4, 2], [2, 3]], and a third coordinate that is fixed.
  const objective: Objective = (point, gradient) => {
    const [x = 0, y = 0, z = 0] = point;
    gradient.set([4 * x + 2 * y, 2 * x + 3 * y, 1]);
    return 2 * x * x + 2 * x * y + 1.5 * y * y + z;
  };
  const { covariance, conditionNumber, flattest } = curvatureAt(objective, new Float64Array(3), [0, 1]);
  const expected = [[3 / 8, -2 / 8, 0], [-2 / 8, 4 / 8, 0], [0, 0, 0]]; // biome-ignore format: a matrix
  for (const [i, row] of expected.entries()) {
    for (const [j, entry] of row.entries()) expect(covariance?.[i]?.[j]).toBeCloseTo(entry, 10);
  }
  const root = Math.sqrt(17);
  expect(conditionNumber).toBeCloseTo((7 + root) / (7 - root), 8);
  expect(flattest[2]).toBe(0);
});

test('a direction in which nothing changes leaves no covariance', () => {
  const objective: Objective = (point, gradient) => {
    const [x = 0, y = 0] = point;
    gradient.fill(2 * (x + y));
    return (x + y) ** 2;
  };
  const { covariance, conditionNumber, flattest } = curvatureAt(objective, new Float64Array(2), [0, 1]);
  expect([covariance, conditionNumber]).toEqual([null, null]);
  expect((flattest[0] ?? 0) + (flattest[1] ?? 0)).toBeCloseTo(0, 10);
  expect(Math.abs(flattest[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 10);
});
