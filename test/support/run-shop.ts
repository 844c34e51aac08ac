import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Effects, systemEffects } from '../../src/effects.ts';
import { toObjects } from '../../src/engines/result-set.ts';
import {
  type ConfigSpec,
  Pipeline,
  type Reader,
  type RowObject,
  type RunEvent,
  type RunOptions,
  type RunSummary,
} from '../../src/index.ts';
import { inTextOrder } from './in-text-order.ts';
import { csvOf, type SaleRow } from './make-shop.ts';
import { dropEngineData, engineSettings } from './postgres/test-database.ts';

/** A data folder of its own in a temporary folder, removed at the end of the block. */
export interface Shop extends AsyncDisposable {
  readonly folder: string;
  /** What the pipeline was opened with: for another one over the same data. */
  readonly settings: ConfigSpec & { readonly dataDir: string };
  readonly pipeline: Pipeline;
  /** What the last run reported while it was under way. */
  readonly events: readonly RunEvent[];
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Runs over files by path. */
  run(files: readonly string[], options?: RunOptions): Promise<RunSummary>;
  /** Writes the rows to one file and runs over it. */
  load(rows: readonly SaleRow[], options?: RunOptions): Promise<RunSummary>;
  /** Asks the published layers. */
  query(sql: string): Promise<RowObject[]>;
}

/** On the engine of the vitest project. Settings come from `settings` alone: no environment, no config file. */
export async function openShop(settings: ConfigSpec = {}, effects: Partial<Effects> = {}): Promise<Shop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'shop-')));
  const dataDir = settings.dataDir ?? join(folder, 'data');
  const all = { ...engineSettings(folder), ...settings, dataDir };
  const pipeline = await Pipeline.open({
    settings: all,
    effects: { ...systemEffects(), env: {}, cwd: folder, ...effects },
  });
  const events: RunEvent[] = [];
  let reader: Reader | undefined;
  let files = 0;
  const closeReader = async () => {
    await reader?.close();
    reader = undefined;
  };
  const write = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  const run = async (paths: readonly string[], options: RunOptions = {}) => {
    await closeReader();
    events.length = 0;
    return pipeline.run(paths, { ...options, listener: (event) => events.push(event) });
  };
  return {
    folder,
    settings: all,
    pipeline,
    events,
    write,
    run,
    load: async (rows, options) => run([await write(`orders${++files}.csv`, csvOf(rows))], options),
    query: async (sql) => {
      reader ??= await pipeline.openReader();
      return toObjects(await reader.query(sql));
    },
    [Symbol.asyncDispose]: async () => {
      await closeReader();
      await dropEngineData(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The rows of every published table, by `layer.table`, in an order that depends on their content alone. */
export async function readTables(shop: Pick<Shop, 'pipeline' | 'query'>): Promise<Map<string, RowObject[]>> {
  const published = await shop.pipeline.engine.published();
  const tables = new Map<string, RowObject[]>();
  for (const name of Object.keys(published?.rowCounts ?? {}).sort()) {
    tables.set(name, inTextOrder(await shop.query(`select * from ${name}`)));
  }
  return tables;
}

/** SHA-256 of the content of every published table, by `layer.table`. */
export async function contentHashes(shop: Pick<Shop, 'pipeline' | 'query'>): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, rows] of await readTables(shop)) {
    hashes[name] = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  }
  return hashes;
}

/** The error that `action` ends in; fails the test when it succeeds or throws something else. */
export async function errorOf<E extends Error>(kind: abstract new (...args: never[]) => E, action: Promise<unknown>) {
  const outcome: unknown = await action.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (outcome instanceof kind) return outcome;
  throw new Error(`expected a ${kind.name}`, { cause: outcome });
}
