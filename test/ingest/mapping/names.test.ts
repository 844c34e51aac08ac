import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { columnKey } from '../../../src/ingest/mapping/column-name.ts';
import { columnsOf } from '../../../src/ingest/mapping/expression.ts';
import { expressionText } from '../../../src/ingest/mapping/expression-text.ts';
import { knownNames } from '../../../src/ingest/mapping/known-names.ts';
import { customerId } from '../../../src/ingest/mapping/layout.ts';
import { type DeclaredTargets, headerScore, matchHeader } from '../../../src/ingest/mapping/match-header.ts';
import { compileRules } from '../../../src/ingest/mapping/record-rule.ts';
import { requiredTargetNames } from '../../../src/ingest/mapping/target.ts';

function mapped(columns: readonly string[], declared: DeclaredTargets = {}): Record<string, string> {
  const { date, customer, order, amount } = matchHeader(columns, declared).layout.targets;
  return {
    date: expressionText(date),
    customer: expressionText(customer),
    order: expressionText(order),
    amount: expressionText(amount),
  };
}

function mapError(columns: readonly string[], declared: DeclaredTargets = {}): InputError {
  try {
    matchHeader(columns, declared);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('expected an InputError');
}

test('[C33] reordered columns are mapped by name, and the row index is optional', () => {
  const positions = (columns: string[]) => {
    const { rowIndex, date, customer, order, amount } = matchHeader(columns).layout.targets;
    return [rowIndex, date, customer, order, amount].map((target) => target && columnsOf(target)[0]);
  };
  expect(positions(['', 'Date', 'Customer ID', 'Order ID', 'Sales'])).toEqual([0, 1, 2, 3, 4]);
  expect(positions(['Sales', 'Order ID', 'Unnamed: 0', 'Customer ID', 'Date'])).toEqual([2, 4, 3, 1, 0]);
  expect(positions(['Order Date', 'customer', 'order', 'amount'])).toEqual([undefined, 0, 1, 2, 3]);
});

test('[C34] case, spaces, underscores, hyphens and invisible characters do not matter', () => {
  for (const name of [
    'customer id',
    'Customer_ID',
    ' CUSTOMER  ID ',
    'CustomerId',
    'customer-id',
    'Ｃｕｓｔｏｍｅｒ ＩＤ',
    '\ufeffCustomer\u00a0ID\u200b',
  ]) {
    expect(columnsOf(matchHeader(['DATE', name, 'order_id', 'SALES AMOUNT']).layout.targets.customer)).toEqual([1]);
  }
});

test('[C34] the key of a name has compatibility forms resolved, and keeps what tells names apart', () => {
  expect(columnKey('Ｏｒｄｅｒ－ＩＤ')).toBe('orderid');
  expect(columnKey('date/time')).toBe(columnKey('Date Time'));
  expect(columnKey('Order #')).not.toBe(columnKey('Order'));
});

test('[C34] [C35] two columns for one target are an error that names both, with --map as the way out', () => {
  expect(mapError(['Date', 'Customer ID', 'Order ID', 'Sales', 'Sales']).message).toBe(
    '"Sales" (column 4) and "Sales" (column 5) can all be meant by Sales',
  );
  const aliases = mapError(['Date', 'order date', 'Customer ID', 'Order ID', 'Sales']);
  expect(aliases.message).toBe('"Date" (column 1) and "order date" (column 2) can all be meant by Date');
  expect(aliases.remedy.join(' ')).toContain('--map date="Date" or --map date="order date"');
  expect(mapped(['Date', 'order date', 'Customer ID', 'Order ID', 'Sales'], { date: 'order date' }).date).toBe(
    'order date',
  );
  expect(mapError(['Unnamed: 0', 'unnamed:0', 'Date', 'Customer ID', 'Order ID', 'Sales']).message).toContain(
    'row index',
  );
  expect(mapped(['Note', 'Note', 'Date', 'Customer ID', 'Order ID', 'Sales']).date).toBe('Date');
  expect(mapError(['Date', 'Customer ID', 'customer_unique_id', 'Order ID', 'Sales', 'Amount']).message).toContain(
    'customer_unique_id',
  );
});

test('[C36] missing columns are named with those found and the nearest; the remedy shows --map', () => {
  const error = mapError(['Dat', 'Custmer ID', 'Order ID', 'Sales', 'Note']);
  expect(error.message).toBe(
    'missing columns Date (did you mean "Dat"?), Customer ID (did you mean "Custmer ID"?); found "Dat", "Custmer ID", "Order ID", "Sales", "Note"',
  );
  expect(error.remedy.join()).toContain('Date, Customer ID, Order ID, Sales');
  expect(error.remedy.join()).toContain('--map date="Dat" customer="Custmer ID"');
  const mended = { date: 'Dat', customer: 'Custmer ID' };
  expect(mapped(['Dat', 'Custmer ID', 'Order ID', 'Sales', 'Note'], mended)).toMatchObject(mended);
  expect(mapError(['Date', 'Customer ID', 'Sales']).remedy.join()).toContain('--map order="CUSTOMER & DATE"');
});

test('[C36] unknown columns are listed as not used, in the order of the file', () => {
  expect(matchHeader(['Note', 'Date', 'Customer ID', 'Order ID', 'Sales', 'Price, "net"']).ignoredColumns).toEqual([
    'Note',
    'Price, "net"',
  ]);
});

test('[C37] a row of data is no header', () => {
  expect(mapError(['0', '2021-01-01', 'C1', '1', '10.00']).message).toMatch(
    /^no header row: the first line looks like data: "0", "2021-01-01"/,
  );
});

test('[C39] columns named like properties of objects are columns like others', () => {
  const match = matchHeader(['__proto__', 'constructor', 'Date', 'Customer ID', 'Order ID', 'Sales', 'toString']);
  expect(match.ignoredColumns).toEqual(['__proto__', 'constructor', 'toString']);
  expect(mapError(['__proto__', 'hasOwnProperty']).message).toContain('"__proto__"');
  expect(mapped(['__proto__', 'Date', 'Order ID', 'Sales'], { customer: '__proto__' }).customer).toBe('__proto__');
});

test.each<[string, string[], Record<string, string>]>([
  [
    'English, database',
    ['id', 'user_id', 'created_at', 'total', 'status'],
    { date: 'created_at', customer: 'user_id', order: 'id', amount: 'total' },
  ],
  [
    'English, sheet',
    ['Order Number', 'Date of purchase', 'Email', 'Grand Total'],
    { date: 'Date of purchase', customer: 'Email', order: 'Order Number', amount: 'Grand Total' },
  ],
  [
    'German',
    ['Bestelldatum', 'Kundennummer', 'Bestellnummer', 'Gesamtbetrag'],
    { date: 'Bestelldatum', customer: 'Kundennummer', order: 'Bestellnummer', amount: 'Gesamtbetrag' },
  ],
  [
    'French',
    ['Date de commande', 'N° client', 'Numéro de commande', 'Montant total'],
    { date: 'Date de commande', customer: 'N° client', order: 'Numéro de commande', amount: 'Montant total' },
  ],
  [
    'Spanish',
    ['Fecha', 'Cliente', 'Número de pedido', 'Importe'],
    { date: 'Fecha', customer: 'Cliente', order: 'Número de pedido', amount: 'Importe' },
  ],
  [
    'Italian',
    ['Data ordine', 'Codice cliente', 'Numero ordine', 'Totale'],
    { date: 'Data ordine', customer: 'Codice cliente', order: 'Numero ordine', amount: 'Totale' },
  ],
  [
    'Dutch',
    ['Besteldatum', 'Klantnummer', 'Ordernummer', 'Bedrag'],
    { date: 'Besteldatum', customer: 'Klantnummer', order: 'Ordernummer', amount: 'Bedrag' },
  ],
  [
    'Portuguese',
    ['Data do pedido', 'ID do cliente', 'Número do pedido', 'Valor total'],
    { date: 'Data do pedido', customer: 'ID do cliente', order: 'Número do pedido', amount: 'Valor total' },
  ],
  [
    'words only',
    ['Shop order date', 'Our client number', 'Web order no', 'Order amount EUR', 'Tax amount'],
    { date: 'Shop order date', customer: 'Our client number', order: 'Web order no', amount: 'Order amount EUR' },
  ],
  ['quantity and price', ['Date', 'Customer ID', 'Invoice', 'Qty', 'Unit Price'], { amount: 'Qty * Unit Price' }],
])('general matcher: %s', (_, columns, expected) => {
  const match = matchHeader(columns);
  expect(match.isPreset).toBe(false);
  expect(mapped(columns)).toMatchObject(expected);
  for (const name of requiredTargetNames) expect(match.confidence[name]).toBeGreaterThanOrEqual(0.6);
});

test('false friends: a name that is another thing is not taken', () => {
  const rest = ['Date', 'Order ID', 'Sales'];
  expect(mapError(['Name', 'Email', 'Date', 'Total']).message).toContain('missing column Order ID');
  expect(mapError(['Billing Name', 'Email', 'Date', 'Total']).message).toContain('missing column Order ID');
  expect(mapError(['Shipping Name', ...rest]).message).toContain('missing column Customer ID');
  expect(mapError(['id', 'date']).message).toContain('missing columns Customer ID');
  expect(mapError(['Date', 'Customer ID', 'Order ID', 'Tax total']).message).toContain('missing column Sales');
  expect(mapError(['Date', 'Customer ID', 'Order ID', 'Refund amount', 'Shipping Total']).message).toContain(
    'missing column Sales',
  );
  expect(mapError(['Ship date', 'Updated at', 'Customer ID', 'Order ID', 'Sales']).message).toContain(
    'missing column Date',
  );
  expect(mapError(['Date', 'Customer ID', 'Order item id', 'Customer order count', 'Sales']).message).toContain(
    'missing column Order ID',
  );
  expect(mapError(['Accepts email marketing', ...rest]).message).toContain('missing column Customer ID');
});

test('a weak or contested choice is said', () => {
  expect(matchHeader(['Date', 'Email', 'Customer Number', 'Order ID', 'Total']).explanation.join()).toContain(
    'Check: "Customer Number" is taken as the customer, not "Email"',
  );
  expect(matchHeader(['id', 'user_id', 'created_at', 'total']).explanation.join()).toContain(
    'Check: "id" is taken as the order',
  );
});

test('grain, zone, e-mail rule and status rules come from the names', () => {
  const { layout } = matchHeader(['Created (UTC)', 'E-Mail', 'Order Number', 'Line Total', 'SKU', 'Status']);
  expect(layout).toMatchObject({ grain: 'line', timeZoneOfDates: 'UTC', customerRule: 'email' });
  const decide = compileRules(layout.rules);
  const outcome = (status: string) => decide(['', '', '', '', '', status]);
  expect(
    ['cancelled', 'Voided', 'declined', 'awaiting_payment', 'refunded', 'paid', 'pending', ''].map(outcome),
  ).toEqual(['CANCELLED', 'CANCELLED', 'FAILED', 'UNPAID', 'REFUNDED', undefined, undefined, undefined]);
  expect(matchHeader(['Date', 'Kundennummer', 'Order Number', 'Total']).layout).toMatchObject({
    grain: 'order',
    customerRule: 'text',
  });
  expect(matchHeader(['Date', 'Customer', 'Order Number', 'SKU', 'Order Total']).explanation.join()).toContain(
    'repeated on each line',
  );
});

test('declared expressions take the place of single targets, of names and of presets', () => {
  const columns = ['Date', 'Customer ID', 'Order ID', 'Sales', 'Tax', 'Shop'];
  const match = matchHeader(columns, { amount: 'Sales - Tax', channel: 'Shop' });
  expect(expressionText(match.layout.targets.amount)).toBe('Sales - Tax');
  expect(match.layout.targets.channel).toBeDefined();
  expect(match.ignoredColumns).toEqual([]);
  expect(match.explanation.join()).toContain('amount = Sales - Tax (as told)');
  expect(matchHeader(['a', 'b', 'c', 'd'], { date: 'a', customer: 'b', order: 'c', amount: 'd' }).layout.id).toBe(
    'general',
  );
  expect(() => matchHeader(columns, { amount: 'Sles' })).toThrow(UsageError);
});

test('every known name means its target in a header that lacks it', () => {
  const rest = { date: 'Date', customer: 'Customer ID', order: 'Order ID', amount: 'Sales' };
  for (const target of requiredTargetNames) {
    for (const [confidence, names] of knownNames[target] ?? []) {
      for (const name of names) {
        const columns = [
          ...Object.entries(rest)
            .filter(([other]) => other !== target)
            .map(([, column]) => column),
          name,
        ];
        const match = matchHeader(columns);
        expect([name, columnsOf(match.layout.targets[target])]).toEqual([name, [3]]);
        if (!match.isPreset) expect([name, match.confidence[target]]).toEqual([name, confidence]);
      }
    }
  }
});

test('an e-mail address is compared without case, an id keeps it', () => {
  expect(customerId(' ADA@Example.com ', 'email')).toBe('ada@example.com');
  expect(customerId('cus_Ab', 'email')).toBe('cus_Ab');
  expect(customerId(' ADA@Example.com ', 'text')).toBe('ADA@Example.com');
});

test('headerScore: headers score, rows of data, notes and footers do not', () => {
  expect(headerScore(['Bestelldatum', 'Kundennummer', 'Bestellnummer', 'Betrag'])).toBeGreaterThan(0.8);
  expect(headerScore(['Date', 'Customer', 'foo', 'bar'])).toBeGreaterThan(0.3);
  expect(headerScore(['Date', 'Customer ID', 'Order ID', 'Sales', 'Sales'])).toBeGreaterThan(0.5);
  for (const row of [
    [],
    [''],
    ['', '', ''],
    ['Definitions:'],
    ['All amounts in USD, unless specified', ''],
    ['Order report by date', '', ''],
    ['Total', '1,234.00'],
    ['Order', 'Date', '2021-01-01', '10.00'],
    ['Seller ID: example-shop', '', ''],
    ['2 record(s) downloaded'],
    ['Order', 'Date', '$12.00', 'x'],
    ['Order', 'Date', '1 250,00 €', 'x'],
    ['Order', 'Date', '10-Dez-25', 'x'],
    ['09/25/26', 'Customer', 'Order', '$12.00'],
  ]) {
    expect([row, headerScore(row)]).toEqual([row, 0]);
  }
});

const dataCell = fc.oneof(
  fc.integer().map(String),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toFixed(2)),
  fc
    .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') })
    .map((day) => day.toISOString().slice(0, 10)),
  fc.emailAddress(),
  fc.constantFrom(
    'Paid',
    'usd',
    'Order',
    'Ada Example',
    'Refund',
    'Date palm',
    '$12.00',
    '12,50 €',
    'Jul-25-26',
    '15 Mar 2026',
  ),
);

test('headerScore: a row with a date, an amount and words of any kind is data', () => {
  fc.assert(
    fc.property(fc.array(dataCell, { maxLength: 5 }), (cells) => {
      expect(headerScore(['2026-01-05', 'A-17', ...cells, '12.50'])).toBe(0);
    }),
  );
});

test('headerScore and matchHeader never fail otherwise than by an error for users', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string(), fc.constantFrom('Date', 'date', 'Qty', 'qty', 'Price', 'Order ID', 'Total', 'Customer')),
        { maxLength: 12 },
      ),
      (cells) => {
        expect(headerScore(cells)).toBeGreaterThanOrEqual(0);
        try {
          matchHeader(cells);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      },
    ),
  );
});

test('headerScore: a cell of a million characters takes no time', () => {
  const start = performance.now();
  for (const filling of ['1', ' ', '1 ', 'a-']) {
    expect(headerScore([filling.repeat(500_000), `1${filling.repeat(500_000)}x`])).toBe(0);
  }
  expect(performance.now() - start).toBeLessThan(5000);
});

test('[C31] ten thousand columns are mapped in well under a second', () => {
  const columns = [
    ...Array.from({ length: 10_000 }, (_, n) => `some column ${n}`),
    'Date',
    'Customer ID',
    'Order ID',
    'Total',
  ];
  const start = performance.now();
  const match = matchHeader(columns, { amount: 'Total * 2' });
  expect(match.ignoredColumns).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(2000);
});
