import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CancelledError,
  type ExportOptions,
  type ExportResult,
  InputError,
  RunError,
  UsageError,
} from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';

const NAUGHTY = ['=1+1', '+49', '-7', '@cmd', '＝1', 'a,b', 'say "hi"', '007', "O'Hara", 'é', 'null', '{"a":1}'];

const ROWS = [
  row('2024-01-05', 'c1', 'o1', '10.00'),
  row('2024-01-05', 'c2', 'o2', '0.10'),
  row('2024-02-10', 'c1', 'o3', '19.99'),
  row('2024-03-01', 'c1', 'o3', '-5.00'),
  row('2024-03-02', 'c3', 'o4', '9999999.99'),
  ...NAUGHTY.map((id, position) => row('2024-03-03', id, `n${position}`, `${position + 1}.25`)),
  row('bad', 'c4', 'o5', '1.00'),
];

let shop: Shop;
let run = 0;

async function write(options: ExportOptions = {}): Promise<ExportResult & { read(name: string): Promise<string> }> {
  const outDir = options.outDir ?? join(shop.folder, `out${++run}`);
  const result = await shop.pipeline.export({ ...options, outDir });
  return { ...result, read: (name) => readFile(join(outDir, name), 'utf8') };
}

function sqlite(outDir: string, layer: string): DatabaseSync {
  return new DatabaseSync(join(outDir, `${layer}.db`), { readOnly: true });
}

beforeAll(async () => {
  shop = await openShop({ maxRejectedShare: 1 });
  await shop.load(ROWS);
});

afterAll(() => shop[Symbol.asyncDispose]());

describe('which tables', () => {
  test('everything by default, with the rows that were published', async () => {
    const published = await shop.pipeline.engine.published();
    const { files } = await write();
    expect(Object.fromEntries(files.flatMap(({ tables }) => tables.map((one) => [one.table, one.rows])))).toEqual(
      published?.rowCounts,
    );
    expect(files.map(({ name }) => name)).toContain('monthly_metrics.csv');
  });

  test('a table by its name, with its layer, and a layer; each table once', async () => {
    const names = (result: ExportResult) => result.files.map(({ name }) => name);
    expect(names(await write({ tables: ['monthly_metrics'] }))).toEqual(['monthly_metrics.csv']);
    expect(names(await write({ tables: ['business.monthly_metrics', 'monthly_metrics'] }))).toEqual([
      'monthly_metrics.csv',
    ]);
    expect(names(await write({ tables: ['warehouse'] })).sort()).toEqual([
      'agg_purchase_days.csv',
      'agg_sales_daily.csv',
      'dim_customer.csv',
      'dim_date.csv',
      'dim_order.csv',
      'fact_sales.csv',
    ]);
  });

  test('a name that is not published is refused with the nearest one, before anything is written', async () => {
    const outDir = join(shop.folder, 'never');
    const error = await errorOf(UsageError, shop.pipeline.export({ tables: ['monthly_metrix'], outDir }));
    expect(error.message).toBe('"monthly_metrix" is not a published table or layer (did you mean "monthly_metrics"?)');
    expect(existsSync(outDir)).toBe(false);
  });

  test('before the first run there is nothing to export', async () => {
    const empty = await openShop();
    await errorOf(InputError, empty.pipeline.export());
    await empty[Symbol.asyncDispose]();
  });
});

describe('csv', () => {
  test('[S23] ids become text for a spreadsheet, amounts stay numbers', async () => {
    const { read } = await write({ tables: ['stg_sales_clean'] });
    const text = await read('stg_sales_clean.csv');
    expect(text).toContain("\n2024-03-03,'=1+1,n0,1.25,");
    expect(text).toContain("\n2024-03-03,'-7,n2,3.25,");
    expect(text).toContain("\n2024-03-03,'＝1,n4,");
    expect(text).toContain('\n2024-03-01,c1,o3,-5.00,');
    expect(text).not.toContain('\r');
  });

  test('[S24] an exact export, loaded again, gives the same customers and money', async () => {
    const { outDir } = await write({ tables: ['stg_sales_clean'], exact: true });
    const again = await openShop();
    const lines = (await readFile(join(outDir, 'stg_sales_clean.csv'), 'utf8')).split('\n');
    const renamed = [
      lines[0]?.replace('order_date,customer_id,order_id,sales_amount', 'Date,Customer ID,Order ID,Sales'),
    ];
    const file = await again.write('again.csv', [...renamed, ...lines.slice(1)].join('\n'));
    await again.run([file]);
    const sql =
      'select customer_id, order_id, order_date, sales_amount from staging.stg_sales_clean order by source_row';
    expect(await again.query(sql)).toEqual(await shop.query(sql));
    await again[Symbol.asyncDispose]();
  });
});

describe('json', () => {
  test('one object a line, money digit by digit', async () => {
    const { read } = await write({ tables: ['monthly_metrics'], format: 'json' });
    const lines = (await read('monthly_metrics.jsonl')).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('"total_sales":10.10');
    expect(lines.map((line) => JSON.parse(line).period_month)).toEqual(['2024-01', '2024-02', '2024-03']);
  });
});

describe('parquet', () => {
  test('DuckDB reads back what is published', async () => {
    const { outDir } = await write({ tables: ['fact_sales'], format: 'parquet' });
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const reader = await connection.runAndReadAll(
      `select cast(sum(sales_amount) as varchar) as total, count(*) as n from '${join(outDir, 'fact_sales.parquet')}'`,
    );
    connection.closeSync();
    const [published] = await shop.query(
      'select cast(sum(sales_amount) as varchar) as total, count(*) as n from warehouse.fact_sales',
    );
    expect(reader.getRowObjectsJson()).toEqual([{ total: published?.total, n: String(published?.n) }]);
  });
});

describe('sqlite', () => {
  test('three databases whose money is the same to the cent, and computes and sorts as numbers', async () => {
    const { outDir, files } = await write({ format: 'sqlite' });
    expect(files.map(({ name }) => name)).toEqual(['staging.db', 'warehouse.db', 'business.db']);
    const database = sqlite(outDir, 'warehouse');
    const amounts = database
      .prepare("select customer_id, printf('%.2f', total_spent) as spent from dim_customer order by total_spent desc")
      .all()
      .map((one) => ({ ...one }));
    expect(amounts[0]).toEqual({ customer_id: 'c3', spent: '9999999.99' });
    const published = await shop.query(
      'select customer_id, cast(total_spent as varchar) as spent from warehouse.dim_customer order by customer_id',
    );
    expect(amounts.sort((a, b) => (String(a.customer_id) < String(b.customer_id) ? -1 : 1))).toEqual(
      published.map((one) => ({ ...one })).sort((a, b) => (String(a.customer_id) < String(b.customer_id) ? -1 : 1)),
    );
    expect(database.prepare('select typeof(customer_key) as t from dim_customer limit 1').get()?.t).toBe('integer');
    database.close();
  });

  test('types are integer, numeric, text and 0 or 1; ids keep leading zeros; integer keys keep all digits', async () => {
    const { outDir } = await write({ format: 'sqlite', tables: ['warehouse'] });
    const database = sqlite(outDir, 'warehouse');
    const types = Object.fromEntries(
      database
        .prepare("select name, type from pragma_table_info('dim_order')")
        .all()
        .map((one) => [one.name, one.type]),
    );
    expect(types).toMatchObject({
      order_key: 'INTEGER',
      order_id: 'TEXT',
      order_date: 'TEXT',
      order_amount: 'NUMERIC',
      is_return: 'INTEGER',
    });
    expect(database.prepare("select order_date, is_return from dim_order where order_id = 'o1'").get()).toEqual({
      order_date: '2024-01-05',
      is_return: 0,
    });
    expect(database.prepare("select count(*) as n from dim_customer where customer_id = '007'").get()?.n).toBe(1);
    const statement = database.prepare('select customer_id, customer_key from dim_customer order by customer_id');
    statement.setReadBigInts(true);
    const keys = Object.fromEntries(statement.all().map((one) => [one.customer_id, String(one.customer_key)]));
    const published = await shop.query(
      'select customer_id, cast(customer_key as varchar) as k from warehouse.dim_customer',
    );
    expect(keys).toEqual(Object.fromEntries(published.map((one) => [String(one.customer_id), one.k])));
    database.close();
  });

  test('the grain is the primary key, other keys have indexes', async () => {
    const { outDir } = await write({ format: 'sqlite' });
    const database = sqlite(outDir, 'warehouse');
    const primaryKey = (table: string) =>
      database
        .prepare('select name from pragma_table_info(?) where pk > 0 order by pk')
        .all(table)
        .map(({ name }) => name);
    expect(primaryKey('dim_customer')).toEqual(['customer_id']);
    expect(primaryKey('dim_date')).toEqual(['date_id']);
    expect(primaryKey('fact_sales')).toEqual(['order_key', 'date_id', 'is_return']);
    const plan = database.prepare('explain query plan select * from fact_sales where date_id = 20240105').all();
    expect(JSON.stringify(plan)).toContain('SEARCH');
    const byKey = database.prepare('explain query plan select * from dim_customer where customer_key = 1').all();
    expect(JSON.stringify(byKey)).toContain('SEARCH');
    database.close();
    const staging = sqlite(outDir, 'staging');
    expect(staging.prepare("select count(*) as n from pragma_table_info('stg_sales_raw') where pk > 0").get()?.n).toBe(
      2,
    );
    staging.close();
  });

  test('an amount with more digits than a REAL keeps makes its column text, exact to the cent', async () => {
    const rich = await openShop();
    await rich.load([row('2024-01-05', 'c1', 'o1', '12345678901234.56'), row('2024-01-06', 'c2', 'o2', '1.10')]);
    const { outDir } = await rich.pipeline.export({ format: 'sqlite', tables: ['fact_sales', 'dim_order'] });
    const database = sqlite(outDir, 'warehouse');
    const amounts = database
      .prepare('select sales_amount, typeof(sales_amount) as t from fact_sales order by date_id')
      .all();
    expect(amounts).toEqual([
      { sales_amount: '12345678901234.56', t: 'text' },
      { sales_amount: '1.10', t: 'text' },
    ]);
    database.close();
    await rich[Symbol.asyncDispose]();
  });
});

describe('files', () => {
  test('the manifest says snapshot, as-of date, rows and SHA-256 of every file', async () => {
    const { read, files, outDir, snapshotId } = await write();
    const manifest = JSON.parse(await read('manifest.json'));
    expect(manifest).toMatchObject({ snapshotId, asOf: '2024-03-03', format: 'csv', files });
    for (const { name, sha256, bytes } of files) {
      const content = await readFile(join(outDir, name));
      expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
    }
  });

  test.skipIf(process.platform === 'win32')(
    '[S36] files are 0600 and the folder 0700, whatever the umask',
    async () => {
      const before = process.umask(0);
      try {
        for (const format of ['csv', 'json', 'parquet', 'sqlite'] as const) {
          const { outDir } = await write({ format });
          for (const name of await readdir(outDir)) {
            expect([name, ((await stat(join(outDir, name))).mode & 0o777).toString(8)]).toEqual([name, '600']);
          }
          expect(((await stat(outDir)).mode & 0o777).toString(8)).toBe('700');
        }
      } finally {
        process.umask(before);
      }
    },
  );

  test('the same snapshot exported twice gives the same bytes', async () => {
    for (const format of ['csv', 'json', 'parquet', 'sqlite'] as const) {
      const [first, second] = [await write({ format }), await write({ format })];
      expect(second.files).toEqual(first.files);
    }
  });

  test('an export replaces its own files and leaves others alone', async () => {
    const { outDir } = await write({ tables: ['dim_date', 'monthly_metrics'] });
    await writeFile(join(outDir, 'notes.txt'), 'mine');
    await write({ tables: ['monthly_metrics'], outDir });
    expect((await readdir(outDir)).sort()).toEqual([
      'dim_date.csv',
      'manifest.json',
      'monthly_metrics.csv',
      'notes.txt',
    ]);
  });

  test('all tables are of one snapshot, though another one is published meanwhile', async () => {
    const other = await openShop();
    await other.load([row('2024-01-05', 'c1', 'o1', '10.00')]);
    const before = await other.pipeline.engine.published();
    let second: Promise<unknown> | undefined;
    const result = await other.pipeline.export({
      onProgress: () => {
        second ??= other.load([row('2024-01-05', 'c1', 'o1', '10.00'), row('2024-01-06', 'c2', 'o2', '10.00')]);
      },
    });
    await second;
    expect((await other.pipeline.engine.published())?.snapshotId).not.toBe(before?.snapshotId);
    expect(result.snapshotId).toBe(before?.snapshotId);
    expect(await readFile(join(result.outDir, 'stg_sales_clean.csv'), 'utf8')).not.toContain('c2');
    expect(await readFile(join(result.outDir, 'customer_segments.csv'), 'utf8')).not.toContain('c2');
    await other[Symbol.asyncDispose]();
  });
});

describe('what goes wrong', () => {
  test('[O11] a cancelled export leaves no file, and earlier files as they were', async () => {
    const { outDir, read } = await write({ tables: ['monthly_metrics'] });
    const before = await read('monthly_metrics.csv');
    for (const format of ['csv', 'sqlite', 'parquet'] as const) {
      const controller = new AbortController();
      const cancelled = shop.pipeline.export({
        format,
        outDir,
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      await errorOf(CancelledError, cancelled);
    }
    expect((await readdir(outDir)).sort()).toEqual(['manifest.json', 'monthly_metrics.csv']);
    expect(await read('monthly_metrics.csv')).toBe(before);
  });

  test('[O19] a folder that cannot be made is named before any work', async () => {
    const file = await shop.write('a-file', 'x');
    const error = await errorOf(RunError, shop.pipeline.export({ outDir: join(file, 'out') }));
    expect(error.message).toContain(`${join(file, 'out')} cannot be written`);
    expect(error.remedy.join()).toContain('--out');
  });

  test('the folders of the published data and of foreign manifests are refused', async () => {
    const { snapshotId = '' } = (await shop.pipeline.engine.published()) ?? {};
    const snapshot = join(shop.pipeline.config.dataDir, 'snapshots', snapshotId);
    for (const outDir of [snapshot, join(shop.pipeline.config.dataDir, 'snapshots')]) {
      const error = await errorOf(UsageError, shop.pipeline.export({ outDir }));
      expect(error.message).toContain('holds the published data itself');
    }
    const site = join(shop.folder, 'site');
    await mkdir(site);
    await writeFile(join(site, 'manifest.json'), '{"name":"my site"}');
    await errorOf(UsageError, shop.pipeline.export({ outDir: site }));
    expect(await readdir(site)).toEqual(['manifest.json']);
  });

  test('an unfinished folder of a killed export is removed by the next one, that of a living one is not', async () => {
    const { outDir } = await write({ tables: ['monthly_metrics'] });
    const killed = join(outDir, '.unfinished-export-0123456789ab');
    await mkdir(killed);
    await writeFile(join(killed, 'pipeline.lock'), '');
    await writeFile(join(killed, 'half.csv'), 'x');
    const young = join(outDir, '.unfinished-export-ba9876543210');
    await mkdir(young);
    await write({ tables: ['monthly_metrics'], outDir });
    expect([existsSync(killed), existsSync(young)]).toEqual([false, true]);
  });
});
