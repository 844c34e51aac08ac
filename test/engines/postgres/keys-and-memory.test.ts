import { describe, expect, test } from 'vitest';
import { buildSettings } from '../../../src/engines/postgres/build-settings.ts';
import { resolveServer } from '../../../src/engines/postgres/server.ts';
import { Session } from '../../../src/engines/postgres/session.ts';
import { singleValue } from '../../../src/engines/result-set.ts';
import { row } from '../../support/make-shop.ts';
import { openPlace } from '../../support/postgres/place.ts';
import { openShop } from '../../support/run-shop.ts';

describe('published tables on a server', () => {
  test('have primary keys, foreign keys that hold, indexes and statistics', async () => {
    await using shop = await openShop();
    await shop.load([row('2024-01-05', 'ada', '1', '10.00'), row('2024-02-05', 'bob', '2', '5.50')]);
    const keys = await shop.query(`
      select namespace.nspname || '.' || relation.relname as table_name, contype as kind, convalidated as holds,
        pg_get_constraintdef(constraints.oid) as definition
      from pg_catalog.pg_constraint as constraints
      inner join pg_catalog.pg_class as relation on relation.oid = constraints.conrelid
      inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
      where namespace.nspname like '${shop.pipeline.config.schemaPrefix.replaceAll('_', '\\_')}%'`);
    const withoutPrefix = keys.map((key) => ({
      kind: key.kind,
      table: String(key.table_name).replace(shop.pipeline.config.schemaPrefix, ''),
      definition: String(key.definition).replaceAll(shop.pipeline.config.schemaPrefix, ''),
    }));
    const of = (table: string, kind: string) =>
      withoutPrefix
        .filter((key) => key.table === table && key.kind === kind)
        .map(({ definition }) => definition)
        .sort();
    expect(of('warehouse.dim_customer', 'p')).toEqual(['PRIMARY KEY (customer_id)']);
    expect(of('warehouse.dim_customer', 'u')).toEqual(['UNIQUE (customer_key)']);
    expect(of('warehouse.fact_sales', 'p')).toEqual(['PRIMARY KEY (order_key, date_id, is_return)']);
    expect(of('warehouse.fact_sales', 'f')).toEqual([
      'FOREIGN KEY (customer_key) REFERENCES warehouse.dim_customer(customer_key)',
      'FOREIGN KEY (date_id) REFERENCES warehouse.dim_date(date_id)',
      'FOREIGN KEY (order_key) REFERENCES warehouse.dim_order(order_key)',
    ]);
    expect(of('business.customer_segments', 'f')).toEqual([
      'FOREIGN KEY (customer_id) REFERENCES warehouse.dim_customer(customer_id)',
    ]);
    expect(keys.every(({ holds }) => holds === true)).toBe(true);
    const [facts] = await shop.query(`
      select relhasindex as is_indexed, reltuples as rows_known,
        (select count(*) from pg_catalog.pg_index where indrelid = relation.oid) as indexes
      from pg_catalog.pg_class as relation
      where relation.oid = '${shop.pipeline.config.schemaPrefix}warehouse.fact_sales'::regclass`);
    expect(facts).toMatchObject({ is_indexed: true, rows_known: 2, indexes: 3 });
  });

  test('a layer that is built anew refers to one that is taken over', async () => {
    await using shop = await openShop();
    await shop.load([row('2024-01-05', 'ada', '1', '10.00')]);
    await shop.run([], { skipLayers: ['staging', 'warehouse'] });
    const [count] = await shop.query(`
      select count(*) as n from pg_catalog.pg_constraint
      where contype = 'f' and confrelid = '${shop.pipeline.config.schemaPrefix}warehouse.dim_customer'::regclass
        and conrelid = '${shop.pipeline.config.schemaPrefix}business.customer_segments'::regclass`);
    expect(count).toEqual({ n: 1 });
  });
});

describe('the memory of a server', () => {
  const limits = { threads: null, memoryLimit: null, maxConcurrentModels: 2 };

  async function settingsWith(onConnect: string, before = ''): Promise<Record<string, unknown>> {
    const server = await resolveServer({ connection: openPlace().url, passwordFile: null }, {});
    const session = await Session.open(server, {
      applicationName: 'test',
      statementTimeoutSeconds: null,
      onConnect: `${before} ${onConnect}`,
    });
    const ask = async (name: string) => singleValue(await session.query(`select current_setting('${name}')`));
    try {
      return {
        work: await ask('work_mem'),
        maintenance: await ask('maintenance_work_mem'),
        parallel: await ask('max_parallel_workers_per_gather'),
      };
    } finally {
      await session.close();
    }
  }

  test('is raised to a little room for sorting, and never lowered, where nothing is said', async () => {
    expect(await settingsWith(buildSettings(limits), `set work_mem = '4MB';`)).toMatchObject({ work: '64MB' });
    expect(await settingsWith(buildSettings(limits), `set work_mem = '256MB';`)).toMatchObject({ work: '256MB' });
  });

  test('is divided among the sessions and what their plans do at once, where a limit is given', async () => {
    const found = await settingsWith(buildSettings({ ...limits, memoryLimit: '1.024GB', threads: 1 }));
    expect(found).toEqual({ work: '125MB', maintenance: '125MB', parallel: '0' });
    const small = await settingsWith(buildSettings({ ...limits, memoryLimit: '1MB', maxConcurrentModels: 16 }));
    expect(small).toMatchObject({ work: '1MB', maintenance: '1MB' });
  });
});
