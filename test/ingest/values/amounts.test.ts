import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AmountEvidence, type DecimalMark, describeAmountStyle } from '../../../src/ingest/values/amount-style.ts';
import { markEvidence } from '../../../src/ingest/values/grouped-number.ts';
import { isPlainAmount, readAmount } from '../../../src/ingest/values/read-amount.ts';

function styleOf(cells: readonly string[], declared?: DecimalMark) {
  const evidence = new AmountEvidence();
  evidence.addAll(cells);
  return evidence.decide(declared);
}

const point = styleOf([], '.');
const comma = styleOf([], ',');
const unknown = styleOf([]);

function amountOf(text: string, style = point): string {
  const reading = readAmount(text, style);
  return 'value' in reading ? reading.value : `problem: ${reading.problem}`;
}

function problemOf(text: string, style = point): string | undefined {
  const reading = readAmount(text, style);
  return 'problem' in reading ? reading.problem : undefined;
}

describe('amounts that are read', () => {
  test.each([
    ['1,234.50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1\u2019234.50', '1234.50'],
    ['1 234.50', '1234.50'],
    ['1\u00a0234\u00a0567.50', '1234567.50'],
    ['1\u202f234.50', '1234.50'],
    ['12,34,567.00', '1234567.00'],
    ['1,23,456', '123456'],
    ['1,234', '1234'],
    ['0007.50', '7.50'],
    ['.5', '0.5'],
    ['0.125', '0.125'],
    ['1234.567', '1234.567'],
    ['12', '12'],
  ])('[C49] with a decimal point %j is %s', (text, value) => {
    expect(amountOf(text)).toBe(value);
  });

  test.each([
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ["1'234,50", '1234.50'],
    ['1.234.567', '1234567'],
    ['12,5', '12.5'],
    ['1.234', '1234'],
    ['0,125', '0.125'],
    ['1.234,56 €', '1234.56'],
  ])('[C49] with a decimal comma %j is %s', (text, value) => {
    expect(amountOf(text, comma)).toBe(value);
  });

  test.each([
    ['$5.00', '5.00', '$'],
    ['5.00 USD', '5.00', 'USD'],
    ['usd 5.00', '5.00', 'USD'],
    ['€5', '5', '€'],
    ['৳2,999', '2999', '৳'],
    ['$1,060.00', '1060.00', '$'],
    ['-$12.00', '-12.00', '$'],
    ['$-3.00', '-3.00', '$'],
    ['-3.00 €', '-3.00', '€'],
    ['$ 5.00', '5.00', '$'],
    ['R$ 5.00', '5.00', 'R$'],
    ['US$5.00', '5.00', 'US$'],
    ['A$5.00', '5.00', 'A$'],
    ['CHF 1\u2019234.50', '1234.50', 'CHF'],
    ['Fr. 12.50', '12.50', 'Fr.'],
    ['Fr.12.50', '12.50', 'Fr.'],
    ['Rs.500', '500', 'Rs.'],
    ['250 kr', '250', 'kr'],
    ['250.00 kr.', '250.00', 'kr.'],
    ['1 234.50 Kč', '1234.50', 'Kč'],
    ['99.00 zł', '99.00', 'zł'],
    ['$5.00 USD', '5.00', 'USD'],
    ['$.50', '0.50', '$'],
    ['CAD 5.00 $', '5.00', 'CAD'],
  ])('[C50] %j is %s in %s', (text, value, currency) => {
    expect(readAmount(text, point)).toEqual({ value, currency });
  });

  test.each([
    ['(5.00)', '-5.00'],
    ['($12.50)', '-12.50'],
    ['$(12.50)', '-12.50'],
    ['(12.50) €', '-12.50'],
    ['5.00-', '-5.00'],
    ['5.00- €', '-5.00'],
    ['-5', '-5'],
    ['\u22125', '-5'],
    ['- 5', '-5'],
    ['+5', '5'],
    ['(0.00)', '0.00'],
    ['-0', '0'],
    ['  5.00\u00a0', '5.00'],
  ])('[C51] %j is %s', (text, value) => {
    expect(amountOf(text)).toBe(value);
  });

  test.each(['2.675', '1.005', '0.1234567890123456789', '12345678901234567890.12'])(
    '[C53] %s keeps every decimal, no float in between',
    (text) => {
      expect(amountOf(text)).toBe(text);
    },
  );
});

describe('amounts that are refused', () => {
  test.each([
    ['NaN', 'is not a number'],
    ['nan', 'is not a number'],
    ['inf', 'is not a number'],
    ['-Infinity', 'is not a number'],
    ['1e400', 'exponent'],
    ['1e3', 'exponent'],
    ['1.5E+3', 'exponent'],
    ['1_000', 'underscore'],
    ['0x10', 'hexadecimal'],
    ['5%', 'percentage'],
  ])('[C52] %s: %s', (text, reason) => {
    expect(problemOf(text)).toContain(`"${text}"`);
    expect(problemOf(text)).toContain(reason);
  });

  test.each([
    ['--5', 'two signs'],
    ['-5-', 'two signs'],
    ['-$-5', 'two signs'],
    ['(-5.00)', 'parentheses and a sign'],
    ['-(5.00)', 'parentheses and a sign'],
    ['(5.00', 'beside the number'],
    ['5.00)', 'beside the number'],
    ['5.00+', 'beside the number'],
    ['12-3', 'sign inside'],
  ])('[C51] %s: %s', (text, reason) => {
    expect(problemOf(text)).toContain(reason);
  });

  test.each([
    '1.2.3',
    '1,2,3',
    '12,34',
    '1,2345',
    '1234,567.00',
    '1,234,56',
    '0,125',
    '012,345',
    "1,234'567",
    '5.',
    '5,',
    ',5',
    '1..5',
    '5 5',
    '1  234',
    'abc 5',
    '5 abc',
    '$5 EUR',
    '$5 $',
    '5 USD EUR',
    '\uff15.00',
    '٥',
    '$',
    '-',
    '()',
    '.',
    '5 / 2',
    '1.5 pcs',
  ])('[C49] with a decimal point %j is no amount', (text) => {
    expect(problemOf(text)).toContain(text);
  });

  test('an empty cell is said to be empty', () => {
    expect(problemOf('')).toBe('the amount is empty');
    expect(problemOf(' \u00a0')).toBe('the amount is empty');
  });

  test('a very long cell is shown cut, and read in no time', () => {
    const started = performance.now();
    for (const text of [
      `${'9'.repeat(1_000_000)}x`,
      `${' '.repeat(1_000_000)}x`,
      '1,'.repeat(500_000),
      '$'.repeat(300_000),
    ]) {
      expect((problemOf(text) ?? '').length).toBeLessThan(250);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the decimal mark is decided from all amounts of a file', () => {
  test('[C49] amounts that could be both, and nothing else: undecided, and refused with both readings', () => {
    const style = styleOf(['1,234', '2,500', '7']);
    expect(style).toMatchObject({ decimalMark: undefined, basis: 'none', isMixed: false });
    expect(style.counts).toMatchObject({ ambiguous: 2, plain: 1 });
    expect(problemOf('1,234', style)).toBe('"1,234" could be 1234 or 1.234');
    expect(amountOf('7', style)).toBe('7');
    expect(amountOf("1'234", style)).toBe('1234');
    expect(describeAmountStyle(style)).toBe(
      'decimal mark unknown: 2 of 3 amounts could be read both ways, such as 1,234, and none proves one',
    );
  });

  test('one proof settles the ambiguous amounts', () => {
    const style = styleOf(['1,234', '2,500', '12.50', '7']);
    expect(style).toMatchObject({ decimalMark: '.', basis: 'evidence', isMixed: false });
    expect(amountOf('1,234', style)).toBe('1234');
    expect(amountOf('1,234', styleOf(['1,234', '12,5']))).toBe('1.234');
    expect(describeAmountStyle(style)).toBe('decimal mark ".": 1 of 4 amounts prove it, such as 12.50');
  });

  test('both marks proven: the majority wins, the minority is refused', () => {
    const style = styleOf(['12.50', '3.20', '12,5']);
    expect(style).toMatchObject({ decimalMark: '.', isMixed: true });
    expect(style.examples).toMatchObject({ point: ['12.50', '3.20'], comma: ['12,5'] });
    expect(problemOf('12,5', style)).toBe('"12,5" is not written with "." as decimal mark, as the rest is');
  });

  test('both marks proven equally often: neither is taken', () => {
    const style = styleOf(['12.50', '12,5']);
    expect(style).toMatchObject({ decimalMark: undefined, basis: 'none', isMixed: true });
    expect(problemOf('12.50', style)).toContain('many other amounts prove the opposite');
  });

  test('a declared mark wins over what the file proves', () => {
    const style = styleOf(['12.50'], ',');
    expect(style).toMatchObject({ decimalMark: ',', basis: 'declared' });
    expect(problemOf('12.50', style)).toContain('is not written with ","');
  });

  test('blank cells are counted apart, examples are at most three different ones', () => {
    const style = styleOf(['', ' ', '1.50', '1.50', '2.50', '3.50', '4.50', 'x']);
    expect(style.counts).toEqual({ blank: 2, point: 5, comma: 0, plain: 0, ambiguous: 0, unreadable: 1 });
    expect(style.examples.point).toEqual(['1.50', '2.50', '3.50']);
  });

  test.each([
    ['12.50', 'point'],
    ['1,234.56', 'point'],
    ['1,234,567', 'point'],
    ['0.125', 'point'],
    ['1234.567', 'point'],
    ['$1 234.567', 'point'],
    ['12,5', 'comma'],
    ['1.234,56', 'comma'],
    ['1.234.567', 'comma'],
    ['0,125', 'comma'],
    ['1,234', 'ambiguous'],
    ['-1.234', 'ambiguous'],
    ['€ 999.000', 'ambiguous'],
    ['1 234', 'plain'],
    ['1.2.3', 'unreadable'],
  ] as const)('%s counts as %s', (text, kind) => {
    expect(styleOf([text]).counts[kind]).toBe(1);
  });
});

const numbers = fc.record({
  units: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  scale: fc.nat({ max: 4 }),
  isNegative: fc.boolean(),
});

function group(whole: string, separator: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, separator);
}

const SIGNS = [
  (text: string) => `-${text}`,
  (text: string) => `\u2212${text}`,
  (text: string) => `${text}-`,
  (text: string) => `(${text})`,
];
const MONIES = ['', '$', '€', '৳', 'USD ', 'R$ ', 'kr. ', 'CHF\u00a0'];

test('[C49] [C51] any amount in any style is read back exactly', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.constantFrom<DecimalMark>('.', ','),
      fc.constantFrom('', 'point-or-comma', "'", ' ', '\u00a0', '\u202f', '\u2019'),
      fc.constantFrom(...SIGNS),
      fc.constantFrom(...MONIES),
      fc.boolean(),
      ({ units, scale, isNegative }, mark, grouping, sign, money, moneyInside) => {
        const digits = units.toString().padStart(scale + 1, '0');
        const whole = digits.slice(0, digits.length - scale);
        const fraction = scale === 0 ? '' : digits.slice(-scale);
        const other = mark === '.' ? ',' : '.';
        const written = group(whole, grouping === 'point-or-comma' ? other : grouping);
        const number = fraction === '' ? written : `${written}${mark}${fraction}`;
        const inside = moneyInside ? `${money}${number}` : number;
        const signed = isNegative ? sign(inside) : inside;
        const text = moneyInside ? signed : `${money}${signed}`;
        const value = fraction === '' ? whole : `${whole}.${fraction}`;
        const expected = isNegative && units !== 0n ? `-${value}` : value;
        expect(amountOf(text, mark === '.' ? point : comma)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

const cells = fc.oneof(
  fc.constantFrom(
    '1,234',
    '1.234',
    '12',
    '0.5',
    '0,5',
    '1.234,5',
    '1,234.5',
    '1.234.567',
    '1,234,567',
    '12.500',
    'x',
    '',
  ),
  fc.stringMatching(/^-?[0-9]{1,4}([.,][0-9]{1,4}){0,2}$/),
);

test('the quick reading of a simple amount and the full one agree', () => {
  fc.assert(
    fc.property(cells, (text) => {
      fc.pre(text !== '');
      const body = text.replace(/^-/, '');
      expect(styleOf([text]).counts[markEvidence(body)]).toBe(1);
      for (const style of [point, comma, unknown])
        expect(amountOf(` ${text}`, style).replace('" ', '"')).toBe(amountOf(text, style));
    }),
    { numRuns: 1000 },
  );
});

test('evidence never decides against the only proof, and a proof is always read by it', () => {
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 30 }), (column) => {
      const style = styleOf(column);
      const proofs = column.map((cell) => markEvidence(cell.replace(/^-/, '')));
      const points = proofs.filter((proof) => proof === 'point').length;
      const commas = proofs.filter((proof) => proof === 'comma').length;
      expect(style.decimalMark).toBe(points > commas ? '.' : commas > points ? ',' : undefined);
      expect(style.isMixed).toBe(points > 0 && commas > 0);
      column.forEach((cell, index) => {
        const isReadable = problemOf(cell, style) === undefined;
        if (proofs[index] === 'ambiguous') expect(isReadable).toBe(style.decimalMark !== undefined);
        if (proofs[index] === 'point') expect(isReadable).toBe(style.decimalMark === '.');
        if (proofs[index] === 'comma') expect(isReadable).toBe(style.decimalMark === ',');
        if (proofs[index] === 'unreadable') expect(isReadable).toBe(false);
      });
    }),
  );
});

test('no text at all makes the reader throw, and what it reads is a plain number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      for (const style of [point, comma, unknown]) {
        const reading = readAmount(text, style);
        if ('value' in reading) expect(reading.value).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
        else expect(reading.problem).not.toBe('');
      }
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['12', true],
  ['-12.5', true],
  ['0.05', true],
  ['12.505', false],
  ['12,50', false],
  ['+1', false],
  ['.5', false],
  ['1.', false],
  ['', false],
  ['-', false],
  [' 1', false],
])('%j is a plain amount: %s', (text, isPlain) => {
  expect(isPlainAmount(text)).toBe(isPlain);
});
