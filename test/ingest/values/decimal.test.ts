import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  compare,
  type Decimal,
  formatDecimal,
  isZero,
  multiply,
  negate,
  parseDecimal,
  subtract,
} from '../../../src/ingest/values/decimal.ts';

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`not a decimal: ${text}`);
  return value;
}

const decimals = fc.record({ units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat({ max: 8 }) });

test.each([
  ['12.50', '0.10', '12.60', '12.40', '1.2500'],
  ['1', '0.005', '1.005', '0.995', '0.005'],
  ['-2.5', '2.50', '0.00', '-5.00', '-6.250'],
  ['99999999999999999999.99', '0.01', '100000000000000000000.00', '99999999999999999999.98', '999999999999999999.9999'],
])('%s and %s: sum %s, difference %s, product %s', (left, right, sum, difference, product) => {
  expect(formatDecimal(add(decimal(left), decimal(right)))).toBe(sum);
  expect(formatDecimal(subtract(decimal(left), decimal(right)))).toBe(difference);
  expect(formatDecimal(multiply(decimal(left), decimal(right)))).toBe(product);
});

test.each(['', '-', '.5', '5.', '+5', '1e3', '1,5', ' 1', '1 ', '0x10', '--1', '1.2.3', '１', 'NaN'])(
  '%j is no plain decimal',
  (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  },
);

test('zero has no sign, and keeps its decimals', () => {
  expect(formatDecimal(decimal('-0'))).toBe('0');
  expect(formatDecimal(decimal('-0.00'))).toBe('0.00');
  expect(formatDecimal(negate(decimal('0.0')))).toBe('0.0');
  expect(isZero(decimal('-0.000'))).toBe(true);
  expect(isZero(decimal('0.001'))).toBe(false);
});

test('[C56] ten thousand times 0.10 is exactly 1000.00', () => {
  let sum = decimal('0');
  for (let count = 0; count < 10_000; count++) sum = add(sum, decimal('0.10'));
  expect(formatDecimal(sum)).toBe('1000.00');
});

test('what is written is read back as the same number', () => {
  fc.assert(
    fc.property(decimals, (value) => {
      expect(decimal(formatDecimal(value))).toEqual(value);
    }),
  );
});

test('sum and difference undo each other, and the order is that of the numbers', () => {
  fc.assert(
    fc.property(decimals, decimals, (left, right) => {
      expect(compare(subtract(add(left, right), right), left)).toBe(0);
      expect(compare(left, right)).toBe(-compare(right, left) + 0);
      expect(compare(add(left, { units: 1n, scale: 12 }), left)).toBe(1);
      expect(compare(negate(left), negate(right))).toBe(compare(right, left));
    }),
  );
});
