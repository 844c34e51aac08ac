/** A function to minimize: returns its value at `point` and writes its derivatives into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface MinimizeOptions {
  readonly box: Box;
  /** Converged when no derivative of a free coordinate is larger. Default 1e-9. */
  readonly gradientTolerance?: number;
  /** Converged, too, when six steps together bring less than this. Default 0: only the derivatives decide. */
  readonly leastGain?: number;
  /** Default 300. */
  readonly iterationLimit?: number;
  /** No step changes a coordinate by more. Default 3. */
  readonly longestStep?: number;
}

/**
 * `converged`: the gradient vanishes; `stalled`: no step improves the value any more although it does not (rounding, or
 * a function that is not smooth); `iteration-limit`: it was still getting better.
 */
export type MinimumStatus = 'converged' | 'stalled' | 'iteration-limit';

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Coordinates that lie on a bound and would go further. */
  readonly atBound: readonly ('lower' | 'upper' | null)[];
  readonly status: MinimumStatus;
  readonly iterations: number;
  readonly evaluations: number;
}

/** So many steps together must bring the least gain: one alone may be short. */
const gainWindow = 6;
const sufficientDecrease = 1e-4;
const flatEnough = 0.9;
/** Where the value cannot improve in its last digits, a gradient this small is none. */
const roundedToZero = 1e-6;

/**
 * The minimum of a smooth function in a box: BFGS with a line search for the weak Wolfe conditions by bracketing (Nocedal
 * and Wright 2006, chapter 6; Lewis and Overton 2013, algorithm 2.6). A coordinate that meets its bound stays there
 * while the function falls beyond it.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions): Minimum {
  const { box, gradientTolerance = 1e-9, leastGain = 0, iterationLimit = 300, longestStep = 3 } = options;
  const size = start.length;
  const point = start.map((value, i) => Math.min(box.upper[i] ?? 0, Math.max(box.lower[i] ?? 0, value)));
  const gradient = new Float64Array(size);
  let value = objective(point, gradient);
  let evaluations = 1;
  let iterations = 0;
  let status: MinimumStatus = 'iteration-limit';
  let inverse = identity(size);
  let isFresh = true;
  let stillness = 0;
  let blocked = outward(point, gradient, box);
  let valueBefore = Number.POSITIVE_INFINITY;
  for (; iterations < iterationLimit; iterations++) {
    if (leastGain > 0 && iterations % gainWindow === 0) {
      if (valueBefore - value < leastGain) {
        status = 'converged';
        break;
      }
      valueBefore = value;
    }
    const wanted = outward(point, gradient, box);
    if (wanted.some((bound, i) => bound !== blocked[i])) {
      blocked = wanted;
      inverse = identity(size);
      isFresh = true;
    }
    const free = gradient.map((slope, i) => (blocked[i] === null ? slope : 0));
    if (largest(free) <= gradientTolerance) {
      status = 'converged';
      break;
    }
    const direction = descent(inverse, free, blocked, isFresh ? 1 / Math.max(1, largest(free)) : 1);
    const slope = dot(direction, free);
    const limit = Math.min(roomIn(point, direction, box), longestStep / largest(direction));
    const found = search({ objective, point, value, direction, slope, limit, box });
    evaluations += found.evaluations;
    if (found.step === 0) {
      if (!isFresh) {
        inverse = identity(size);
        isFresh = true;
        continue;
      }
      status = largest(free) <= roundedToZero ? 'converged' : 'stalled';
      break;
    }
    stillness = value - found.value <= 1e-15 * Math.abs(value) ? stillness + 1 : 0;
    const moved = found.point.map((to, i) => to - (point[i] ?? 0));
    const turned = found.gradient.map((to, i) => (blocked[i] === null ? to - (gradient[i] ?? 0) : 0));
    const curvature = dot(moved, turned);
    if (curvature > 1e-14 * Math.sqrt(dot(moved, moved) * dot(turned, turned))) {
      if (isFresh) inverse = identity(size).map((entry) => (entry * curvature) / dot(turned, turned));
      update(inverse, moved, turned, curvature);
      isFresh = false;
    }
    point.set(found.point);
    gradient.set(found.gradient);
    value = found.value;
    if (stillness >= 3) {
      status =
        largest(gradient.map((slope, i) => (blocked[i] === null ? slope : 0))) <= roundedToZero
          ? 'converged'
          : 'stalled';
      break;
    }
  }
  return { point, value, gradient, atBound: outward(point, gradient, box), status, iterations, evaluations };
}

/** For each coordinate the bound on which it lies, if the function falls beyond it. */
function outward(point: Float64Array, gradient: Float64Array, { lower, upper }: Box): ('lower' | 'upper' | null)[] {
  return Array.from(point, (value, i) => {
    if (value <= (lower[i] ?? 0) && (gradient[i] ?? 0) >= 0) return 'lower';
    return value >= (upper[i] ?? 0) && (gradient[i] ?? 0) <= 0 ? 'upper' : null;
  });
}

function roomIn(point: Float64Array, direction: Float64Array, { lower, upper }: Box): number {
  let room = Number.POSITIVE_INFINITY;
  for (const [i, by] of direction.entries()) {
    if (by === 0) continue;
    const distance = ((by > 0 ? upper[i] : lower[i]) ?? 0) - (point[i] ?? 0);
    room = Math.min(room, distance / by);
  }
  return room;
}

interface Search {
  readonly objective: Objective;
  readonly point: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly slope: number;
  readonly limit: number;
  readonly box: Box;
}

interface Found {
  readonly step: number;
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

function search({ objective, point, value, direction, slope, limit, box }: Search): Found {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let step = Math.min(1, limit);
  let best: Omit<Found, 'evaluations'> = { step: 0, point, gradient: new Float64Array(point.length), value };
  for (let evaluations = 1; evaluations <= 50; evaluations++) {
    const there = point.map((from, i) => {
      const to = from + step * (direction[i] ?? 0);
      return Math.min(box.upper[i] ?? 0, Math.max(box.lower[i] ?? 0, to));
    });
    const gradient = new Float64Array(point.length);
    const reached = objective(there, gradient);
    const isLower = Number.isFinite(reached) && reached <= value + sufficientDecrease * step * slope;
    if (isLower) {
      best = { step, point: there, gradient, value: reached };
      if (dot(gradient, direction) >= flatEnough * slope || step >= limit) return { ...best, evaluations };
      low = step;
    } else {
      high = step;
    }
    step = Number.isFinite(high) ? (low + high) / 2 : Math.min(2 * step, limit);
    if (high - low < 1e-14 * high || slope >= 0) return { ...best, evaluations };
  }
  return { ...best, evaluations: 50 };
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function descent(
  inverse: Float64Array,
  free: Float64Array,
  blocked: readonly ('lower' | 'upper' | null)[],
  scale: number,
): Float64Array {
  const size = free.length;
  const direction = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (blocked[i] !== null) continue;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (inverse[i * size + j] ?? 0) * (free[j] ?? 0);
    direction[i] = -scale * sum;
  }
  return direction;
}

/** The BFGS update of the inverse Hessian. */
function update(inverse: Float64Array, moved: Float64Array, turned: Float64Array, curvature: number): void {
  const size = moved.length;
  const times = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) times[i] = (times[i] ?? 0) + (inverse[i * size + j] ?? 0) * (turned[j] ?? 0);
  }
  const factor = (1 + dot(turned, times) / curvature) / curvature;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [si, sj] = [moved[i] ?? 0, moved[j] ?? 0];
      const cross = ((times[i] ?? 0) * sj + si * (times[j] ?? 0)) / curvature;
      inverse[i * size + j] = (inverse[i * size + j] ?? 0) + factor * si * sj - cross;
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
