import type { Queryable } from '../engines/engine.ts';
import { type RowObject, toObjects, type Value } from '../engines/result-set.ts';

/** One line of the reconciliation: what must arrive at a stage, and what did. Rows are whole numbers, money is exact decimal text. */
export interface LedgerLine {
  readonly stage: string;
  readonly measure: 'rows' | 'money';
  readonly expected: string;
  readonly actual: string;
  readonly difference: string;
  readonly status: 'balanced' | 'gap';
}

export interface LedgerOptions {
  relationOf(name: string): string;
  /** ISO date; later records stay in staging. */
  readonly asOf: string;
  /** Records that the scanner counted in the loaded files. */
  readonly scannedRecords: number;
  readonly signal?: AbortSignal;
}

/**
 * Follows every row and every cent from the files to the business layer. Each figure is computed by its own query, so
 * that a model that loses a row cannot hide it.
 */
export async function reconcile(database: Queryable, options: LedgerOptions): Promise<LedgerLine[]> {
  const totals = await readTotals(database, options);
  const money = (name: string) => toCents(totals[name] ?? null);
  const rows = (name: string) => BigInt(totals[name] ?? 0);
  const clean = money('clean_money');
  const refunds = money('refund_money');
  const warehouse = money('fact_money');
  return [
    line('rows', 'files to stg_sales_raw', BigInt(options.scannedRecords), rows('raw_rows')),
    line(
      'rows',
      'stg_sales_raw to clean, rejected and set aside',
      rows('raw_rows'),
      rows('clean_rows') + rows('rejected_rows') + rows('aside_rows'),
    ),
    line(
      'money',
      'readable amounts to clean, rejected and set aside',
      money('checked_money'),
      clean + money('rejected_money') + money('aside_money'),
    ),
    line('money', 'refunds on clean records to stg_refunds', -money('refunded_money'), refunds),
    line(
      'rows',
      'clean records and refunds to fact_sales and after the as-of date',
      rows('clean_rows') + rows('refund_rows'),
      rows('fact_rows') + rows('later_rows') + rows('later_refund_rows'),
    ),
    line(
      'money',
      'clean records and refunds to fact_sales and after the as-of date',
      clean + refunds,
      warehouse + money('later_money') + money('later_refund_money'),
    ),
    line('money', 'fact_sales to dim_order', warehouse, money('order_money')),
    line('money', 'fact_sales to dim_customer', warehouse, money('customer_money')),
    line('money', 'fact_sales to agg_sales_daily', warehouse, money('daily_money')),
    line('money', 'fact_sales to monthly_metrics', warehouse, money('monthly_money')),
    line('money', 'fact_sales to customer_ltv_analysis', warehouse, money('ltv_money')),
    line(
      'money',
      'fact_sales to cohort_analysis and customers without an order',
      warehouse,
      money('cohort_money') + money('no_order_money'),
    ),
    line('rows', 'dim_customer to customer_segments', rows('customer_rows'), rows('segment_rows')),
    line('rows', 'dim_customer to customer_ltv_analysis', rows('customer_rows'), rows('ltv_rows')),
  ];
}

async function readTotals(database: Queryable, { relationOf, asOf, signal }: LedgerOptions): Promise<RowObject> {
  const later = `filter (where order_date > date '${asOf}')`;
  const parts: readonly (readonly [string, string])[] = [
    ['stg_sales_raw', 'count(*) as raw_rows'],
    ['stg_sales_checked', 'sum(sales_amount) as checked_money'],
    [
      'stg_sales_clean',
      `count(*) as clean_rows, sum(sales_amount) as clean_money, sum(refunded_amount) as refunded_money, count(*) ${later} as later_rows, sum(sales_amount) ${later} as later_money`,
    ],
    ['stg_sales_rejected', 'count(*) as rejected_rows, sum(sales_amount) as rejected_money'],
    ['stg_sales_set_aside', 'count(*) as aside_rows, sum(sales_amount) as aside_money'],
    [
      'stg_refunds',
      `count(*) as refund_rows, sum(sales_amount) as refund_money, count(*) ${later} as later_refund_rows, sum(sales_amount) ${later} as later_refund_money`,
    ],
    ['fact_sales', 'sum(line_count) as fact_rows, sum(sales_amount) as fact_money'],
    ['dim_order', 'sum(order_amount + returned_amount) as order_money'],
    [
      'dim_customer',
      'count(*) as customer_rows, sum(total_spent) as customer_money, sum(total_spent) filter (where first_order_date is null) as no_order_money',
    ],
    ['agg_sales_daily', 'sum(total_sales) as daily_money'],
    ['monthly_metrics', 'sum(total_sales) as monthly_money'],
    ['cohort_analysis', 'sum(total_sales) as cohort_money'],
    ['customer_segments', 'count(*) as segment_rows'],
    ['customer_ltv_analysis', 'count(*) as ltv_rows, sum(total_spent) as ltv_money'],
  ];
  const selects = parts.map(([name, columns]) => `(select ${columns} from ${relationOf(name)}) as ${name}`);
  const result = await database.query(
    `select * from ${selects.join(' cross join ')}`,
    signal === undefined ? {} : { signal },
  );
  return toObjects(result)[0] ?? {};
}

function line(measure: LedgerLine['measure'], stage: string, expected: bigint, actual: bigint): LedgerLine {
  const show = measure === 'money' ? fromCents : String;
  const difference = actual - expected;
  return {
    stage,
    measure,
    expected: show(expected),
    actual: show(actual),
    difference: show(difference),
    status: difference === 0n ? 'balanced' : 'gap',
  };
}

/** Exact cents of a decimal with two places, given as text; null is 0. */
function toCents(value: Value): bigint {
  if (value === null) return 0n;
  const text = String(value);
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const cents = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return text.startsWith('-') ? -cents : cents;
}

function fromCents(cents: bigint): string {
  const absolute = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`;
}
