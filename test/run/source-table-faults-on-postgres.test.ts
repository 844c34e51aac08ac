import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/errors.ts';
import { TEST_ENGINES } from '../support/engines.ts';
import { type Link, Network } from '../support/postgres/network.ts';
import { databaseUrl, findTable, openSourceShop, sql, temporaryFiles } from '../support/postgres/source-tables.ts';
import { contentHashes, errorOf, type Shop } from '../support/run-shop.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SMALL = 'date,customer,order,amount\n2024-01-01,a,1,5\n';
/** More megabytes than networks hold back, so that the copy is under way for a while. */
const ROWS = 100_000;

beforeAll(async () => {
  await sql(`create schema shop;
    create table shop.large (order_id int primary key, order_date date, customer_id text, sales numeric(8, 2));
    insert into shop.large
      select n, date '2024-01-01' + n % 300, repeat(md5(n::text), 5), n % 90 + 1 from generate_series(1, ${ROWS}) as n`);
});

/** Sessions that read a table at the moment. */
async function reading(): Promise<number> {
  const [row] = await sql(
    `select count(*) as n from pg_stat_activity
     where application_name = 'marketing-pipeline source' and datname = current_database()`,
  );
  return Number(row?.n);
}

/** Runs over the large table and does something once rows have come. */
async function runAndAct(shop: Shop, act: () => void, signal?: AbortSignal) {
  let acted = false;
  return shop.pipeline.run([], {
    sourceTables: ['shop.large'],
    ...(signal === undefined ? {} : { signal }),
    listener: (event) => {
      if (event.type !== 'step-progress' || event.detail?.startsWith('reading, ') !== true || acted) return;
      acted = true;
      act();
    },
  });
}

describe.each(TEST_ENGINES)('while a table is read for %s', (engine) => {
  test('the connection is lost: the run fails, and what was published stays', async () => {
    await using network = await Network.open(databaseUrl());
    await using shop = await openSourceShop(engine, { connection: network.url(databaseUrl()) });
    await shop.run([await shop.write('small.csv', SMALL)]);
    const before = await contentHashes(shop);
    let copying: Link | undefined;
    void network.at(/copy \(select/, (link) => {
      copying = link;
    });
    const error = await errorOf(
      RunError,
      runAndAct(shop, () => copying?.cut()),
    );
    expect(error.message).toMatch(/^the connection to postgres:.* was lost/);
    expect(await contentHashes(shop)).toEqual(before);
    expect((await temporaryFiles(shop)).filter((name) => name.endsWith('.csv'))).toEqual([]);
  });

  test('the user cancels: nothing is published, no file and no session is left', async () => {
    await using shop = await openSourceShop(engine);
    const controller = new AbortController();
    await errorOf(
      CancelledError,
      runAndAct(shop, () => controller.abort(), controller.signal),
    );
    expect(await shop.pipeline.engine.published()).toBeUndefined();
    expect((await temporaryFiles(shop)).filter((name) => name.endsWith('.csv'))).toEqual([]);
    await expect.poll(reading).toBe(0);
  });
});

test('an empty table is an error, and what was published stays', async () => {
  await sql('create table shop.empty (order_id int, order_date date, customer_id text, sales numeric)');
  await using shop = await openSourceShop('duckdb');
  await shop.run([await shop.write('small.csv', SMALL)]);
  const error = await errorOf(InputError, shop.run([], { sourceTables: ['shop.empty'] }));
  expect(error.message).toBe('no rows in shop.empty: the table is empty');
  expect(await shop.query('select count(*) as n from warehouse.fact_sales')).toEqual([{ n: 1 }]);
});

test('rows are those of one moment: what is deleted and added while they are copied changes nothing', async () => {
  await sql(`create table shop.moving as select * from shop.large`);
  const table = await findTable('shop.moving');
  const path = join(temporaryFolder(), 'copy.csv');
  const changes: Promise<unknown>[] = [];
  const { rowCount } = await table.copyTo(path, {
    onBytes: () => {
      if (changes.length > 0) return;
      changes.push(sql(`delete from shop.moving; insert into shop.moving values (-1, '2030-01-01', 'new', 1)`));
    },
  });
  await Promise.all(changes);
  expect(changes).toHaveLength(1);
  expect(rowCount).toBe(ROWS);
  const copy = await readFile(path, 'utf8');
  expect(copy.split('\n')).toHaveLength(ROWS + 2);
  expect(copy).not.toContain('2030-01-01');
});

test('nothing is written to the server, not by a view that tries to', async () => {
  await sql(`create table shop.log (n int);
    create function shop.writes() returns int language sql volatile as 'insert into shop.log values (1) returning n';
    create view shop.writing as select shop.writes() as order_id`);
  const table = await findTable('shop.writing');
  await errorOf(RunError, table.copyTo(join(temporaryFolder(), 'copy.csv')));
  expect(await sql('select count(*)::int as n from shop.log')).toEqual([{ n: 0 }]);
});

test('a copy is readable by its owner only, and never takes the place of a file', async () => {
  const { stat, writeFile } = await import('node:fs/promises');
  const table = await findTable('shop.large', databaseUrl());
  const path = join(temporaryFolder(), 'copy.csv');
  await table.copyTo(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'mine');
  await errorOf(RunError, table.copyTo(path));
  expect(await readFile(path, 'utf8')).toBe('mine');
});
