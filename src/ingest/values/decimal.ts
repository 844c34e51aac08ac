/** An exact decimal number: `units` divided by ten to the power of `scale`. 12.50 is `{ units: 1250n, scale: 2 }`. */
export interface Decimal {
  readonly units: bigint;
  /** Number of decimals, 0 or more. */
  readonly scale: number;
}

const PLAIN_NUMBER = /^(-?\d+)(?:\.(\d+))?$/;

/** The number that a plain text (`-?digits`, optionally `.digits`) stands for; undefined for any other text. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PLAIN_NUMBER.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** The units of a number at a scale that is at least its own. */
function unitsAt({ units, scale }: Decimal, target: number): bigint {
  return target === scale ? units : units * 10n ** BigInt(target - scale);
}

/** The sum, with the larger of both scales. */
export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
}

/** The difference, with the larger of both scales. */
export function subtract(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) - unitsAt(right, scale), scale };
}

/** The product, exact: its scale is the sum of both scales. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

export function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function isZero({ units }: Decimal): boolean {
  return units === 0n;
}

/** -1, 0 or 1 for smaller, equal by value (2.5 = 2.50), larger. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const scale = Math.max(left.scale, right.scale);
  const a = unitsAt(left, scale);
  const b = unitsAt(right, scale);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Plain text with exactly `scale` decimals, no exponent; zero has no sign. `parseDecimal` reads it back to the same number. */
export function formatDecimal({ units, scale }: Decimal): string {
  if (scale === 0) return units.toString();
  const isNegative = units < 0n;
  const digits = (isNegative ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${isNegative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
