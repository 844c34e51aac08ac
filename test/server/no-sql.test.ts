import { afterAll, beforeAll, expect, test } from 'vitest';
import { row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, servePipeline } from '../support/serve-shop.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop();
  await shop.load([row('2024-01-05', 'ann', 'o1', 100)]);
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

const SQL = encodeURIComponent('select 1 as one');
const MODEL = encodeURIComponent("{{ ref('stg_sales_clean') }}");

test('[S22] no address takes SQL or a model: those come from files of the project alone', async () => {
  const document = JSON.parse((await server.get('/api/openapi.json')).text);
  expect(Object.values<object>(document.paths).flatMap((path) => Object.keys(path))).not.toContain('post');
  for (const path of ['/api/query', '/api/sql', '/api/compile', '/api/run', '/api/models']) {
    expect((await server.get(`${path}?sql=${SQL}`)).status).toBe(404);
    expect((await server.send(path, { method: 'POST', headers: authorized(), body: 'select 1' })).status).toBe(405);
  }
});

test.each(['sql', 'query', 'where', 'model', 'select'])(
  '[S22] a parameter %s is refused, whatever it holds',
  async (name) => {
    for (const text of [SQL, MODEL]) {
      const answer = await server.get(`/api/customers?${name}=${text}`);
      expect(answer.status).toBe(400);
      expect(problemOf(answer)).toMatchObject({ code: 'bad-parameters', parameters: [{ name }] });
    }
  },
);

test('[S22] what looks like a call of a model is a text that nobody has', async () => {
  const { page } = await server.rows(`/api/customers?search=${MODEL}`);
  expect(page?.total).toBe(0);
});

function authorized() {
  return { Authorization: `Bearer ${server.token}` };
}
