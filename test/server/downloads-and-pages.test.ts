import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedQueries } from '../../src/server/query-registry.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { type ServedShop, servePipeline } from '../support/serve-shop.ts';
import { HOSTILE_IDS, servedRows } from '../support/served-sample.ts';

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

const REQUIRED: Readonly<Record<string, string>> = {
  'cohorts/customers': '?cohort_month=2024-03',
  'customer/orders': '?id=..',
  'customer/segments': '?id=..',
  'customer/campaigns': '?id=..',
  'customer/records': '?id=..',
};

/** Fields of a CSV text, by record. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === '' && plain === '' && quoted === undefined) break;
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') records.push([]);
  }
  return records.filter((record) => record.length > 0);
}

test.each(namedQueries.map(({ name }) => name))('%s.csv holds the rows of all pages', async (name) => {
  const query = REQUIRED[name] ?? '';
  const { columns, rows, page } = await server.rows(`/api/${name}${query}`);
  const { status, headers, text } = await server.get(`/api/${name}.csv${query}`);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toBe(`attachment; filename="${name.replaceAll('/', '-')}.csv"`);
  const [head, ...records] = parseCsv(text);
  expect(head).toEqual(columns.map((column) => column.name));
  expect(records).toHaveLength(page?.total ?? rows.length);
});

test.each(['customers', 'data/timings'] as const)(
  '%s.csv holds the columns that are asked for, in their order',
  async (name) => {
    const all = parseCsv((await server.get(`/api/${name}.csv`)).text);
    const wanted = all[0]?.toReversed().slice(1, 4) ?? [];
    const positions = wanted.map((column) => all[0]?.indexOf(column) ?? -1);
    const { text } = await server.get(`/api/${name}.csv?columns=${wanted.join()}`);
    expect(parseCsv(text)).toEqual(all.map((record) => positions.map((position) => record[position])));
    const wrong = await server.get(`/api/${name}.csv?columns=${wanted[0]},salary`);
    expect({ status: wrong.status, text: wrong.text }).toEqual({
      status: 400,
      text: expect.stringContaining('columns is'),
    });
  },
);

test('every published table can be downloaded, row for row', async () => {
  const published = await shop.pipeline.engine.published();
  for (const [table, rowCount] of Object.entries(published?.rowCounts ?? {})) {
    const { status, text } = await server.get(`/api/tables/${table.replace('.', '/')}.csv`);
    expect({ table, status }).toEqual({ table, status: 200 });
    expect({ table, rows: parseCsv(text).length - 1 }).toEqual({ table, rows: rowCount });
  }
});

test('[S23] text that a spreadsheet would compute has an apostrophe before it, in every download', async () => {
  for (const path of ['/api/customers.csv', '/api/tables/warehouse/dim_customer.csv']) {
    const ids = parseCsv((await server.get(path)).text).flat();
    expect(ids).toContain("'=1+1");
    expect(ids).toContain("'@SUM(A1)");
    expect(ids).not.toContain('=1+1');
  }
});

test('[S24] fields with quotes, commas and line breaks come back as they were', async () => {
  const ids = parseCsv((await server.get('/api/tables/warehouse/dim_customer.csv')).text).flat();
  for (const id of HOSTILE_IDS) expect(ids).toContain(/^[=@]/.test(id) ? `'${id}` : id);
});

test('[S16] the plain pages show hostile ids as text, link by link, without a script or style of their own', async () => {
  const start = await server.get('/', { Accept: 'text/html' });
  expect(start.text).toContain('href="/api/openapi.json"');
  const tables = [...start.text.matchAll(/href="(\/plain\/[a-z_/]+)"/g)].map(([, path = '']) => path);
  const published = await shop.pipeline.engine.published();
  expect(tables.filter((path) => path !== '/plain/style.css')).toHaveLength(
    Object.keys(published?.rowCounts ?? {}).length,
  );
  for (const path of tables) {
    const { status, text, headers } = await server.get(`${path}?limit=1000`);
    expect({ path, status }).toEqual({ path, status: 200 });
    if (path.endsWith('.css')) continue;
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(text).not.toMatch(/<script|<style|<img|\son[a-z]+="|\sstyle=/);
  }
  const { text } = await server.get('/plain/warehouse/dim_customer?limit=1000');
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).toContain('&quot; onmouseover=&quot;alert(1)');
});

test('a page of a table leads to the next one and back', async () => {
  const first = await server.get('/plain/warehouse/dim_customer?limit=100');
  expect(first.text).toContain('href="/plain/warehouse/dim_customer?offset=100" rel="next"');
  expect(first.text).not.toContain('rel="prev"');
  const second = await server.get('/plain/warehouse/dim_customer?offset=100');
  expect(second.text).toContain('href="/plain/warehouse/dim_customer?offset=0" rel="prev"');
  expect(second.text).toMatch(/rows 101 to 200 of \d+/);
});

test('people who come without the token see a page that says what to do, programs see JSON', async () => {
  const page = await server.send('/plain', { headers: { Accept: 'text/html' } });
  expect(page).toMatchObject({ status: 401, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(page.text).toContain('open the address that serve has printed');
  const api = await server.send('/api/customers', { headers: { Accept: 'text/html' } });
  expect(api.headers['content-type']).toBe('application/json');
});
