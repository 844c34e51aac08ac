import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { columnKey } from '../../../src/ingest/mapping/column-name.ts';
import { columnsOf, compileExpression } from '../../../src/ingest/mapping/expression.ts';
import { expressionText } from '../../../src/ingest/mapping/expression-text.ts';
import { type Layout, layoutExpressions } from '../../../src/ingest/mapping/layout.ts';
import { headerScore, matchHeader } from '../../../src/ingest/mapping/match-header.ts';
import { bracketedNames } from '../../../src/ingest/mapping/preset-match.ts';
import { presets } from '../../../src/ingest/mapping/presets/index.ts';
import { compileRules } from '../../../src/ingest/mapping/record-rule.ts';
import { targetNames, targets } from '../../../src/ingest/mapping/target.ts';
import { knownHeaders } from './known-headers.ts';

const usable = knownHeaders.filter(({ preset }) => presets.find(({ id }) => id === preset)?.refusal === undefined);
const usableHeader = fc.constantFrom(...usable);

/** What a layout means, in names of columns, whatever their places. */
function meaning(layout: Layout, rename: (name: string) => string = (name) => name) {
  const spelled = (position: number) => rename(layout.targets.date.header[position] ?? '');
  return {
    id: layout.id,
    grain: layout.grain,
    targets: layoutExpressions(layout)
      .map(([name, expression]) => [
        name,
        JSON.stringify(expression.root, (key, value: unknown) =>
          key === 'position' && typeof value === 'number'
            ? columnKey(spelled(value))
            : typeof value === 'bigint'
              ? `${value}`
              : value,
        ),
      ])
      .sort(),
    rules: layout.rules.map((rule) => ({ ...rule, column: columnKey(spelled(rule.column)) })),
    notes: layout.notes,
  };
}

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected an error');
}

describe.each(knownHeaders.map((known) => [known.title, known] as const))('%s', (_, known) => {
  const preset = presets.find(({ id }) => id === known.preset);

  test('is recognised by its header row, and has all that is needed', () => {
    if (preset?.refusal !== undefined) {
      const error = thrown(() => matchHeader(known.columns));
      expect(error).toBeInstanceOf(InputError);
      expect(error.message).toBe(`${preset.title}: ${preset.refusal.reason}`);
      return;
    }
    const match = matchHeader(known.columns);
    expect(match).toMatchObject({ isPreset: true, layout: { id: known.preset, title: preset?.title } });
    expect(match.explanation.length).toBeGreaterThan(2);
    expect(headerScore(known.columns)).toBe(1);
  });

  test('fits the signature of no other preset', () => {
    const keys = new Set(known.columns.map(columnKey));
    const has = (name: string) => keys.has(columnKey(name));
    const fitting = presets.filter(
      ({ signature, oneOf = [], without = [] }) =>
        signature.every(has) && oneOf.every((group) => group.some(has)) && !without.some(has),
    );
    expect(fitting.map(({ id }) => id)).toEqual([known.preset]);
  });
});

test('every preset has a header row in these tests, and ids are unique', () => {
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  expect(presets.map(({ id }) => id).sort()).toEqual([...new Set(knownHeaders.map(({ preset }) => preset))].sort());
});

test.each(presets.map((preset) => [preset.id, preset] as const))(
  '%s: every expression compiles against the columns it names, and no name in it is written without brackets',
  (_, preset) => {
    for (const target of targetNames) {
      for (const text of [preset.targets[target] ?? []].flat()) {
        const names = [...new Set(bracketedNames(text))];
        const expression = compileExpression(text, names, targets[target].kind);
        expect(columnsOf(expression)).toHaveLength(names.length);
      }
    }
  },
);

test.each(presets.filter(({ refusal }) => refusal === undefined).map((preset) => [preset.id, preset] as const))(
  '%s: any header that its signature admits has all that is needed',
  (_, preset) => {
    // Of each group the last one, so that the least convenient header is tried.
    const columns = [...new Set([...preset.signature, ...(preset.oneOf ?? []).map((group) => group.at(-1) ?? '')])];
    const email = preset.id === 'woocommerce-advanced-order-export' ? ['Email'] : [];
    expect(matchHeader([...columns, ...email]).layout.id).toBe(preset.id);
  },
);

test('every preset rule is about a column of one of its headers', () => {
  for (const { id, rules = [] } of presets) {
    const columns = knownHeaders.filter(({ preset }) => preset === id).flatMap((known) => known.columns);
    const keys = new Set(columns.map(columnKey));
    expect(
      rules.filter(({ column }) => !keys.has(columnKey(column)) && id !== 'stripe' && id !== 'square-items'),
    ).toEqual([]);
  }
});

test('[C33] the order of the columns does not matter', () => {
  fc.assert(
    fc.property(
      usableHeader.chain((known) =>
        fc.tuple(fc.constant(known), fc.shuffledSubarray([...known.columns], { minLength: known.columns.length })),
      ),
      ([known, shuffled]) => {
        expect(meaning(matchHeader(shuffled).layout)).toEqual(meaning(matchHeader(known.columns).layout));
      },
    ),
  );
});

test('columns that nothing reads can be left out', () => {
  fc.assert(
    fc.property(usableHeader, fc.infiniteStream(fc.boolean()), ({ preset, columns }, coins) => {
      const whole = matchHeader(columns);
      const needed = new Set(presets.find(({ id }) => id === preset)?.signature.map(columnKey));
      const unread = new Set(whole.ignoredColumns);
      const groups = (presets.find(({ id }) => id === preset)?.oneOf ?? []).flat().map(columnKey);
      const kept = columns.filter(
        (name) =>
          !unread.has(name) ||
          needed.has(columnKey(name)) ||
          groups.includes(columnKey(name)) ||
          coins.next().value === true,
      );
      expect(meaning(matchHeader(kept).layout)).toEqual(meaning(whole.layout));
    }),
  );
});

test('[C34] case, spaces, underscores, hyphens and invisible characters do not matter', () => {
  const variants: ((name: string) => string)[] = [
    (name) => name.toUpperCase(),
    (name) => name.toLowerCase(),
    (name) => name.replaceAll(' ', '_'),
    (name) => name.replaceAll(/[ _-]/g, ''),
    (name) => name.replaceAll(' ', '\u00a0'),
    (name) => ` ${name} `,
    (name) => `\ufeff${name}\u200b`,
    (name) => name.replaceAll(/[ _]/g, '-'),
  ];
  fc.assert(
    fc.property(usableHeader, fc.infiniteStream(fc.constantFrom(...variants)), ({ columns }, stream) => {
      const varied = columns.map((name) => (name === '' ? '' : (stream.next().value?.(name) ?? name)));
      expect(meaning(matchHeader(varied).layout)).toEqual(meaning(matchHeader(columns).layout));
    }),
  );
});

test('expressions of every layout are printed so that they read back the same', () => {
  for (const { columns } of usable) {
    for (const [, expression] of layoutExpressions(matchHeader(columns).layout)) {
      if (columns[columnsOf(expression)[0] ?? -1] === '') continue;
      expect(compileExpression(expressionText(expression), columns, expression.kind).root).toEqual(expression.root);
    }
  }
});

test('[C35] a doubled column is an error only where it is needed', () => {
  for (const { columns } of usable) {
    const { layout, ignoredColumns } = matchHeader(columns);
    const amount = columns[columnsOf(layout.targets.amount)[0] ?? -1] ?? '';
    const error = thrown(() => matchHeader([...columns, amount.toLowerCase()]));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(`${JSON.stringify(amount.toLowerCase())} (column ${columns.length + 1})`);
    const unread = ignoredColumns.find((name) => !bracketedSomewhere(name));
    if (unread !== undefined) expect(matchHeader([...columns, unread]).layout.id).toBe(layout.id);
  }
});

function bracketedSomewhere(name: string): boolean {
  return presets.some(({ signature }) => signature.some((column) => columnKey(column) === columnKey(name)));
}

const outcomes: [string, Record<string, string>, string | undefined][] = [
  ['shopify', { 'Financial Status': 'voided' }, 'CANCELLED'],
  ['shopify', { 'Financial Status': 'paid', 'Cancelled at': '2026-09-12 13:00:00 -0400' }, 'CANCELLED'],
  ['shopify', { 'Financial Status': 'refunded' }, 'REFUNDED'],
  ['shopify', { 'Financial Status': 'pending' }, undefined],
  ['shopify', { 'Financial Status': 'partially_paid' }, undefined],
  ['shopify', { 'Financial Status': '' }, undefined],
  ['woocommerce-analytics', { Status: 'cancelled' }, 'CANCELLED'],
  ['woocommerce-analytics', { Status: 'failed' }, 'FAILED'],
  ['woocommerce-analytics', { Status: 'checkout-draft' }, 'UNPAID'],
  ['woocommerce-analytics', { Status: 'on-hold' }, undefined],
  ['woocommerce-analytics', { Status: 'refunded' }, undefined],
  ['woocommerce-webtoffee', { status: 'pending' }, 'UNPAID'],
  ['woocommerce-webtoffee', { status: 'wc-cancelled' }, 'CANCELLED'],
  ['woocommerce-webtoffee', { status: 'refunded' }, 'REFUNDED'],
  ['woocommerce-csv-import-suite', { status: 'printed' }, undefined],
  ['woocommerce-advanced-order-export', { 'Order Status': 'Trash' }, 'CANCELLED'],
  ['stripe', { Status: 'Paid', Captured: 'true' }, undefined],
  ['stripe', { Status: 'Paid', Captured: 'false' }, 'UNPAID'],
  ['stripe', { Status: 'Partially Refunded', Captured: 'TRUE' }, undefined],
  ['stripe', { Status: ' ', Captured: '' }, undefined],
  ['stripe-legacy', { Status: 'Failed', Captured: 'false' }, 'FAILED'],
  ['stripe-legacy', { Status: 'Paid', Mode: 'Test' }, 'NOT_AN_ORDER'],
  ['stripe-without-customer', { Status: 'Requires payment method' }, 'UNPAID'],
  ['square-transactions', { 'Event Type': 'Refund' }, 'RETURN'],
  ['square-transactions', { 'Event Type': 'Payment' }, undefined],
  ['square-items', { 'Event Type': 'Refund' }, 'RETURN'],
  ['amazon-all-orders', { 'order-status': 'Cancelled' }, 'CANCELLED'],
  ['amazon-all-orders', { 'order-status': 'Pending' }, 'UNPAID'],
  ['amazon-all-orders', { 'order-status': 'Shipped - Delivered to Buyer' }, undefined],
  ['amazon-date-range', { type: 'Order' }, undefined],
  ['amazon-date-range', { type: 'Refund' }, 'RETURN'],
  ['amazon-date-range', { type: 'Transfer' }, 'NOT_AN_ORDER'],
  ['amazon-date-range', { type: '' }, 'NOT_AN_ORDER'],
  ['etsy-orders', { Status: 'Canceled' }, 'CANCELLED'],
  ['paypal', { Type: 'Express Checkout Payment', Status: 'Completed', 'Balance Impact': 'Credit' }, undefined],
  ['paypal', { Type: 'Express Checkout Payment', Status: 'Pending', 'Balance Impact': 'Credit' }, 'UNPAID'],
  ['paypal', { Type: 'Payment Refund', Status: 'Completed', 'Balance Impact': 'Debit' }, 'RETURN'],
  ['paypal', { Type: 'Hold for Open Authorization', Status: 'Pending', 'Balance Impact': 'Memo' }, 'NOT_AN_ORDER'],
  ['paypal', { Type: 'General Currency Conversion', Status: 'Completed', 'Balance Impact': 'Credit' }, 'NOT_AN_ORDER'],
  ['paypal', { Type: 'PreApproved Payment', Status: 'Completed', 'Balance Impact': 'Debit' }, 'NOT_AN_ORDER'],
  ['squarespace', { 'Financial Status': 'PAID' }, undefined],
  ['squarespace', { 'Financial Status': 'PAID', 'Cancelled at': '7/25/2018 21:06' }, 'CANCELLED'],
  ['bigcommerce', { 'Order Status': 'Declined' }, 'FAILED'],
  ['bigcommerce', { 'Order Status': 'Incomplete' }, 'UNPAID'],
  ['bigcommerce', { 'Order Status': 'Completed' }, undefined],
  ['gumroad', { 'Refunded?': 'true', 'Fully Refunded?': 'true' }, 'REFUNDED'],
  ['gumroad', { 'Refunded?': 'false' }, undefined],
  ['online-retail', { InvoiceNo: 'C536379' }, 'RETURN'],
  ['online-retail', { InvoiceNo: 'A563185' }, 'NOT_AN_ORDER'],
  ['online-retail', { InvoiceNo: '536365' }, undefined],
  ['olist-payments', { order_status: 'canceled' }, 'CANCELLED'],
];

test.each(outcomes)('%s: %o is %s', (id, filled, outcome) => {
  const columns = knownHeaders.find(({ preset }) => preset === id)?.columns ?? [];
  expect(Object.keys(filled).filter((name) => !columns.includes(name))).toEqual([]);
  const decide = compileRules(matchHeader(columns).layout.rules);
  const cells = columns.map((name) => filled[name] ?? '');
  expect(decide(cells)).toBe(outcome);
  expect(decide(cells)).toBe(outcome);
});

test('layouts without a customer say so, and a declared customer takes the place', () => {
  for (const id of ['amazon-all-orders', 'amazon-date-range', 'stripe-without-customer']) {
    const columns = knownHeaders.find(({ preset }) => preset === id)?.columns ?? [];
    const { layout } = matchHeader(columns);
    expect(columnsOf(layout.targets.customer)).toEqual([]);
    expect(layout.notes.join()).toContain('every record is a guest');
    const declared = matchHeader(columns, { customer: `[${columns[0]}]` });
    expect(columnsOf(declared.layout.targets.customer)).toEqual([0]);
    expect(declared.layout.id).toBe(id);
  }
});

test('Olist without customer_unique_id warns that nobody orders twice', () => {
  const columns = ['order_id', 'customer_id', 'order_purchase_timestamp', 'payment_value'];
  expect(matchHeader(columns).explanation.join()).toContain('one per order');
  expect(matchHeader([...columns, 'customer_unique_id']).explanation.join()).not.toContain('one per order');
});

test('a refused report is accepted when what it lacks is declared', () => {
  const columns = [...(knownHeaders.find(({ preset }) => preset === 'amazon-unshipped')?.columns ?? []), 'my value'];
  expect(() => matchHeader(columns)).toThrow(InputError);
  expect(matchHeader(columns, { amount: 'my value' }).layout.id).toBe('amazon-unshipped');
});

test('a preset can be chosen, a wrong one is refused, an unknown one is a usage error with the nearest', () => {
  const columns = ['Date', 'Customer ID', 'Order ID', 'Sales'];
  expect(matchHeader(columns, {}, { preset: 'none' }).layout.id).toBe('general');
  expect(matchHeader(columns, {}, { preset: 'original' }).layout.id).toBe('original');
  const wrong = thrown(() => matchHeader(columns, {}, { preset: 'gumroad' }));
  expect(wrong).toBeInstanceOf(InputError);
  expect(wrong.message).toContain('missing columns "Purchase ID", "Purchase Email"');
  const unknown = thrown(() => matchHeader(columns, {}, { preset: 'shopfy' }));
  expect(unknown).toBeInstanceOf(UsageError);
  expect(unknown.message).toContain('did you mean "shopify"?');
});

const exportsFolder = new URL('../../../../shared/data/exports/', import.meta.url);
const presetOfFile: Readonly<Record<string, string>> = {
  'amazon_all_orders.txt': 'amazon-all-orders',
  'amazon_date_range.csv': 'amazon-date-range',
  'amazon_new_orders.txt': 'amazon-new-orders',
  'bigcommerce_orders.csv': 'bigcommerce',
  'ebay_orders_report.csv': 'ebay',
  'etsy_sold_orders.csv': 'etsy-orders',
  'gumroad_sales.csv': 'gumroad',
  'paypal_activity.csv': 'paypal',
  'shopify_orders.csv': 'shopify',
  'shopify_orders_older_layout.csv': 'shopify',
  'square_transactions.csv': 'square-transactions',
  'squarespace_orders.csv': 'squarespace',
  'stripe_payments_2026.csv': 'stripe',
  'stripe_payments_legacy.csv': 'stripe-legacy',
  'woocommerce_analytics_orders.csv': 'woocommerce-analytics',
  'woocommerce_csv_import_suite.csv': 'woocommerce-csv-import-suite',
  'woocommerce_webtoffee.csv': 'woocommerce-webtoffee',
};

describe.skipIf(!existsSync(exportsFolder))('files of ../shared/data/exports (skipped where they are absent)', () => {
  test.each(Object.entries(presetOfFile))('%s: the header scores 1, all other lines 0', (file, id) => {
    const delimiter = file.endsWith('.txt') ? '\t' : ',';
    const text = readFileSync(new URL(file, exportsFolder), 'utf8').replace(/^\ufeff/, '');
    const rows = text.split(/\r?\n/).map((line) => cellsOf(line, delimiter));
    const scores = rows.map((cells) => headerScore(cells));
    expect(scores.filter((score) => score > 0)).toEqual([1]);
    expect(matchHeader(rows[scores.indexOf(1)] ?? []).layout.id).toBe(id);
  });

  test('every file is in the table', () => {
    expect(readdirSync(exportsFolder).sort()).toEqual(Object.keys(presetOfFile).sort());
  });
});

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))(?:${delimiter}|$)`, 'y');
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line);
    if (match === null) break;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (cell.lastIndex === line.length && !line.endsWith(delimiter)) break;
    if (cell.lastIndex === line.length) {
      cells.push('');
      break;
    }
  }
  return cells;
}
