import { namedQueries } from '../src/server/query-registry.ts';
import { serveLargeShop } from './served-shop.ts';

/**
 * Median time of each call of the API: `npm run bench:server [-- CUSTOMERS]`, by default a simulated shop of 100,000
 * customers; instead of a number, the data folder of an earlier run. Every call is made anew: nothing is taken from a
 * cache of the client.
 */
const CALLS = 7;

/** What queries need to be asked for, and what people ask of the largest of them. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'cohorts/customers': ['?cohort_month=MONTH', '?cohort_month=MONTH&activity_month=MONTH&sort=total_spent&order=desc'],
  customers: [
    '',
    '?offset=500000',
    '?sort=lifetime_value&order=desc',
    '?sort=expected_orders_365&order=desc',
    '?search=77',
    '?prefix=12',
    '?segment=At%20Risk&sort=churn_risk_score&order=desc',
    '?rfm=Champions&value_min=200&sort=total_spent&order=desc',
    '?churn_min=50&churn_max=90&recency_max=400&sort=lifetime_value&order=desc',
    '?campaign=Win-Back&sort=priority_level',
  ],
  'risk/by-value': ['', '?measure=total_spent'],
};

const [asked = '100000'] = process.argv.slice(2);
await using shop = await serveLargeShop(asked);
const { server } = shop;

async function call(path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { Authorization: `Bearer ${server.token}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}

async function print(path: string): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (let repetition = 0; repetition < CALLS; repetition++) {
    const start = performance.now();
    bytes = (await call(path)).length;
    times.push(performance.now() - start);
  }
  const [first = 0] = times;
  const middle = times.sort((a, b) => a - b)[Math.floor(CALLS / 2)] ?? 0;
  console.log(`| ${path} | ${middle.toFixed(0)} | ${first.toFixed(0)} | ${(bytes / 1024).toFixed(0)} |`);
}

const months: { rows: { cohort_month: string }[] } = JSON.parse(await call('/api/cohorts/matrix?months=0'));
const customers: { rows: { customer_id: string }[] } = JSON.parse(await call('/api/customers?limit=1'));
const month = months.rows.at(Math.floor(months.rows.length / 2))?.cohort_month ?? '';
const customer = customers.rows[0]?.customer_id ?? '';
console.log('| call | median ms | first ms | KiB |');
console.log('|---|---:|---:|---:|');
for (const { name } of namedQueries) {
  for (const query of ASKED[name] ?? [name.startsWith('customer/') ? '?id=CUSTOMER' : '']) {
    await print(`/api/${name}${query.replaceAll('MONTH', month).replaceAll('CUSTOMER', encodeURIComponent(customer))}`);
  }
}
await print(`/api/customer?id=${encodeURIComponent(customer)}`);
await print('/api/tables/staging/stg_sales_clean');
await print('/api/tables/warehouse/dim_customer?sort=total_spent&order=desc');
