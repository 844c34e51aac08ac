import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedQueries } from '../../src/server/query-registry.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, servePipeline } from '../support/serve-shop.ts';
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

describe('paging', () => {
  test('pages in a row hold every customer once, in the order that was asked for, and say how many there are', async () => {
    const seen: unknown[] = [];
    let total = Number.POSITIVE_INFINITY;
    for (let offset = 0; offset < total; offset += 97) {
      const { rows, page } = await server.rows(`/api/customers?sort=customer_segment&limit=97&offset=${offset}`);
      seen.push(...rows.map(({ customer_id: id }) => id));
      expect(page).toMatchObject({ limit: 97, offset });
      total = page?.total ?? 0;
    }
    const all = await shop.query(
      'select customer_id from business.customer_list order by customer_segment, customer_id',
    );
    expect(seen).toEqual(all.map(({ customer_id: id }) => id));
    expect(total).toBe(all.length);
    const beyond = await server.rows(`/api/customers?offset=${total}`);
    expect(beyond).toMatchObject({ rows: [], page: { total } });
  });

  test('empty values come last, whichever way the rows are sorted', async () => {
    for (const order of ['asc', 'desc']) {
      const { rows } = await server.rows(`/api/customers?sort=campaign_type&order=${order}&limit=1000`);
      const isEmpty = rows.map(({ campaign_type: type }) => type === null);
      expect(isEmpty.indexOf(true)).toBe(isEmpty.filter((empty) => !empty).length);
    }
  });

  test('a table is paged and sorted by any of its columns', async () => {
    const { rows, page } = await server.rows(
      '/api/tables/warehouse/dim_customer?sort=total_spent&order=desc&limit=5&offset=5',
    );
    const expected = await shop.query(
      'select customer_id from warehouse.dim_customer order by total_spent desc nulls last, customer_key limit 5 offset 5',
    );
    expect(rows.map(({ customer_id: id }) => id)).toEqual(expected.map(({ customer_id: id }) => id));
    const [counted] = await shop.query('select count(*) as n from warehouse.dim_customer');
    expect(page).toEqual({ limit: 5, offset: 5, total: counted?.n });
  });
});

describe('parameters that are wrong', () => {
  test.each([
    ['customers?limit=0', 'limit is "0"; '],
    ['customers?limit=1001', 'limit is "1001"; '],
    ['customers?limit=ten', 'limit is "ten"; '],
    ['customers?limit=1e2', 'limit is "1e2"; '],
    ['customers?limit=1.5', 'limit is "1.5"; '],
    ['customers?limit=', 'limit is ""; '],
    ['customers?limit=5&limit=6', 'limit is given more than once'],
    ['customers?offset=-1', 'offset is "-1"; '],
    ['customers?value_min=NaN', 'value_min is "NaN"; '],
    ['customers?order=up', 'order is "up"; allowed: asc, desc'],
    ['customers?serach=a', 'serach is not a parameter (did you mean "search"?)'],
    ['customers?search=%00', 'search holds a character that no database stores'],
    ['customers?search=%ED%A0%80', ''],
    [`customers?search=${'x'.repeat(501)}`, 'search is "xxx'],
    ['revenue/months?from=2024-13', 'from is "2024-13"; a month looks like 2024-01'],
    ['cohorts/customers', 'cohort_month is missing'],
    ['customer', 'id is missing'],
    ['customer/orders?id=', 'id is ""; '],
    ['data/checks?status=odd', 'status is "odd"; allowed: passed, warned, failed'],
    [
      'tables/business/monthly_metrics?sort=total_sale',
      'sort is not a column of monthly_metrics (did you mean "total_sales"?)',
    ],
    ['insights?x=1', 'x is not a parameter'],
  ])('%s: 400 with the reason', async (path, message) => {
    const answer = await server.get(`/api/${path}`);
    // What is no UTF-8 becomes the character that stands for it, which is text like any other.
    if (message === '') return expect(answer.status).toBe(200);
    expect(answer.status).toBe(400);
    expect(problemOf(answer)).toMatchObject({ code: 'bad-parameters', message: expect.stringContaining(message) });
  });

  test('several at once are all told', async () => {
    const problem = problemOf(await server.get('/api/customers?limit=x&offset=y&nope=z'));
    expect(problem.parameters).toEqual(
      ['limit', 'offset', 'nope'].map((name) => ({ name, message: expect.any(String) })),
    );
  });

  test('a table or a customer that is not there: 404 with a hint', async () => {
    const table = await server.get('/api/tables/business/monthly_metric');
    expect(table.status).toBe(404);
    expect(problemOf(table).message).toBe('there is no such table (did you mean "business.monthly_metrics"?)');
    const customer = await server.get('/api/customer?id=nobody');
    expect(customer.status).toBe(404);
    expect(problemOf(customer)).toMatchObject({
      code: 'unknown-customer',
      message: expect.stringContaining('"nobody"'),
      similarIds: [],
    });
    const near = await server.get(`/api/customer?id=${encodeURIComponent('😀 Smile')}`);
    expect(problemOf(near)).toMatchObject({ code: 'unknown-customer', similarIds: ['😀 smile'] });
  });
});

const VALUES = [
  `'; drop table business.customer_list; --`,
  `' or '1'='1`,
  '$1',
  '$2',
  '?',
  ':name',
  '\\',
  "\\'",
  '%',
  '_',
  '"',
  '`',
  '/*',
  '{{ var("asOf") }}',
  '\u202e',
  '\ufeff',
  '\n',
];

/** Parameters that take text. */
const textParameters = namedQueries.flatMap(({ name, params }) =>
  Object.keys(params.shape)
    .filter(
      (parameter) =>
        params
          .safeParse({ cohort_month: '2023-03', id: 'a', [parameter]: 'x y' })
          .error?.issues.every(({ code }) => code === 'unrecognized_keys') ?? true,
    )
    .map((parameter) => [name, parameter] as const),
);

describe('[S19] hostile values', () => {
  test.each(textParameters)('%s?%s= takes them as text', async (name, parameter) => {
    const required = name === 'customer/orders' ? '' : '';
    for (const value of VALUES) {
      const answer = await server.get(`/api/${name}?${parameter}=${encodeURIComponent(value)}${required}`);
      expect({ value, status: answer.status }).toEqual({ value, status: 200 });
    }
  });

  test('a filter that fits nobody leaves nobody, and the tables are as they were', async () => {
    const before = await shop.query('select count(*) as n from business.customer_list');
    for (const value of VALUES) {
      const { rows } = await server.rows(`/api/customers?segment=${encodeURIComponent(value)}`);
      expect(rows, value).toEqual([]);
    }
    expect((await server.rows('/api/customers?limit=1')).page?.total).toBe(before[0]?.n);
  });

  test('a percent sign and an underscore are found as themselves', async () => {
    const found = async (part: string) => (await server.rows(`/api/customers?search=${encodeURIComponent(part)}`)).rows;
    expect((await found('%')).map(({ customer_id: id }) => id)).toEqual(['100%']);
    expect(await found('_')).toEqual([]);
  });

  test('[S16] every id, whatever is in it, is found as it is, in lists, details and timelines', async () => {
    for (const id of HOSTILE_IDS) {
      const asked = encodeURIComponent(id);
      const { rows } = await server.rows(`/api/customers?prefix=${asked}&limit=1000`);
      expect(rows.map(({ customer_id: found }) => found)).toContain(id);
      const { text, status } = await server.get(`/api/customer?id=${asked}`);
      expect(status).toBe(200);
      expect(JSON.parse(text).profile.customerId).toBe(id);
      const timeline = await server.rows(`/api/customer/orders?id=${asked}`);
      expect(timeline.rows).toMatchObject([{ order_date: '2024-03-05', is_return: false }]);
    }
  });
});

/** Parameters that name columns or kinds. */
const choices = [
  ['customers', 'sort'],
  ['customers', 'order'],
  ['cohorts/customers?cohort_month=2024-01', 'sort'],
  ['cohorts/customers?cohort_month=2024-01', 'mode'],
  ['campaigns/customers', 'sort'],
  ['value/distribution', 'measure'],
  ['value/lorenz', 'measure'],
  ['value/by-orders', 'measure'],
  ['risk/by-value', 'measure'],
  ['tables/warehouse/dim_customer', 'sort'],
  ['tables/warehouse/dim_customer', 'order'],
] as const;

test.each(choices)('[S20] %s: %s takes names of a list and nothing else', async (name, parameter) => {
  const hostile = [
    'customer_id desc; drop table x',
    'customer_id, 1',
    '1',
    '(select 1)',
    '"customer_id"',
    'rowid',
    '__proto__',
    'constructor',
  ];
  for (const value of hostile) {
    const separator = name.includes('?') ? '&' : '?';
    const answer = await server.get(`/api/${name}${separator}${parameter}=${encodeURIComponent(value)}`);
    expect({ value, status: answer.status }).toEqual({ value, status: 400 });
  }
});

test('[S18] [S12] names of tables lead to published tables and nowhere else', async () => {
  const names = [
    'business/monthly_metrics;drop',
    'business/monthly_metrics"',
    'business/__proto__',
    'constructor/name',
    'business/..%2f..%2fx',
    'main/customer_list',
    'information_schema/tables',
    'business/customer_list%00',
    'BUSINESS/customer_list',
  ];
  for (const name of names) {
    for (const path of [`/api/tables/${name}`, `/api/tables/${name}.csv`, `/plain/${name}`]) {
      expect({ path, status: (await server.get(path)).status }).toEqual({ path, status: 404 });
    }
  }
});
