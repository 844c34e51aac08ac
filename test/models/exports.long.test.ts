import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConfigSpec, RunSummary } from '../../src/index.ts';
import { InputError } from '../../src/index.ts';
import { expectBalanced } from '../support/published-figures.ts';
import { errorOf, openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

interface Expected {
  readonly file: string;
  readonly settings?: ConfigSpec;
  readonly records: number;
  readonly orders: number;
  readonly customers: number;
  /** Net of returns, added up by hand from the file. */
  readonly revenue: number;
  readonly returns?: number;
  readonly asOf: string;
  readonly guests?: readonly [records: number, amount: number];
  readonly setAside?: Readonly<Record<string, number>>;
  readonly currency?: string;
}

/** Worked out by hand from the files and their notes in export-headers.md. */
const table: readonly Expected[] = [
  // 89.95; the cancelled order has no price. The report names no buyer.
  {
    file: 'amazon_all_orders.txt',
    settings: { guests: 'separate' },
    records: 2,
    orders: 1,
    customers: 1,
    revenue: 89.95,
    asOf: '2017-06-17',
    setAside: { CANCELLED: 1 },
    currency: 'EUR',
  },
  // 57.96 sold, 57.96 given back the next day (9:00 PST is 17:00 UTC); the transfer is no order.
  {
    file: 'amazon_date_range.csv',
    settings: { guests: 'separate' },
    records: 3,
    orders: 1,
    customers: 1,
    revenue: 0,
    returns: 1,
    asOf: '2017-12-02',
    setAside: { NOT_AN_ORDER: 1 },
  },
  // 2.58 + 0.00 + 1.99
  {
    file: 'amazon_new_orders.txt',
    records: 1,
    orders: 1,
    customers: 1,
    revenue: 4.57,
    asOf: '2009-01-01',
    currency: 'USD',
  },
  { file: 'bigcommerce_orders.csv', records: 1, orders: 1, customers: 1, revenue: 56.29, asOf: '2026-09-25' },
  // 905.97 + 20.00; two lines below the table.
  {
    file: 'ebay_orders_report.csv',
    records: 4,
    orders: 2,
    customers: 2,
    revenue: 925.97,
    asOf: '2026-07-26',
    setAside: { FOOTER: 2 },
  },
  // 50.00; the guest's order is 82.27 - 8.23.
  {
    file: 'etsy_sold_orders.csv',
    records: 2,
    orders: 1,
    customers: 1,
    revenue: 50,
    asOf: '2026-09-25',
    guests: [1, 74.04],
    currency: 'USD',
  },
  // 12.00 + 8.00 - 8.00 given back in full
  { file: 'gumroad_sales.csv', records: 2, orders: 2, customers: 2, revenue: 12, returns: 1, asOf: '2026-09-09' },
  // 1.250,00; the hold is a memo.
  {
    file: 'paypal_activity.csv',
    records: 2,
    orders: 1,
    customers: 1,
    revenue: 1250,
    asOf: '2026-01-10',
    setAside: { NOT_AN_ORDER: 1 },
    currency: 'EUR',
  },
  // 56.29 + 25.00 + 20.00 - 4.00 + 1,250.00 - 1,250.00 + 30.00; one voided, one guest, one further line.
  ...['shopify_orders.csv', 'shopify_orders_older_layout.csv'].map((file) => ({
    file,
    records: 8,
    orders: 5,
    customers: 3,
    revenue: 127.29,
    returns: 2,
    asOf: '2026-09-23',
    guests: [1, 12] as const,
    setAside: { CANCELLED: 1, ORDER_DETAIL: 1 },
    currency: 'USD',
  })),
  // 1,057.00 - 12.00; the sale without a customer is 7.00. Its dates do not say whether the day is first.
  {
    file: 'square_transactions.csv',
    settings: { dateFormat: 'MM/DD/YYYY' },
    records: 3,
    orders: 1,
    customers: 1,
    revenue: 1045,
    returns: 1,
    asOf: '2026-10-06',
    guests: [1, 7],
  },
  {
    file: 'squarespace_orders.csv',
    records: 2,
    orders: 1,
    customers: 1,
    revenue: 30,
    asOf: '2018-07-25',
    setAside: { ORDER_DETAIL: 1 },
    currency: 'USD',
  },
  // 3125.00 + 50.00 - 50.00; 75.00 is in euros.
  {
    file: 'stripe_payments_2026.csv',
    settings: { currency: 'USD' },
    records: 3,
    orders: 2,
    customers: 1,
    revenue: 3125,
    returns: 1,
    asOf: '2026-06-06',
    setAside: { OTHER_CURRENCY: 1 },
    currency: 'USD',
  },
  // 129.00 + 1,129.00 - 129.00; one payment failed.
  {
    file: 'stripe_payments_legacy.csv',
    records: 3,
    orders: 2,
    customers: 2,
    revenue: 1129,
    returns: 1,
    asOf: '2026-07-02',
    setAside: { FAILED: 1 },
    currency: 'USD',
  },
  // 1056.29 + 2999 - 20; the refund names its order but no customer.
  {
    file: 'woocommerce_analytics_orders.csv',
    records: 3,
    orders: 2,
    customers: 2,
    revenue: 4035.29,
    returns: 1,
    asOf: '2026-09-06',
  },
  { file: 'woocommerce_csv_import_suite.csv', records: 2, orders: 2, customers: 2, revenue: 75.5, asOf: '2016-05-31' },
  // 55.00 + 88.00 - 88.00; one order is not paid.
  {
    file: 'woocommerce_webtoffee.csv',
    records: 3,
    orders: 2,
    customers: 2,
    revenue: 55,
    returns: 1,
    asOf: '2025-03-04',
    setAside: { UNPAID: 1 },
    currency: 'INR',
  },
];

const folder = sharedFile('exports');

function figuresOf({ asOf, currency, layers: { staging, warehouse } }: RunSummary) {
  return {
    records: staging.rawRecords,
    orders: warehouse.orders,
    customers: warehouse.customers,
    revenue: warehouse.revenue,
    returns: warehouse.returns,
    asOf,
    guests: [staging.guestRecords, staging.guestAmount],
    rejected: staging.rejectedRecords,
    setAside: staging.setAsideByKind,
    currency,
  };
}

test.skipIf(folder.isMissing)(`every file of the exports is in the table${folder.note}`, () => {
  expect(table.map(({ file }) => file).sort()).toEqual(readdirSync(folder.path).sort());
});

test.skipIf(folder.isMissing).each(table)(
  `$file is read as it was meant: $orders orders, revenue $revenue${folder.note}`,
  async ({ file, settings = {}, ...expected }) => {
    await using shop = await openShop(settings);
    const summary = await shop.run([sharedFile(`exports/${file}`).path]);
    const { guests = [0, 0], returns = 0, setAside = {}, currency = null, ...figures } = expected;
    expect(figuresOf(summary)).toEqual({ ...figures, guests, returns, setAside, currency, rejected: guests[0] });
    expectBalanced(shop);
  },
);

test.skipIf(folder.isMissing)(
  `[C57] Square's dates do not tell day from month, and are asked for${folder.note}`,
  async () => {
    await using shop = await openShop();
    const error = await errorOf(InputError, shop.run([sharedFile('exports/square_transactions.csv').path]));
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/cannot be decided how the dates in Date are written: .*10\/05\/2026/);
    expect(error.remedy.join(' ')).toContain('--date-format MM/DD/YYYY');
  },
);

test.skipIf(folder.isMissing)(`[C50] Stripe's two currencies are listed, with what to do${folder.note}`, async () => {
  await using shop = await openShop();
  const error = await errorOf(InputError, shop.run([sharedFile('exports/stripe_payments_2026.csv').path]));
  expect(error.message).toBe('stripe_payments_2026.csv has amounts in 2 currencies, which cannot be added up');
  expect(error.remedy.slice(0, 2)).toEqual([
    'USD: 2 records, the first is record 1',
    'EUR: 1 record, the first is record 3',
  ]);
});

test.skipIf(folder.isMissing)(`[C61] a time stamp is of the day in the shop's time zone${folder.note}`, async () => {
  const file = sharedFile('exports/shopify_orders.csv').path;
  const days = async (timezone: string) => {
    await using shop = await openShop({ timezone });
    await shop.run([file]);
    const notices = shop.events.flatMap((event) => (event.type === 'notice' ? event.message : []));
    expect(notices).toContain(`shopify_orders.csv: time stamps became dates in the time zone ${timezone} (--timezone)`);
    const rows = await shop.query("select order_date from warehouse.dim_order where order_id = '#1002'");
    return String(rows[0]?.order_date);
  };
  // 2026-09-03 23:50:00 -0700
  expect(await days('UTC')).toBe('2026-09-04');
  expect(await days('America/Los_Angeles')).toBe('2026-09-03');
});
