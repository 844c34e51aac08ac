import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedQueries } from '../../src/server/query-registry.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, servePipeline } from '../support/serve-shop.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop();
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

const REQUIRED: Readonly<Record<string, string>> = {
  'cohorts/customers': '?cohort_month=2024-01',
  'customer/orders': '?id=a',
  'customer/segments': '?id=a',
  'customer/campaigns': '?id=a',
  'customer/records': '?id=a',
};

test('nothing published yet: every data route answers 503 and says what to do, and the page says it too', async () => {
  const names = namedQueries.flatMap(({ name }) => [name, `${name}.csv`].map((path) => path + (REQUIRED[name] ?? '')));
  for (const path of [...names, 'snapshot', 'tables', 'tables/business/monthly_metrics', 'customer?id=a']) {
    const suffixed = path.replace(/^([^?]+)(\?.*)?\.csv$/, '$1.csv$2');
    const answer = await server.get(`/api/${suffixed}`);
    expect({ path, status: answer.status }).toEqual({ path, status: 503 });
    expect(problemOf(answer)).toEqual({
      code: 'nothing-published',
      message: 'nothing has been published yet',
      remedy: ['run the pipeline first: marketing-pipeline run FILE'],
    });
  }
  expect((await server.get('/api/health')).status).toBe(200);
  expect((await server.get('/api/openapi.json')).status).toBe(200);
  const page = await server.get('/', { Accept: 'text/html' });
  expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' } });
  expect(page.text).toContain('npx marketing-pipeline run orders.csv');
});

test('looking leaves no trace: a server without data makes no folder', () => {
  expect(existsSync(shop.settings.dataDir)).toBe(false);
});
