import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/run-shop.ts';
import { type ServedShop, servePipeline } from '../support/serve-shop.ts';
import { servedRows } from '../support/served-sample.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop();
  await shop.load(servedRows());
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

const WORTH = 'business.customer_ltv_analysis';

async function count(where: string): Promise<number> {
  const [row] = await shop.query(`select count(*) as customers from ${WORTH} where ${where}`);
  return Number(row?.customers);
}

test.each(['total_spent', 'lifetime_value'])('each bin of %s has the customers between its ends', async (measure) => {
  const { rows } = await server.rows(`/api/value/distribution?measure=${measure}`);
  expect(rows.length).toBeGreaterThan(5);
  for (const { value_from: from, value_to: to, customers } of rows) {
    const below = to === null ? '' : `and ${measure} < ${to}`;
    expect(await count(`${measure} >= ${from} ${below}`), String(from)).toBe(customers);
  }
  const all = rows.reduce((sum, { customers }) => sum + Number(customers), 0);
  expect(all).toBe(await count(`${measure} is not null`));
});

test('the Lorenz curve rises to all customers and all value, and each point is the sum of those who brought least', async () => {
  const { rows } = await server.rows('/api/value/lorenz?measure=total_spent&points=10');
  expect(rows).toHaveLength(10);
  for (const { customers, value } of rows) {
    const [found] = await shop.query(
      `select sum(total_spent) as value from (select total_spent from ${WORTH} order by total_spent limit ${customers}) as least`,
    );
    expect(value).toBeCloseTo(Number(found?.value), 2);
  }
  expect(rows.at(-1)).toMatchObject({ customers_percent: 100, value_percent: 100 });
});

test('each step of the churn risk has the customers in it; 100 is in the last', async () => {
  const { rows } = await server.rows('/api/risk/distribution');
  expect(rows.length).toBeGreaterThan(2);
  for (const { risk_from: from, risk_to: to, customers } of rows) {
    expect(await count(`churn_risk_score >= ${from} and churn_risk_score ${to === 100 ? '<=' : '<'} ${to}`)).toBe(
      customers,
    );
  }
  const all = rows.reduce((sum, { customers }) => sum + Number(customers), 0);
  expect(all).toBe(await count('churn_risk_score is not null'));
});

test('each field of risk against value has the customers between its ends', async () => {
  const { rows } = await server.rows('/api/risk/by-value?measure=total_spent');
  expect(rows.length).toBeGreaterThan(5);
  for (const { risk_from, risk_to, value_from, value_to, customers } of rows) {
    const risk = `churn_risk_score >= ${risk_from} and churn_risk_score ${risk_to === 100 ? '<=' : '<'} ${risk_to}`;
    const low = value_from === 0 ? '' : `and total_spent >= ${value_from}`;
    const high = value_to === null ? '' : `and total_spent < ${value_to}`;
    expect(await count(`${risk} ${low} ${high}`)).toBe(customers);
  }
});
