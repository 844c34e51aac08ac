import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { evaluateNumber, evaluateText } from '../../../src/ingest/mapping/evaluate-expression.ts';
import { columnsOf, compileExpression } from '../../../src/ingest/mapping/expression.ts';
import { expressionText } from '../../../src/ingest/mapping/expression-text.ts';
import { formatDecimal, parseDecimal } from '../../../src/ingest/values/decimal.ts';

const read = (text: string) => parseDecimal(text.trim());

function number(text: string, record: Record<string, string>): string | undefined {
  const value = evaluateNumber(compileExpression(text, Object.keys(record), 'number'), Object.values(record), read);
  return value === undefined || value === 'unreadable' ? value : formatDecimal(value);
}

function text(expression: string, record: Record<string, string>): string {
  return evaluateText(compileExpression(expression, Object.keys(record), 'text'), Object.values(record));
}

function thrown(expression: string, columns: readonly string[], kind: 'text' | 'number' = 'number'): Error {
  try {
    compileExpression(expression, columns, kind);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected an error');
}

const amazon = { 'item-price': '10.00', 'shipping-price': '2.50', 'item-promotion-discount': '1' };

test.each<[string, Record<string, string>, string | undefined]>([
  ['item-price + shipping-price - item-promotion-discount', amazon, '11.50'],
  ['item-price', { ...amazon, item: '1', price: '2' }, '10.00'],
  ['item-price', { item: '7', price: '2' }, '5'],
  ['Quantity*UnitPrice', { Quantity: '3', UnitPrice: '2.55' }, '7.65'],
  ['quantity * unit_price', { Quantity: '3', 'Unit Price': '2.55' }, '7.65'],
  ['Total - Refunded Amount', { Total: '20', 'Refunded Amount': '4.00' }, '16.00'],
  ['Total - Refunded', { Total: '20', Refunded: '4', 'Total Refunded': '999' }, '16'],
  ['Total - Refunded', { Total: '20', Refunded: '4', 'Total - Refunded': '999' }, '999'],
  ['Total-Tax', { Total: '20', Tax: '4' }, '16'],
  ['Sale Price ($)', { 'Sale Price ($)': '12.00', 'Sale Price': '1' }, '12.00'],
  ['Sale Price ($) - Partial Refund ($)', { 'Sale Price ($)': '12.00', 'Partial Refund ($)': '2' }, '10.00'],
  ['"Sale Price ($)" * 2', { 'Sale Price ($)': '12.00' }, '24.00'],
  ['[A - B] * [A]', { 'A - B': '2', A: '3', B: '5' }, '6'],
  ['"say ""hi"""', { 'say "hi"': '2' }, '2'],
  ['a + b * c', { a: '1', b: '2', c: '3' }, '7'],
  ['(a + b) * c', { a: '1', b: '2', c: '3' }, '9'],
  ['a - b - c', { a: '10', b: '2', c: '3' }, '5'],
  ['a - (b - c)', { a: '10', b: '2', c: '3' }, '11'],
  ['-a + b', { a: '10', b: '2' }, '-8'],
  ['a * -b', { a: '10', b: '2' }, '-20'],
  ['a * 0.01', { a: '1250' }, '12.50'],
  ['a | b', { a: ' ', b: '2' }, '2'],
  ['a | b', { a: '0', b: '2' }, '0'],
  ['a | b - c', { a: '', b: '5', c: '2' }, '3'],
  ['a + b', { a: '', b: '2' }, '2'],
  ['a - b', { a: '', b: '2' }, '-2'],
  ['a - b', { a: '5', b: '' }, '5'],
  ['a + b - c', { a: '', b: '', c: '' }, undefined],
  ['a * b', { a: '2', b: '' }, undefined],
  ['a * b + c', { a: '2', b: '', c: '1' }, '1'],
  ['a', { a: 'x' }, 'unreadable'],
  ['a + b', { a: '', b: 'x' }, 'unreadable'],
  ['a | b', { a: 'x', b: '2' }, 'unreadable'],
  ['packed(refund_items, amount)', { refund_items: 'amount:88.00|reason:|date:2025-03-06 10:00:00' }, '88.00'],
  ['packed(refund_items, amount)', { refund_items: 'amount:8.00|reason:a;amount:1.5|reason:b' }, '9.50'],
  ['packed(refund_items, amount)', { refund_items: '' }, undefined],
  ['packed(refund_items, amount)', { refund_items: 'reason:lost' }, 'unreadable'],
  ['packed(refund_items, amount)', { refund_items: 'amount:lots' }, 'unreadable'],
  ['packed', { packed: '3' }, '3'],
  ['2024 Sales + 1', { '2024 Sales': '3' }, '4'],
  ['Order # + 1', { 'Order #': '3', Order: '9' }, '4'],
  ['Created (UTC) + date/time', { 'Created (UTC)': '3', 'date/time': '9' }, '12'],
  ['__proto__ + constructor', { ['__proto__']: '1', constructor: '2' }, '3'],
])('number: %s of %o is %s', (expression, record, value) => {
  expect(number(expression, record)).toBe(value);
});

test.each<[string, Record<string, string>, string]>([
  ['Customer ID | Customer Email', { 'Customer ID': '', 'Customer Email': 'a@example.com' }, 'a@example.com'],
  ['Customer ID | Customer Email', { 'Customer ID': 'cus_1', 'Customer Email': 'a@example.com' }, 'cus_1'],
  ['A | B', { A: ' ', B: '' }, ''],
  ['Date & Time', { Date: '2026-09-02', Time: '10:00' }, '2026-09-02 10:00'],
  ['Date & Time', { Date: '2026-09-02', Time: ' ' }, '2026-09-02'],
  ["customer_id & 'on' & tran_date", { customer_id: 'CS1', tran_date: '11-Feb-13' }, 'CS1 on 11-Feb-13'],
  ['A & B | C', { A: '', B: '', C: 'c' }, 'c'],
  ['(A | B) & C', { A: '', B: 'b', C: 'c' }, 'b c'],
  ["'it''s'", { A: '' }, "it's"],
  ["''", { A: 'a' }, ''],
  ['R&D & X', { 'R&D': 'r', X: 'x' }, 'r x'],
  ["unless(customer_id, '0', 'guest') | email", { customer_id: ' 0', email: 'a@example.com' }, 'a@example.com'],
  ["unless(customer_id, '0', 'guest') | email", { customer_id: '10', email: 'a@example.com' }, '10'],
  ["if(Type, 'refund', To, From)", { Type: 'Payment Refund', To: 't', From: 'f' }, 't'],
  ["if(Type, 'refund', To | From, From)", { Type: 'Payment', To: 't', From: 'f' }, 'f'],
])('text: %s of %o is %s', (expression, record, value) => {
  expect(text(expression, record)).toBe(value);
});

test.each<[string, readonly string[], 'text' | 'number', string]>([
  [
    'Totl - Tax',
    ['Total', 'Tax'],
    'number',
    'unknown column "Totl" (did you mean "Total"?) at position 1 of "Totl - Tax"',
  ],
  ['Total - Texx', ['Total', 'Tax'], 'number', 'unknown column "Texx" (did you mean "Tax"?) at position 9'],
  ['item-prise', ['item-price'], 'number', 'unknown column "item-prise" (did you mean "item-price"?) at position 1'],
  [
    'Order Totl',
    ['Order', 'Order Total'],
    'number',
    'unknown column "Order Totl" (did you mean "Order Total"?) at position 1',
  ],
  ['[Nope]', ['Total'], 'number', 'unknown column "Nope" at position 1'],
  ['Total +', ['Total'], 'number', 'expected a column at position 8'],
  ['', ['Total'], 'number', 'expected a column at position 1'],
  ['(Total', ['Total'], 'number', 'expected ")" at position 7'],
  ['Total)', ['Total'], 'number', 'unexpected ")" at position 6'],
  ['Total / 2', ['Total'], 'number', 'at position 1'],
  ["Total + 'x'", ['Total'], 'number', 'expected a column at position 9'],
  ["'x", ['Total'], 'text', 'expected a text in single quotes'],
  ['A + B', ['A', 'B'], 'text', 'unexpected "+ B" at position 3'],
  ['packed(A)', ['A'], 'number', 'expected "," at position 9'],
  ['A'.repeat(2000), ['A'], 'number', 'expression of 2000 characters'],
])('%s over %o is refused with its place', (expression, columns, kind, message) => {
  const error = thrown(expression, columns, kind);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toContain(message);
});

test('[C35] a name that two columns have is an error that names both, unless one is written exactly so', () => {
  const error = thrown('sales', ['Sales', 'Sales']);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain('"Sales" (column 1) and "Sales" (column 2)');
  expect(thrown('Id', ['ID', 'id'], 'text').message).toContain('"ID" (column 1) and "id" (column 2)');
  expect(columnsOf(compileExpression('id', ['ID', 'id'], 'text'))).toEqual([1]);
});

test('the columns of an expression are each listed once', () => {
  const columns = ['a', 'b', 'c', 'd'];
  expect(columnsOf(compileExpression('d * (b + d) - packed(c, x)', columns, 'number'))).toEqual([1, 2, 3]);
  expect(columnsOf(compileExpression("if(d, 'x', a, unless(c, 'y'))", columns, 'text'))).toEqual([0, 2, 3]);
});

const awkwardName = fc
  .array(fc.constantFrom('Total', 'Net', 'item', 'a', ' ', ' - ', '-', '($)', '/', '#', '&', '|', '2', "'", '"', '.'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join('').trim())
  .filter((name) => /[A-Za-z]/.test(name));
const header = fc.uniqueArray(awkwardName, {
  minLength: 1,
  maxLength: 8,
  selector: (name) => name.replaceAll(/[\s\-./]/g, '').toLowerCase(),
});

test('any column can be named in quotes, whatever else the header holds', () => {
  fc.assert(
    fc.property(header, (columns) => {
      for (const [position, name] of columns.entries()) {
        const quoted = `"${name.replaceAll('"', '""')}"`;
        expect(columnsOf(compileExpression(`${quoted} - 1`, columns, 'number'))).toEqual([position]);
        expect(columnsOf(compileExpression(`${quoted} | 'x'`, columns, 'text'))).toEqual([position]);
      }
    }),
  );
});

test('an expression printed and read again is the same', () => {
  const tree = fc.letrec<{ number: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.nat(7).map((at) => `<${at}>`),
      fc.constantFrom('2', '0.5'),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '|'), tie('number'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      tie('number').map((item) => `-(${item})`),
      fc.nat(7).map((at) => `packed(<${at}>, amount)`),
    ),
  }));
  fc.assert(
    fc.property(header, tree.number, (columns, template) => {
      const source = template.replace(/<(\d)>/g, (_, at: string) => {
        const name = columns[Number(at) % columns.length] ?? '';
        return `"${name.replaceAll('"', '""')}"`;
      });
      const expression = compileExpression(source, columns, 'number');
      const again = compileExpression(expressionText(expression), columns, 'number');
      expect(again.root).toEqual(expression.root);
    }),
  );
});

test('sums and products over whole numbers agree with BigInt arithmetic', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(), { minLength: 3, maxLength: 3 }), ([a = 0n, b = 0n, c = 0n]) => {
      const record = { a: `${a}`, b: `${b}`, c: `${c}` };
      expect(number('a + b * c', record)).toBe(`${a + b * c}`);
      expect(number('(a - b) * -c', record)).toBe(`${(a - b) * -c}`);
    }),
  );
});

test('names are printed plain where that reads back, and quoted where not', () => {
  const columns = ['Total', 'Refunded Amount', 'Sale Price ($)', 'Total - Tax', 'Tax'];
  const printed = (expression: string) => expressionText(compileExpression(expression, columns, 'number'));
  expect(printed('[Total]-[Refunded Amount]')).toBe('Total - Refunded Amount');
  expect(printed('"Sale Price ($)"*2')).toBe('Sale Price ($) * 2');
  expect(printed('[Total] - [Tax]')).toBe('"Total" - "Tax"');
});
