/** ln Gamma(start + n) - ln Gamma(start) and its derivative by `start`, for some whole n. */
export interface RisingSums {
  readonly logs: Float64Array;
  readonly slopes: Float64Array;
}

/** Beyond this many steps from one n to the next, the sum is continued by Stirling's series. */
const longJump = 64;

function stirling(z: number): number {
  return (z - 0.5) * Math.log(z) - z + 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5);
}

function stirlingSlope(z: number): number {
  return Math.log(z) - 1 / (2 * z) - 1 / (12 * z * z) + 1 / (120 * z ** 4) - 1 / (252 * z ** 6);
}

/**
 * Sums of ln(start + j) and of 1 / (start + j) for j below each n of an ascending list. Sums rather than differences of
 * log-gammas, because those cancel where `start` is large, as it is when customers hardly differ.
 */
export function risingSums(start: number, ascending: Float64Array): RisingSums {
  const logs = new Float64Array(ascending.length);
  const slopes = new Float64Array(ascending.length);
  let log = 0;
  let slope = 0;
  let done = 0;
  for (let i = 0; i < ascending.length; i++) {
    const n = ascending[i] ?? 0;
    const stop = n - done > longJump ? Math.min(n, done + 32) : n;
    for (; done < stop; done++) {
      log += Math.log(start + done);
      slope += 1 / (start + done);
    }
    if (done < n) {
      log += stirling(start + n) - stirling(start + done);
      slope += stirlingSlope(start + n) - stirlingSlope(start + done);
      done = n;
    }
    logs[i] = log;
    slopes[i] = slope;
  }
  return { logs, slopes };
}
