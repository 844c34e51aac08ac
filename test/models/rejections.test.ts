import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { csvOf, row, type SaleRow } from '../support/make-shop.ts';
import { expectBalanced } from '../support/published-figures.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { runs } from '../support/runs.ts';

interface Verdict {
  readonly reason_code: string | null;
  readonly reason_detail: string | null;
  readonly order_date: string | null;
  readonly customer_id: string | null;
  readonly order_id: string | null;
  readonly sales_amount: string | null;
}

/** What becomes of each row of a file, in the file's order; the first row is sound, so that there is something to publish. */
async function verdictsOn(rows: readonly SaleRow[], settings = {}): Promise<Verdict[]> {
  await using shop = await openShop({ maxRejectedShare: 1, ...settings });
  await shop.load([row('2024-01-01', 'first', 'first', '1.00'), ...rows]);
  expectBalanced(shop);
  const verdicts = await shop.query('select * from staging.stg_sales_checked order by load_id, source_row');
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return verdicts.slice(1).map((verdict) => ({
    reason_code: text(verdict.reason_code),
    reason_detail: text(verdict.reason_detail),
    order_date: text(verdict.order_date),
    customer_id: text(verdict.customer_id),
    order_id: text(verdict.order_id),
    sales_amount: text(verdict.sales_amount),
  }));
}

const withDates = (dates: readonly string[]) => dates.map((date, index) => row(date, 'C1', `d${index}`, '5.00'));
const withCustomers = (ids: readonly string[]) => ids.map((id, index) => row('2024-01-05', id, `c${index}`, '5.00'));
const withAmounts = (texts: readonly string[]) =>
  texts.map((text, index) => row('2024-01-05', 'C1', `a${index}`, text));

test('[C59][C60][C61] only dates of the calendar are dates, and an offset counts', async () => {
  const bad = [
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '0000-00-00',
    '2024-01-05garbage',
    '24-01-05',
    'infinity',
    'epoch',
    '1899-12-31',
    '2101-01-01',
    '9999-01-01',
    '2024-01-05 (BC)',
    '99999-01-05',
    '05.01.2024',
    '01/02/2024',
    '20240105',
    '45296',
    '２０２４-01-05',
    '',
  ];
  const good = {
    '2024-02-29': '2024-02-29',
    ' 2024-01-05\t': '2024-01-05',
    '\u00a02024-01-06': '2024-01-06',
    '2024-1-5': '2024-01-05',
    '2024-01-05T23:30:00-05:00': '2024-01-06',
    '2024-01-05 10:00:00': '2024-01-05',
    'Jan 5, 2024': '2024-01-05',
  };
  const verdicts = await verdictsOn(withDates([...bad, ...Object.keys(good)]));
  const refused = verdicts.slice(0, bad.length);
  expect(refused.map(({ reason_code }) => reason_code)).toEqual(bad.map(() => 'INVALID_DATE'));
  for (const [index, { reason_detail }] of refused.entries()) {
    const text = bad[index]?.trim() ?? '';
    expect(reason_detail, text).toMatch(text === '' ? /^the date is empty$/ : /^".+" (is|has|could) /);
  }
  expect(verdicts.slice(bad.length).map(({ order_date }) => order_date)).toEqual(Object.values(good));
});

test('[C49][C51][C52] an amount is read by rule or refused, never guessed', async () => {
  const good: Readonly<Record<string, string>> = {
    '-5': '-5.00',
    '+5': '5.00',
    '.5': '0.50',
    '007.10': '7.10',
    ' 5.25 ': '5.25',
    '-0.01': '-0.01',
    '9999999999999.99': '9999999999999.99',
    '(5.00)': '-5.00',
    '5.00-': '-5.00',
    '\u22125': '-5.00',
    '1,234.50': '1234.50',
    '1,234': '1234.00',
    "1'234.50": '1234.50',
    '1\u00a0234.50': '1234.50',
    '$5.00': '5.00',
    '-$3.00': '-3.00',
  };
  const bad = [
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    '1e400',
    '1e3',
    '1E3',
    '1_000',
    '0x10',
    '5%',
    '5.',
    '1.234,50',
    '1 234,50',
    '12,5',
    '--5',
    '5 5',
    '1.2.3',
    '-',
    '.',
    '٥',
    'NULL',
    '',
    '0',
    '-0.00',
  ];
  const verdicts = await verdictsOn(withAmounts([...Object.keys(good), ...bad]));
  const accepted = Object.values(good);
  expect(verdicts.slice(0, accepted.length).map(({ sales_amount }) => sales_amount)).toEqual(accepted);
  expect(verdicts.slice(0, accepted.length).filter(({ reason_code }) => reason_code !== null)).toEqual([]);
  const refused = verdicts.slice(accepted.length);
  expect(refused.map(({ reason_code }, index) => [bad[index], reason_code])).toEqual(
    bad.map((text) => [text, 'INVALID_SALES']),
  );
  expect(refused.at(0)?.reason_detail).toBe('"NaN" is not a number');
  expect(refused.at(-1)?.reason_detail).toBe('amount is zero and allowZeroAmounts is off');
});

test('[C50] amounts in several currencies stop the run with a list; one that is kept sets the others aside', async () => {
  const rows = withAmounts(['$5.00', '€6', '7.00 USD', '$8.00']);
  await using shop = await openShop();
  const error = await errorOf(InputError, shop.load(rows));
  expect(error.message).toContain('has amounts in 3 currencies');
  expect(error.remedy.join('\n')).toMatch(/\$: 2 records.*\n.*EUR: 1 record.*\n.*USD: 1 record/);
  await using dollars = await openShop({ currency: 'USD' });
  const summary = await dollars.load(rows);
  expect(summary.layers.staging).toMatchObject({ cleanRecords: 3, setAsideByKind: { OTHER_CURRENCY: 1 } });
  expect(summary.layers.warehouse.revenue).toBe(20);
  expectBalanced(dollars);
});

test('[C53] more than two decimals are rounded exactly, a half away from zero, and said in a warning', async () => {
  const amounts = { '2.675': '2.68', '1.005': '1.01', '-1.005': '-1.01', '1.004999999': '1.00', '0.0149': '0.01' };
  await using shop = await openShop();
  const summary = await shop.load([...withAmounts(Object.keys(amounts)), row('2024-01-05', 'C1', 'exact', '2.50')]);
  const clean = await shop.query(
    'select sales_amount, amount_was_rounded from staging.stg_sales_clean order by source_row',
  );
  expect(clean.map(({ sales_amount }) => sales_amount)).toEqual([...Object.values(amounts), '2.50']);
  expect(clean.map(({ amount_was_rounded }) => amount_was_rounded)).toEqual([true, true, true, true, true, false]);
  expect(summary.quality.warned).toBe(1);
  const checks = shop.events.flatMap((event) => (event.type === 'checked' ? event.results : []));
  expect(checks.find(({ status }) => status === 'warned')).toMatchObject({
    name: 'amounts_have_at_most_two_decimals',
    failingRows: 5,
  });
});

test('[C55] an amount that does not fit is refused by its row, a sum that does not fit by its model', async () => {
  const [tooLarge, largest] = await verdictsOn(withAmounts(['100000000000000000', '-12345678901234567890.12']));
  expect(tooLarge).toMatchObject({ reason_code: 'INVALID_SALES', sales_amount: null });
  expect(largest).toMatchObject({ reason_code: 'INVALID_SALES', sales_amount: null });
  await using shop = await openShop();
  const rows = withAmounts(['9999999999999999.99', '9999999999999999.98']);
  const error = await errorOf(Error, shop.load(rows));
  expect(error.message).toMatch(/model \w+\.\w+ failed: /);
  expect(await shop.pipeline.engine.published()).toBeUndefined();
});

test('[C42][C43][C45] ids are text: leading zeros, many digits and exponents stay as they are', async () => {
  const ids = [
    '00123',
    '123',
    '9007199254740993',
    '9007199254740992',
    '12345678901234567890',
    '1e5',
    '100000',
    '1.0',
    '1',
    '0x10',
    'a b',
    'Ä',
    'A\u0308',
  ];
  await using shop = await openShop();
  await shop.load(ids.flatMap((id) => [row('2024-01-05', id, `o-${id}`, '5.00'), row('2024-01-06', id, id, '6.00')]));
  for (const table of ['warehouse.dim_customer', 'business.customer_segments', 'business.customer_ltv_analysis']) {
    const customers = await shop.query(`select customer_id from ${table}`);
    expect(customers.map(({ customer_id }) => customer_id).sort(), table).toEqual([...ids].sort());
  }
  const orders = await shop.query('select order_id from warehouse.dim_order where order_amount = 6');
  expect(orders.map(({ order_id }) => order_id).sort()).toEqual([...ids].sort());
});

test('[C44] an id that a spreadsheet has rounded is refused, because different ids look alike', async () => {
  const rounded = ['1.23E+11', '1.23457E+14', '9E+15'];
  const like = ['1E+02', '1e+11', '1.23E11', 'X1.23E+11', '1.23E+11x', '12E+11'];
  const inOrders = rounded.map((id) => row('2024-01-05', 'C1', id, '5.00'));
  const verdicts = await verdictsOn([...withCustomers(rounded), ...inOrders, ...withCustomers(like)]);
  expect(verdicts.map(({ reason_code }) => reason_code)).toEqual([
    ...rounded.map(() => 'INVALID_CUSTOMER'),
    ...rounded.map(() => 'INVALID_ORDER'),
    ...like.map(() => null),
  ]);
  expect(verdicts[0]?.reason_detail).toBe('customer id "1.23E+11" is a rounded number: its last digits are lost');
  expect(verdicts[3]?.reason_detail).toBe('order id "1.23E+11" is a rounded number: its last digits are lost');
});

test('[C46] ids with commas, quotes, line ends and formulas come through exactly', async () => {
  const ids = [
    'a,b',
    'a"b',
    'a\nb',
    'a\r\nb',
    '=cmd()',
    "it's",
    'anna@example.com',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  ];
  expect((await verdictsOn(withCustomers(ids))).map(({ customer_id }) => customer_id)).toEqual(ids);
});

test('[C47] only an empty id is no id: customers called Null or NA are kept', async () => {
  const ids = ['NULL', 'null', 'Null', 'NA', 'N/A', '-', 'nan', 'None', '0', 'undefined'];
  const empty = ['', ' ', '\t', '\u00a0 '];
  const verdicts = await verdictsOn([...withCustomers([...ids, ...empty]), row('2024-01-05', 'C1', '', '5.00')]);
  const kept = verdicts.slice(0, ids.length);
  expect(kept.map(({ customer_id, reason_code }) => [customer_id, reason_code])).toEqual(ids.map((id) => [id, null]));
  const refused = verdicts.slice(ids.length);
  expect(refused.map(({ reason_code }) => reason_code)).toEqual([
    ...empty.map(() => 'INVALID_CUSTOMER'),
    'INVALID_ORDER',
  ]);
  expect(refused.at(-1)?.reason_detail).toBe('order id is empty');
});

test('[C54] returns, zero amounts and a customer who took more back than they paid are kept and defined', async () => {
  await using shop = await openShop({ allowZeroAmounts: true });
  await shop.load([
    row('2024-01-01', 'minus', 'm1', '10.00'),
    row('2024-01-03', 'minus', 'm1', '-25.00'),
    row('2024-01-02', 'zero', 'z1', '0'),
    row('2024-01-04', 'back', 'b1', '-5.00'),
    row('2024-01-05', 'plus', 'p1', '40.00'),
  ]);
  const customers = await shop.query(`
    select customer.customer_id, total_orders, customer.total_spent, avg_order_value, segment.customer_segment, lifetime_value
    from warehouse.dim_customer as customer join business.customer_segments as segment using (customer_id) order by 1`);
  expect(customers.map((customer) => Object.values(customer))).toEqual([
    ['back', 0, '-5.00', null, 'Lost', '-5.00'],
    ['minus', 1, '-15.00', '-15.00', 'New', '-15.00'],
    ['plus', 1, '40.00', '40.00', 'New', '40.00'],
    ['zero', 1, '0.00', '0.00', 'New', '0.00'],
  ]);
  const facts = await shop.query(
    'select is_return, sum(sales_amount) as amount from warehouse.fact_sales group by 1 order by 1',
  );
  expect(facts.map((fact) => Object.values(fact))).toEqual([
    [false, '50.00'],
    [true, '-30.00'],
  ]);
});

test('[C64] dates before 1990 are warned of, placeholders after 2100 refused, and what lies after the as-of date counts nowhere', async () => {
  await using shop = await openShop({ asOf: '2024-06-30', maxRejectedShare: 0.5 });
  const summary = await shop.load([
    row('1985-05-05', 'old', '1', '5.00'),
    row('2024-06-01', 'now', '2', '7.00'),
    row('2024-07-01', 'now', '3', '11.00'),
    row('2150-01-01', 'then', '4', '13.00'),
  ]);
  expect(summary).toMatchObject({
    asOf: '2024-06-30',
    layers: { warehouse: { revenue: 12, customers: 2, orders: 2 } },
  });
  const checks = shop.events.flatMap((event) => (event.type === 'checked' ? event.results : []));
  const warned = checks.filter(({ status }) => status === 'warned');
  expect(warned.map(({ name, failingRows }) => [name, failingRows])).toEqual([
    ["range(order_date, '1990-01-01', null)", 1],
  ]);
  expectBalanced(shop);
  const silent = await shop.query('select customer_id, days_since_last_order from warehouse.dim_customer order by 1');
  expect(silent.map((customer) => Object.values(customer))).toEqual([
    ['now', 29],
    ['old', 14_301],
  ]);
});

test('a refused record is kept as it came, with file, row and line', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const text =
    'Unnamed: 0,Date,Customer ID,Order ID,Sales\n' +
    '0,2024-01-01,C1,1,5.00\n\n7,2024-01-02,"C,1",2,free\n8,2024-01-02,C1,3\n9,2024-01-03, C2 ,4, 6.00\n';
  await shop.run([await shop.write('shop.csv', text)]);
  const rejected = await shop.query(
    'select source_file, source_row, source_line, reason_code, reason_detail, raw_text, sales_amount ' +
      'from staging.stg_sales_rejected order by source_row',
  );
  expect(rejected.map((record) => ({ ...record }))).toEqual([
    {
      source_file: 'shop.csv',
      source_row: 2,
      source_line: 4,
      reason_code: 'INVALID_SALES',
      reason_detail: '"free" has no digits',
      raw_text: '7,2024-01-02,"C,1",2,free',
      sales_amount: null,
    },
    {
      source_file: 'shop.csv',
      source_row: 3,
      source_line: 5,
      reason_code: 'MALFORMED_ROW',
      reason_detail: expect.stringContaining('4'),
      raw_text: '8,2024-01-02,C1,3',
      sales_amount: null,
    },
  ]);
});

test('a file without any usable record is an input error that shows the reasons, and changes nothing', async () => {
  await using shop: Shop = await openShop({ maxRejectedShare: 1 });
  await shop.load([row('2024-01-01', 'C1', '1', '5.00')]);
  const before = await shop.pipeline.engine.published();
  const error = await errorOf(
    InputError,
    shop.load([row('2024-02-31', 'C1', '2', '5.00'), row('x', 'C1', '3', '5.00')]),
  );
  expect(error.message).toBe('no usable record among 2; nothing was published');
  expect(error.remedy.join('\n')).toContain(
    'INVALID_DATE: 2 records, for example "2024-02-31" is not a day of the calendar',
  );
  expect(await shop.pipeline.engine.published()).toEqual(before);
});

function ownersOf(order: string, rows: readonly SaleRow[]): string[] {
  const all = rows.filter((other) => other.order === order).map(({ customer }) => customer.trim());
  return [...new Set(all.filter((customer) => customer !== ''))];
}

/** A return without a customer takes that of the other rows of its order, if there is just one. */
function isOwned({ order, sales }: Pick<SaleRow, 'order' | 'sales'>, rows: readonly SaleRow[]): boolean {
  return sales.startsWith('-') && order !== '' && ownersOf(order, rows).length === 1;
}

/** The rules once more, row by row: what each record of a well-formed file must be refused for. */
function oracle(rows: readonly SaleRow[]): (string | null)[] {
  const own = rows.map(({ date, customer, order, sales }) => {
    if (!/^2023-0[1-9]-[012]\d$/.test(date)) return 'INVALID_DATE';
    if (customer.trim() === '' && !isOwned({ order, sales }, rows)) return 'INVALID_CUSTOMER';
    if (order.trim() === '') return 'INVALID_ORDER';
    return /^-?\d+\.\d\d$/.test(sales) && Number(sales) !== 0 ? null : 'INVALID_SALES';
  });
  const usable = rows.filter(({ customer }, index) => own[index] === null && customer.trim() !== '');
  const customersOf = Map.groupBy(usable, ({ order }) => order);
  const seen = new Set<string>();
  return rows.map((one, index) => {
    if (own[index] !== null) return own[index] ?? null;
    const text = JSON.stringify({ ...one, customer: one.customer.trim() || ownersOf(one.order, rows)[0] });
    if (seen.has(text)) return 'DUPLICATE_ROW';
    seen.add(text);
    const customers = new Set(customersOf.get(one.order)?.map(({ customer }) => customer));
    return customers.size > 1 ? 'ORDER_CONFLICT' : null;
  });
}

const anyRow: fc.Arbitrary<SaleRow> = fc.record({
  date: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('2023-01-05', '2023-01-06', '2023-09-28') },
    fc.constantFrom('', '2023-02-31', 'x'),
  ),
  customer: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('C1', 'C2', 'c1') }, fc.constantFrom('', ' ')),
  order: fc.oneof({ weight: 9, arbitrary: fc.nat(25).map(String) }, fc.constant('')),
  sales: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('5.00', '6.10', '-2.50') },
    fc.constantFrom('', '0.00', '1e3', 'free'),
  ),
});
const damaged = fc.constantFrom(
  '2023-01-05,C1,1',
  '2023-01-05,C1,1,5.00,gift',
  '2023-01-05,C"1,1,5.00',
  '2023-01-05,C1,1,"5.00',
);

test('any mixture of good and dirty rows: clean and rejected are all rows, by the rules, and money reconciles', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 1, maxLength: 60 }),
      fc.array(damaged, { maxLength: 5 }),
      async (rows, broken) => {
        await using shop = await openShop({ maxRejectedShare: 1 });
        const file = await shop.write('mixture.csv', csvOf(rows) + broken.map((line) => `${line}\n`).join(''));
        const expected = oracle(rows);
        const clean = rows.filter((_, index) => expected[index] === null);
        if (clean.length === 0) {
          await errorOf(InputError, shop.run([file]));
          return;
        }
        const { layers } = await shop.run([file]);
        const reasons = [...expected.filter((reason) => reason !== null), ...broken.map(() => 'MALFORMED_ROW')];
        const counts = Object.fromEntries(
          [...Map.groupBy(reasons, (reason) => reason)].map(([name, all]) => [name, all.length]),
        );
        expect(layers.staging.rawRecords).toBe(rows.length + broken.length);
        expect(layers.staging.cleanRecords).toBe(clean.length);
        expect(layers.staging.rejectedByReason).toEqual(counts);
        const cents = clean.reduce((sum, { sales }) => sum + Math.round(100 * Number(sales)), 0);
        expect(Math.round(100 * layers.warehouse.revenue)).toBe(cents);
        expectBalanced(shop);
      },
    ),
    { numRuns: runs(8), seed: 20_240_101 },
  );
});
