import { INTERVAL_LEVEL } from '../analytics/evidence/evidence.ts';

/** Distance of the ends of a normal interval of {@link INTERVAL_LEVEL}, in standard errors. */
const Z = '1.959963984540054';

/** How often the interval of a share holds the truth, in words. */
export const SHARE_INTERVAL = `its ${100 * INTERVAL_LEVEL} % interval (Wilson)`;

/** SQL of the ends of Wilson's interval of a share of whole numbers, in percent with two decimals. Source: Wilson 1927. */
export function shareIntervalSql(successes: string, total: string): { readonly low: string; readonly high: string } {
  const [x, n] = [`cast(${successes} as double precision)`, `cast(nullif(${total}, 0) as double precision)`];
  const z = `cast(${Z} as double precision)`;
  const middle = `(${x} + ${z} * ${z} / 2)`;
  const half = `(${z} * sqrt(${x} * (${n} - ${x}) / ${n} + ${z} * ${z} / 4))`;
  const end = (sign: '-' | '+') =>
    `cast(100 * least(1, greatest(0, (${middle} ${sign} ${half}) / (${n} + ${z} * ${z}))) as decimal(18, 2))`;
  return { low: end('-'), high: end('+') };
}
