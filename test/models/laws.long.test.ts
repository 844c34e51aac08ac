import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowObject } from '../../src/index.ts';
import { dateOf, dayOf } from '../support/calendar-days.ts';
import { inTextOrder, without } from '../support/in-text-order.ts';
import { row, type SaleRow } from '../support/make-shop.ts';
import { randomSales, type SalesShape, toRows } from '../support/random-sales.ts';
import type { Sale } from '../support/reference-shop.ts';
import { openShop, readTables, type Shop } from '../support/run-shop.ts';

const shape: SalesShape = {
  seed: 71,
  orders: 200,
  customers: 90,
  firstDate: '2023-02-01',
  days: 420,
  maxCents: 30_000,
};

async function loaded(sales: readonly Sale[], settings = {}): Promise<Shop> {
  const shop = await openShop(settings);
  await shop.load(toRows(sales));
  return shop;
}

/** Sums of columns by key, over the rows of one or several tables. */
function totals(rows: readonly RowObject[], keys: readonly string[], columns: readonly string[]) {
  const sums = new Map<string, number[]>();
  for (const one of rows) {
    const key = keys.map((name) => one[name]).join(' ');
    const before = sums.get(key) ?? columns.map(() => 0);
    const added = columns.map((name, index) => (before[index] ?? 0) + Math.round(100 * Number(one[name])));
    if (added.some((value) => value !== 0)) sums.set(key, added);
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

test('[M11] two shops put together have the sum of their figures', async () => {
  const asOf = '2024-04-30';
  const one = randomSales({ ...shape, seed: 72 });
  const other = randomSales({ ...shape, seed: 73, prefix: 'other-', firstDate: '2023-06-15', days: 200 });
  await using both = await loaded([...one, ...other], { asOf });
  await using first = await loaded(one, { asOf });
  await using second = await loaded(other, { asOf });
  const additive = [
    {
      sql: 'select * from business.monthly_metrics',
      keys: ['period_month'],
      columns: ['total_sales', 'returned_amount', 'total_orders', 'unique_customers', 'new_customers'],
    },
    {
      sql: 'select * from business.cohort_analysis',
      keys: ['cohort_month', 'activity_month'],
      columns: ['cohort_size', 'active_customers', 'customers_on_or_after', 'total_sales', 'cumulative_sales'],
    },
    {
      sql: 'select * from business.cumulative_retention_analysis',
      keys: ['cohort_month', 'retention_window_months'],
      columns: ['cohort_size', 'retained_customers', 'revenue_in_window'],
    },
    {
      sql: 'select * from business.customer_lifecycle_snapshot',
      keys: ['snapshot_date', 'lifecycle_stage'],
      columns: ['customers'],
    },
    { sql: 'select * from warehouse.agg_sales_daily', keys: ['date_id'], columns: ['total_sales', 'new_customers'] },
  ];
  for (const { sql, keys, columns } of additive) {
    const apart = [...(await first.query(sql)), ...(await second.query(sql))];
    expect(totals(await both.query(sql), keys, columns), sql).toEqual(totals(apart, keys, columns));
  }
});

test('[M11] a hundred times the amounts: a hundred times the money, the same orders, segments and scores', async () => {
  const sales = randomSales(shape);
  const scaled = sales.map((sale) => ({ ...sale, cents: 100 * sale.cents }));
  await using small = await loaded(sales);
  await using large = await loaded(scaled, {
    ltvHighThreshold: 50_000,
    ltvRegularThreshold: 10_000,
    minLtvForRetention: 20_000,
  });
  for (const sql of [
    'select * from business.customer_segments',
    'select customer_id, campaign_type, campaign_group, priority_level from business.campaign_targets',
    'select customer_id, total_orders, total_transactions, days_since_last_order from warehouse.dim_customer',
    'select order_id, order_amount_quartile, customer_order_sequence from warehouse.dim_order',
    'select period_month, sales_growth_percent, purchase_frequency from business.monthly_metrics',
  ]) {
    const [theirs, ours] = [await large.query(sql), await small.query(sql)];
    const unlike = ['segment_description', 'lifetime_value'];
    expect(inTextOrder(without(theirs, unlike)), sql).toEqual(inTextOrder(without(ours, unlike)));
  }
  const money = (factor: number) =>
    `select customer_id, cast(${factor} * total_spent as decimal(18, 2)) as spent from warehouse.dim_customer`;
  expect(inTextOrder(await large.query(money(1)))).toEqual(inTextOrder(await small.query(money(100))));
});

test('[M11] an order and its full refund on one day leave all revenue as it was', async () => {
  const sales = randomSales(shape);
  const [some] = sales.filter(({ cents }) => cents > 0);
  const extra = { date: some?.date ?? '', customer: some?.customer ?? '', order: 'extra', cents: 12_345 };
  await using before = await loaded(sales);
  await using after = await loaded([...sales, extra, { ...extra, cents: -12_345 }]);
  for (const sql of [
    'select period_month, total_sales, unique_customers, new_customers from business.monthly_metrics',
    'select customer_id, total_spent, first_order_date, last_order_date from warehouse.dim_customer',
    'select cohort_month, activity_month, total_sales, active_customers from business.cohort_analysis',
    'select season_kind, season_number, total_sales, sales_per_day from business.seasonal_trends',
  ]) {
    expect(inTextOrder(await after.query(sql)), sql).toEqual(inTextOrder(await before.query(sql)));
  }
  const orders = 'select sum(total_orders) as orders, sum(total_transactions) as n from business.monthly_metrics';
  const [[was], [is]] = [await before.query(orders), await after.query(orders)];
  expect(is).toMatchObject({ orders: Number(was?.orders) + 1, n: Number(was?.n) + 2 });
});

test('[M11] all dates moved by 52 weeks: the same segments, scores, campaigns and weekdays', async () => {
  const sales = randomSales(shape);
  const later = sales.map((sale) => ({ ...sale, date: dateOf(dayOf(sale.date) + 364) }));
  await using now = await loaded(sales);
  await using then = await loaded(later);
  for (const sql of [
    'select * from business.customer_segments',
    'select * from business.campaign_targets',
    'select * from business.customer_ltv_analysis',
    "select * from business.seasonal_trends where season_kind = 'weekday'",
    'select order_id, order_key, order_day_name, is_weekend_order, days_since_previous_order from warehouse.dim_order',
    'select lifecycle_stage, customers, share_of_base from business.customer_lifecycle_snapshot where is_as_of',
  ]) {
    const [theirs, ours] = [await then.query(sql), await now.query(sql)];
    // Months end on other days then.
    const unlike = ['acquisition_cohort', 'previous_segment'];
    expect(inTextOrder(without(theirs, unlike)), sql).toEqual(inTextOrder(without(ours, unlike)));
  }
});

test('revenue per customer is AOV times frequency, and a cohort is complete in its first month', async () => {
  await using shop = await loaded(randomSales({ ...shape, seed: 74, orders: 600 }));
  const months = await shop.query('select * from business.monthly_metrics where unique_customers > 0');
  expect(months.length).toBeGreaterThan(10);
  for (const month of months) {
    const [value, frequency] = [Number(month.avg_order_value), Number(month.purchase_frequency)];
    // Both are rounded to two decimals.
    const tolerance = 0.005 * (Math.abs(value) + frequency) + 0.01;
    expect(Math.abs(value * frequency - Number(month.revenue_per_customer))).toBeLessThan(tolerance);
  }
  const cells = await shop.query('select * from business.cohort_analysis where months_since_acquisition = 0');
  expect(cells.map((cell) => [cell.retention_rate_percent, cell.retention_on_or_after_percent])).toEqual(
    cells.map(() => ['100.00', '100.00']),
  );
});

/** Columns that say where a record came from; they may differ when the same rows come in other files. */
const PROVENANCE = ['load_id', 'statement_load_id', 'source_file', 'source_row', 'source_line'];
/** Tables with a row per file. */
const FILE_TABLES = ['staging.stg_sources', 'staging.stg_loads'];

async function contentOf(shop: Shop): Promise<Map<string, string[]>> {
  const content = new Map<string, string[]>();
  for (const [name, rows] of await readTables(shop)) {
    if (FILE_TABLES.includes(name)) continue;
    const texts = rows.map((one) =>
      JSON.stringify(one, (key, value) => (PROVENANCE.includes(key) ? undefined : value)),
    );
    content.set(name, texts.sort());
  }
  return content;
}

const dirt: readonly SaleRow[] = [
  row('2023-02-30', 'C1', 'd1', '5.00'),
  row('2023-03-01', '', 'd2', '5.00'),
  row('2023-03-01', 'C1', '', '5.00'),
  row('2023-03-01', 'C1', 'd3', 'free'),
  row('2023-03-01', 'C1', 'd4', '5.00'),
  row('2023-03-01', 'C1', 'd4', '5.00'),
  row('2023-03-01', 'C1', 'd5', '5.00'),
  row('2023-03-01', 'C2', 'd5', '5.00'),
  row('2023-03-01', 'C1', 'd6', '2.675'),
  row('2023-03-01', 'C1', 'd6', '2.68'),
];

test('[M07] the same rows in another order, split over files or in two loads give the same tables', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000),
      fc.nat(1_000),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      async (seed, order, cut) => {
        const rows = [...toRows(randomSales({ ...shape, seed, orders: 120 })), ...dirt];
        const rank = (one: SaleRow) => ((dayOf('2023-01-01') + order) * (rows.indexOf(one) + 1) * 7_919) % 1_009;
        const shuffled = rows.toSorted((a, b) => rank(a) - rank(b));
        // A later file restates an order as a whole: its sales stay together.
        const first = new Set(rows.slice(0, Math.ceil(cut * rows.length)).map(({ order }) => order));
        const [head = [], tail = []] = [rows, shuffled].map((all) => all.filter(({ order }) => first.has(order)));
        const rest = (all: readonly SaleRow[]) => all.filter(({ order }) => !first.has(order));
        const settings = { maxRejectedShare: 1 };
        await using whole = await openShop(settings);
        await whole.load(rows);
        await using mixed = await openShop(settings);
        await mixed.load(shuffled);
        await using split = await openShop(settings);
        const parts = [rest(shuffled), tail];
        await split.run(await Promise.all(parts.map((part, index) => split.write(`part${index}.csv`, fileOf(part)))));
        await using twice = await openShop(settings);
        await twice.load(head);
        await twice.load(rest(rows), { append: true });
        const expected = await contentOf(whole);
        expect(expected.get('staging.stg_sales_rejected')).toHaveLength(7);
        expect(await contentOf(mixed)).toEqual(expected);
        for (const shop of [split, twice]) expect(withoutFiles(await contentOf(shop))).toEqual(withoutFiles(expected));
      },
    ),
    { numRuns: 2, seed: 7, endOnFailure: true },
  );
});

/** Insights compare files with each other, where there are several: of the other comparisons, what is compared and what came out. */
function withoutFiles(content: Awaited<ReturnType<typeof contentOf>>) {
  const others = (content.get('business.insight_candidates') ?? []).flatMap((text) => {
    const { comparison, effect, p_value: pValue, expected_money: money } = JSON.parse(String(text));
    return String(comparison).includes('the latest file')
      ? []
      : [JSON.stringify({ comparison, effect, pValue, money })];
  });
  expect(others.length).toBeGreaterThan(10);
  const insights = (content.get('business.business_insights') ?? []).flatMap((text) => {
    const { insight_title: title, insight_description: description } = JSON.parse(String(text));
    return String(title).includes('the latest file') ? [] : [JSON.stringify({ title, description })];
  });
  return new Map([
    ...content,
    ['business.insight_candidates', others.sort()],
    ['business.business_insights', insights.sort()],
  ]);
}

/** The columns in another order than `load` writes them. */
function fileOf(rows: readonly SaleRow[]): string {
  const lines = rows.map(({ date, customer, order, sales }) => `${sales},${order},${customer},${date}\n`);
  return `Sales,Order ID,Customer ID,Date\n${lines.join('')}`;
}
