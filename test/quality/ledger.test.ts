import { expect, test } from 'vitest';
import { type LedgerLine, reconcile } from '../../src/quality/ledger.ts';
import { memoryDatabase } from './memory-database.ts';

/** A shop of 7 records in which every figure agrees: 4 clean (one after the as-of date, one with a refund), 2 refused, 1 set aside. */
const AGREEING = `
  create table stg_sales_raw as select i from range(7) as t(i);
  create table stg_sales_clean (order_date date, sales_amount decimal(18, 2), refunded_amount decimal(18, 2));
  insert into stg_sales_clean values
    ('2024-01-01', 10.00, 0), ('2024-01-02', 25.01, 5.00), ('2024-01-31', -3.00, 0), ('2024-02-01', 40.00, 0);
  create table stg_refunds (order_date date, sales_amount decimal(18, 2));
  insert into stg_refunds values ('2024-01-02', -5.00);
  create table stg_sales_set_aside (sales_amount decimal(18, 2));
  insert into stg_sales_set_aside values (99.00);
  create table stg_sales_rejected (sales_amount decimal(18, 2));
  insert into stg_sales_rejected values (null), (7.50);
  create table stg_sales_checked as
    select sales_amount from stg_sales_clean union all select sales_amount from stg_sales_rejected
    union all select sales_amount from stg_sales_set_aside;
  create table fact_sales (sales_amount decimal(18, 2), line_count integer);
  insert into fact_sales values (35.01, 2), (-5.00, 1), (-3.00, 1);
  create table dim_order (order_amount decimal(18, 2), returned_amount decimal(18, 2));
  insert into dim_order values (35.01, -5.00), (0.00, -3.00);
  create table dim_customer (total_spent decimal(18, 2), first_order_date date);
  insert into dim_customer values (30.01, '2024-01-01'), (-3.00, null);
  create table agg_sales_daily (total_sales decimal(18, 2));
  insert into agg_sales_daily values (10.00), (20.01), (0.00), (-3.00);
  create table monthly_metrics (total_sales decimal(18, 2));
  insert into monthly_metrics values (27.01);
  create table cohort_analysis (total_sales decimal(18, 2));
  insert into cohort_analysis values (30.01);
  create table customer_segments (customer_id varchar);
  insert into customer_segments values ('C1'), ('C2');
  create table customer_ltv_analysis (total_spent decimal(18, 2));
  insert into customer_ltv_analysis values (30.01), (-3.00);`;

async function ledgerAfter(change: string, scannedRecords = 7): Promise<LedgerLine[]> {
  using database = await memoryDatabase(AGREEING + change);
  return await reconcile(database, { relationOf: (name) => name, asOf: '2024-01-31', scannedRecords });
}

const gapsOf = (lines: readonly LedgerLine[]) =>
  lines.filter(({ status }) => status === 'gap').map(({ stage, measure }) => `${measure}: ${stage}`);

test('where all rows and cents arrive, every line is balanced and shows what arrived', async () => {
  const lines = await ledgerAfter('');
  expect(gapsOf(lines)).toEqual([]);
  expect(lines).toHaveLength(14);
  expect(lines.find(({ stage }) => stage === 'fact_sales to monthly_metrics')).toEqual({
    stage: 'fact_sales to monthly_metrics',
    measure: 'money',
    expected: '27.01',
    actual: '27.01',
    difference: '0.00',
    status: 'balanced',
  });
});

const later = 'clean records and refunds to fact_sales and after the as-of date';

test.each([
  [
    'a record that was scanned is not loaded',
    'delete from stg_sales_raw where i = 0',
    ['rows: files to stg_sales_raw', 'rows: stg_sales_raw to clean, rejected and set aside'],
  ],
  [
    'a clean row is gone',
    "delete from stg_sales_clean where order_date = '2024-01-02'",
    [
      'rows: stg_sales_raw to clean, rejected and set aside',
      'money: readable amounts to clean, rejected and set aside',
      'money: refunds on clean records to stg_refunds',
      `rows: ${later}`,
      `money: ${later}`,
    ],
  ],
  [
    'a refused row is gone',
    'delete from stg_sales_rejected where sales_amount is null',
    ['rows: stg_sales_raw to clean, rejected and set aside'],
  ],
  [
    'the amount of a refused row is gone',
    'update stg_sales_rejected set sales_amount = null',
    ['money: readable amounts to clean, rejected and set aside'],
  ],
  ['a line is gone from the facts', 'update fact_sales set line_count = 1 where line_count = 2', [`rows: ${later}`]],
  [
    'an order is short of a cent',
    'update dim_order set order_amount = 35.00 where order_amount = 35.01',
    ['money: fact_sales to dim_order'],
  ],
  [
    'a customer has a cent too much',
    'update dim_customer set total_spent = 30.02 where total_spent = 30.01',
    ['money: fact_sales to dim_customer'],
  ],
  ['a day is gone', 'delete from agg_sales_daily where total_sales < 0', ['money: fact_sales to agg_sales_daily']],
  ['a month is gone', 'delete from monthly_metrics', ['money: fact_sales to monthly_metrics']],
  [
    'a cohort is gone',
    'delete from cohort_analysis',
    ['money: fact_sales to cohort_analysis and customers without an order'],
  ],
  [
    'a customer has no segment',
    "delete from customer_segments where customer_id = 'C1'",
    ['rows: dim_customer to customer_segments'],
  ],
  [
    'a customer stands twice in the values',
    'insert into customer_ltv_analysis values (0)',
    ['rows: dim_customer to customer_ltv_analysis'],
  ],
  [
    'the values lose a return',
    'update customer_ltv_analysis set total_spent = 0 where total_spent < 0',
    ['money: fact_sales to customer_ltv_analysis'],
  ],
])('a planted gap is found at its stage: %s', async (_, change, gaps) => {
  expect(gapsOf(await ledgerAfter(change))).toEqual(gaps);
});

test('money lost in the facts shows at every stage that is made from them', async () => {
  const lines = await ledgerAfter('update fact_sales set sales_amount = 35.00 where line_count = 2');
  expect(gapsOf(lines)).toHaveLength(7);
  expect(lines.find(({ stage, measure }) => stage === later && measure === 'money')).toMatchObject({
    expected: '67.01',
    actual: '67.00',
    difference: '-0.01',
  });
});

test('amounts near the widest decimal are compared to the cent', async () => {
  const lines = await ledgerAfter(`
    update monthly_metrics set total_sales = 9007199254740993.01;
    update fact_sales set sales_amount = 9007199254741000.00 where line_count = 2`);
  expect(lines.find(({ stage }) => stage === 'fact_sales to monthly_metrics')).toMatchObject({
    expected: '9007199254740992.00',
    actual: '9007199254740993.01',
    difference: '1.01',
  });
});

test('an empty shop balances at zero', async () => {
  const tables = [...AGREEING.matchAll(/create table (\w+)/g)].map(([, name]) => `truncate ${name};`).join(' ');
  const lines = await ledgerAfter(tables, 0);
  expect(gapsOf(lines)).toEqual([]);
  expect(new Set(lines.map(({ expected }) => expected))).toEqual(new Set(['0', '0.00']));
});
