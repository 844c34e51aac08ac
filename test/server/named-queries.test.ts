import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { headerOf } from '../../src/project/model.ts';
import { referenceOf } from '../../src/server/column-spec.ts';
import { namedQueries, type QueryName } from '../../src/server/query-registry.ts';
import { SqlParts } from '../../src/server/sql-parts.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { type RowsAnswer, type ServedShop, servePipeline } from '../support/serve-shop.ts';
import { servedRows } from '../support/served-sample.ts';
import { CASES_OF_EVIDENCE } from './query-cases/cases-of-evidence.ts';
import { CASES_OF_FIGURES } from './query-cases/cases-of-figures.ts';
import type { QueryCase } from './query-cases/query-case.ts';

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

const CASES: Readonly<Record<QueryName, readonly QueryCase[]>> = { ...CASES_OF_FIGURES, ...CASES_OF_EVIDENCE };

const cases = Object.entries(CASES).flatMap(([name, list]) =>
  list.map(({ query = '', sql }) => ({ title: name + query, name, query, sql })),
);

const NUMBERS = ['integer', 'decimal', 'double'];

/** The columns of the answer in the rows that SQL gives, as JSON has them. */
function expectedRows({ columns }: RowsAnswer, found: readonly Readonly<Record<string, unknown>>[]) {
  return found.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }) => {
        const value = row[name];
        return [name, value !== null && NUMBERS.includes(type) ? Number(value) : value];
      }),
    ),
  );
}

/** Quotients are compared to one decimal less: SQL divides in doubles, which may fall on the other side of a half cent. */
function near(rows: readonly Readonly<Record<string, unknown>>[]) {
  const isQuotient = (name: string) => /_percent$|_per_customer$|^avg_/.test(name);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        isQuotient(name) && typeof value === 'number' ? Math.round(value * 10 + 1e-3) / 10 : value,
      ]),
    ),
  );
}

/** What a query is asked when only what must be said is said. */
function checkedParams(schema: z.ZodObject): never {
  const required = { cohort_month: '2023-03', id: 'a' };
  const given = Object.entries(required).filter(([name]) => Object.hasOwn(schema.shape, name));
  return schema.parse(Object.fromEntries(given)) as never;
}

async function someCustomer(): Promise<string> {
  const [row] = await shop.query(
    'select customer_id from warehouse.dim_customer order by total_orders desc, customer_id limit 1',
  );
  return String(row?.customer_id);
}

describe('the named queries', () => {
  test.each(cases)('$title answers with the columns it promises, each with its meaning', async ({ name, query }) => {
    const asked = query.replace('CUSTOMER', encodeURIComponent(await someCustomer()));
    const answer = await server.rows(`/api/${name}${asked}`);
    const definition = namedQueries.find((candidate) => candidate.name === name);
    expect(answer.columns.map((column) => column.name)).toEqual(Object.keys(definition?.columns ?? {}));
    for (const column of answer.columns) expect(column.description, column.name).toMatch(/\S/);
    const published = await shop.pipeline.engine.published();
    expect(answer).toMatchObject({ snapshot: published?.snapshotId, asOf: published?.asOf, currency: 'USD' });
  });

  test('each meaning that points to a model points to a column that it declares', async () => {
    const { models } = await shop.pipeline.loadProject();
    const missing = namedQueries.flatMap(({ name, columns }) =>
      Object.entries(columns)
        .filter(([column, spec]) => {
          const reference = referenceOf(column, spec);
          if (reference === undefined) return false;
          const model = models.get(reference.model);
          return model === undefined || !headerOf(model).columns.some((declared) => declared.name === reference.column);
        })
        .map(([column]) => `${name}.${column}`),
    );
    expect(missing).toEqual([]);
  });

  test.each(cases.filter(({ sql }) => sql !== undefined))(
    '$title gives the rows that SQL gives',
    async ({ name, query, sql }) => {
      const customer = await someCustomer();
      const answer = await server.rows(`/api/${name}${query.replace('CUSTOMER', encodeURIComponent(customer))}`);
      const found = await shop.query((sql ?? '').replace('CUSTOMER', customer));
      expect(near(answer.rows)).toEqual(near(expectedRows(answer, found)));
      // No record of this shop is set aside, and no campaign was launched.
      if (!['data/set-aside', 'customer/campaigns'].includes(name)) expect(found.length).toBeGreaterThan(0);
    },
  );

  test.each(namedQueries.filter((query) => query.kind === 'tables').map(({ name }) => name))(
    '%s: the database gives each column the type that is promised',
    async (name) => {
      const definition = namedQueries.find((candidate) => candidate.name === name);
      if (definition?.kind !== 'tables') throw new Error(`${name} has no SQL`);
      const parts = new SqlParts(shop.pipeline.engine.name);
      const params = checkedParams(definition.params);
      const reader = await shop.pipeline.openReader();
      try {
        const { columns } = await reader.query(definition.sql(params, parts, ''), { params: parts.params });
        const promised = Object.entries(definition.columns).map(([column, { type }]) => ({ name: column, type }));
        expect(columns).toEqual(promised);
      } finally {
        await reader.close();
      }
    },
  );

  test('lineage leads to the questions: each that reads tables, and none but published ones', async () => {
    const { rows } = await server.rows('/api/data/lineage/questions');
    const asked = namedQueries.filter((query) => query.kind === 'tables').map(({ name }) => name);
    expect([...new Set(rows.map(({ question }) => question))]).toEqual(asked);
    const published = await shop.pipeline.engine.published();
    const tables = Object.keys(published?.rowCounts ?? {});
    expect(rows.map(({ node }) => String(node)).filter((node) => !tables.includes(node))).toEqual([]);
    expect(rows).toContainEqual({ question: 'revenue/seasons', node: 'business.seasonal_trends' });
  });
});
