/** `a / b` with two decimals, a half away from zero, as the text of a decimal; null without a divisor. */
export function ratio(a: number, b: number): string | null {
  if (b === 0) return null;
  const [top, bottom] = [BigInt(a) * 100n * BigInt(Math.sign(b)), BigInt(Math.abs(b))];
  const half = (2n * (top < 0n ? -top : top) + bottom) / (2n * bottom);
  return money(Number(top < 0n ? -half : half));
}

/** Cents as the text of a decimal. */
export function money(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `cents / count` as money; null without a count. */
export function moneyPer(cents: number, count: number): string | null {
  return ratio(cents, count * 100);
}

/** 100 * part / whole, two decimals. */
export function percent(part: number, whole: number): string | null {
  return ratio(100 * part, whole);
}

export function sum<T>(items: Iterable<T>, value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}

/** 1 to `parts` by the share of the others that are smaller; equal values share a part. */
export function partOf(value: number, all: readonly number[], parts: number): number {
  const smaller = all.filter((other) => other < value).length;
  return all.length === 1 ? 1 : Math.min(parts, 1 + Math.floor((parts * smaller) / (all.length - 1)));
}
