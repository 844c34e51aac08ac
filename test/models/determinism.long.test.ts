import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { Connection } from '../../src/engines/duckdb/connection.ts';
import type { LayerLocations } from '../../src/engines/engine.ts';
import type { Layer } from '../../src/engines/layer.ts';
import { resolveServer } from '../../src/engines/postgres/server.ts';
import { Session } from '../../src/engines/postgres/session.ts';
import { toObjects } from '../../src/engines/result-set.ts';
import { LAYERS, type RowObject } from '../../src/index.ts';
import { compileModel } from '../../src/project/compile.ts';
import { relationsOf } from '../../src/project/relations.ts';
import { modelVariables } from '../../src/project/variables.ts';
import { DATABASE_VARIABLE, testEngine } from '../support/engines.ts';
import { inTextOrder } from '../support/in-text-order.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { randomSales, toRows } from '../support/random-sales.ts';
import { contentHashes, openShop, type Shop } from '../support/run-shop.ts';

/** Dates on both sides of summer time, of year ends and of a 29 February. */
const rows = [
  ...toRows(
    randomSales({ seed: 41, orders: 300, customers: 130, firstDate: '2023-03-20', days: 420, maxCents: 9_000 }),
  ),
  row('2023-02-30', 'C1', 'bad', '5.00'),
];

async function hashesOf(settings: Parameters<typeof openShop>[0], effects: Parameters<typeof openShop>[1] = {}) {
  await using shop = await openShop(settings, effects);
  await shop.load(rows);
  return await contentHashes(shop);
}

let expected: Record<string, string>;

beforeAll(async () => {
  expected = await hashesOf({ threads: 1 });
});

test('[M07] [C32] threads and memory limit change no published table', async () => {
  expect(Object.keys(expected).length).toBeGreaterThan(15);
  expect(await hashesOf({ threads: 2, maxConcurrentModels: 4 })).toEqual(expected);
  expect(await hashesOf({ threads: 8, memoryLimit: '200MB', maxConcurrentModels: 1 })).toEqual(expected);
});

test.each([
  { TZ: 'America/New_York', LANG: 'tr_TR.UTF-8', minutesWestOfUtc: 240 },
  { TZ: 'Asia/Kolkata', LANG: 'de_DE.UTF-8', minutesWestOfUtc: -330 },
  { TZ: 'Pacific/Kiritimati', LANG: 'C', minutesWestOfUtc: -840 },
])(
  '[M07][O32] a process with TZ $TZ and LANG $LANG publishes the same tables',
  async ({ TZ, LANG, minutesWestOfUtc }) => {
    const script = fileURLToPath(new URL('../support/print-hashes.ts', import.meta.url));
    const { PATH, TMPDIR, [DATABASE_VARIABLE]: database } = process.env;
    const env = { PATH, TMPDIR, [DATABASE_VARIABLE]: database, TZ, LANG, LC_ALL: LANG };
    const child = promisify(execFile)(process.execPath, [script], { env });
    child.child.stdin?.end(JSON.stringify(rows));
    const { stdout } = await child;
    const answer: unknown = JSON.parse(stdout);
    expect(answer).toEqual({ minutesWestOfUtc, hashes: expected });
  },
);

test('[O26] three runs over one file: the same tables, no row more, one published snapshot', async () => {
  await using shop = await openShop({ keepSnapshots: 2 });
  const file = await shop.write('orders1.csv', csvOf(rows));
  const summaries = [await shop.run([file]), await shop.run([file]), await shop.run([file])];
  expect(new Set(summaries.map(({ layers }) => layers.staging.rawRecords))).toEqual(new Set([rows.length]));
  expect(await contentHashes(shop)).toEqual(expected);
  const published = await shop.pipeline.engine.published();
  expect(published?.snapshotId).toBe(summaries[2]?.snapshotId);
  expect(await shop.pipeline.snapshots()).toHaveLength(2);
});

test('[O33] a clock that passes midnight, summer time and a year end during the run changes nothing', async () => {
  for (const start of ['2023-12-31T23:59:59.900Z', '2024-03-30T23:59:59.900Z']) {
    let reads = 0;
    const now = () => new Date(Date.parse(start) + 3_600_000 * reads++);
    expect(await hashesOf({}, { now })).toEqual(expected);
  }
});

test('[O33][O35] without an as-of date the last order date is today, with one it is that: also a 29 February', async () => {
  await using shop = await openShop();
  const summary = await shop.load(rows);
  const last = rows
    .map(({ date }) => date)
    .filter((date) => date !== '2023-02-30')
    .sort()
    .at(-1);
  expect(summary.asOf).toBe(last);
  expect(shop.events.find(({ type }) => type === 'as-of')).toEqual({ type: 'as-of', asOf: last, given: false });
  const old = await shop.load([row('2008-02-29', 'C1', '1', '5.00')]);
  expect(old.asOf).toBe('2008-02-29');
  const [today] = await shop.query('select days_since_last_order, customer_status from warehouse.dim_customer');
  expect(today).toMatchObject({ days_since_last_order: 0, customer_status: 'Active' });

  await using leap = await openShop({ asOf: '2024-02-29' });
  await leap.load(rows);
  const [window] = await leap.query(`
    select
      max(period_month) as last_month,
      bool_and(is_complete) as is_complete,
      (select max(full_date) from warehouse.dim_date) as calendar_end,
      (select max(full_date) from warehouse.agg_sales_daily) as daily_end
    from business.monthly_metrics`);
  expect(window).toMatchObject({
    last_month: '2024-02',
    is_complete: true,
    calendar_end: '2024-12-31',
    daily_end: '2024-02-29',
  });
});

/** A session on the published tables that plans statements in another way than the engine does. */
interface OtherPlans {
  /** The schema or the database of a layer. */
  place(layer: Layer): string;
  query(sql: string): Promise<RowObject[]>;
  close(): Promise<void> | void;
}

/** A second, plain DuckDB on the published files, without its optimizer. */
async function openUnoptimized({ pipeline }: Shop, layers: LayerLocations): Promise<OtherPlans> {
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await Connection.open(instance);
  for (const layer of LAYERS) {
    await connection.execute(`attach '${pipeline.config.dataDir}/${layers[layer].location}' as ${layer} (read_only)`);
  }
  await connection.execute('pragma disable_optimizer');
  return {
    place: (layer) => layer,
    query: async (sql) => toObjects(await connection.query(sql)),
    close: async () => {
      await connection.close();
      instance.closeSync();
    },
  };
}

/** Without hashing, indexes, parallel workers and any choice of the order of joins. */
async function openStubborn({ settings: { connection, schemaPrefix } }: Shop): Promise<OtherPlans> {
  const session = await Session.open(await resolveServer({ connection: connection ?? null, passwordFile: null }, {}), {
    applicationName: 'other plans',
    statementTimeoutSeconds: null,
    onConnect: `set enable_hashjoin = off; set enable_hashagg = off; set enable_indexscan = off; set enable_bitmapscan = off;
      set max_parallel_workers_per_gather = 0; set join_collapse_limit = 1; set from_collapse_limit = 1; set enable_memoize = off;`,
  });
  return {
    place: (layer) => `"${schemaPrefix}${layer}"`,
    query: async (sql) => toObjects(await session.query(sql)),
    close: () => session.close(),
  };
}

test('[M08] every model gives the same rows when statements are planned in another way', async () => {
  await using shop = await openShop();
  await shop.load(rows);
  const { models, order, engine } = await shop.pipeline.loadProject();
  const published = await shop.pipeline.engine.published();
  if (published === undefined) throw new Error('nothing is published');
  const open = { duckdb: openUnoptimized, postgres: openStubborn }[testEngine()];
  const { place, query, close } = await open(shop, published.layers);
  try {
    const relations = relationsOf({ models }, (layer, name) => `${place(layer)}."${name}"`);
    const vars = modelVariables(shop.pipeline.config, published);
    const compared: string[] = [];
    for (const name of order) {
      const model = models.get(name);
      if (model === undefined) continue;
      const stored = inTextOrder(await query(`select * from ${relations.model(name)}`));
      if (model.kind === 'sql') {
        const sql = compileModel(model, { engine, relation: relations.model, source: relations.source, vars });
        expect(inTextOrder(await query(`select * from (${sql}\n) as model`)), name).toEqual(stored);
      } else {
        const { columns, rows: made } = await model.run({
          engine,
          vars,
          query,
          assignments: () => [],
          ref: relations.model,
          published: relations.published,
          sqlOf: (other, inPlaceOf = {}) => {
            const asked = models.get(other);
            const relation = (one: string) => inPlaceOf[one] ?? relations.model(one);
            return asked?.kind === 'sql'
              ? compileModel(asked, { engine, relation, source: relations.source, vars })
              : other;
          },
        });
        const rowsMade = [...made].map((cells) => columns.map((_, position) => cells[position]));
        expect(inTextOrder(rowsMade), name).toEqual(inTextOrder(stored.map((one) => Object.values(one))));
      }
      compared.push(name);
    }
    expect(compared).toEqual(order);
  } finally {
    await close();
  }
});
