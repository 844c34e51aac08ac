/** Within these bounds every step of the division fits 64 bits: 2 * 10^9 * 100 * 10^4 < 2^63. */
const FAST_LIMIT = '1000000000';

/** Rounds half away from zero in whole numbers, where `//` cuts towards zero; the result is in cents. */
function roundedQuotient(dividend: string, divisor: string): string {
  return `(2 * ${dividend} + sign(${dividend}) * abs(${divisor})) // (2 * abs(${divisor})) * sign(${divisor})`;
}

/**
 * DuckDB's `a / b` as decimal(18,2), exact. Its division of decimals gives a double, so this divides whole numbers:
 * ten-thousandths of cents by ten-thousandths. 64 bits where they suffice; 128 bits take thirty times as long.
 */
export function duckDbMoneyDivision(a: string, b: string): string {
  const [money, by] = [`cast(${a} as decimal(24, 2))`, `cast(${b} as decimal(24, 4))`];
  const inBits = (type: string, amount: string, count: string) =>
    roundedQuotient(
      `cast(cast(${a} as ${amount}) * 1000000 as ${type})`,
      `nullif(cast(cast(${b} as ${count}) * 10000 as ${type}), 0)`,
    );
  const fast = `cast(cast(${inBits('bigint', 'decimal(12, 2)', 'decimal(14, 4)')} as decimal(16, 0)) * cast(0.01 as decimal(2, 2)) as decimal(18, 2))`;
  const wide = `cast(cast(${inBits('hugeint', 'decimal(24, 2)', 'decimal(24, 4)')} as decimal(22, 0)) * cast(0.01 as decimal(3, 2)) as decimal(18, 2))`;
  return `case when abs(${money}) < ${FAST_LIMIT} and abs(${by}) < ${FAST_LIMIT} then ${fast} else ${wide} end`;
}
