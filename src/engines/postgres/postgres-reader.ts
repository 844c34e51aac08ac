import { UsageError } from '../../errors.ts';
import type { QueryOptions, Reader, SnapshotManifest } from '../engine.ts';
import type { Layer } from '../layer.ts';
import type { ParquetColumn } from '../parquet-file.ts';
import { QueryError } from '../query-error.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import type { ResultSet } from '../result-set.ts';
import { missingLayer } from './catalog.ts';
import { postgresCode } from './explain-error.ts';
import { reads, withSchemas } from './layer-names.ts';
import { parquetColumns } from './parquet-types.ts';
import type { Schemas } from './schemas.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

export interface PostgresReaderOptions {
  readonly manifest: SnapshotManifest;
  readonly schemas: Schemas;
  readonly pool: SessionPool;
  readonly defaultLayer: Layer | undefined;
}

/**
 * One snapshot, read-only. Each statement looks up where the snapshot's layers are at that moment and keeps them from
 * moving until it is done, so that a run may publish meanwhile and this reader still sees what it was opened for.
 */
export class PostgresReader implements Reader {
  readonly snapshotId: string;
  readonly #options: PostgresReaderOptions;
  #closed = false;

  constructor(options: PostgresReaderOptions) {
    this.snapshotId = options.manifest.snapshotId;
    this.#options = options;
  }

  async query(sql: string, options?: QueryOptions): Promise<ResultSet> {
    assertReads(sql);
    return this.#options.pool.use(async (session) => {
      try {
        const located = await this.#begin(session, sql);
        return await session.query(located, options).catch(refusal);
      } finally {
        await end(session);
      }
    });
  }

  async *stream(sql: string, options?: QueryOptions): AsyncIterable<ResultSet> {
    assertReads(sql);
    const session = await this.#options.pool.take();
    try {
      try {
        const located = await this.#begin(session, sql);
        yield* session.stream(located, options);
      } catch (error) {
        refusal(error);
      } finally {
        await end(session);
      }
    } finally {
      await this.#options.pool.giveBack(session);
    }
  }

  async writeParquet(sql: string, path: string): Promise<void> {
    const { writeParquetFile } = await import('../parquet-file.ts');
    await writeParquetFile(this.stream(sql), await this.#parquetColumns(sql), path);
  }

  /** The client changes nothing. */
  exactText(column: string): string {
    return column;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#options.pool.close();
  }

  /** @throws DamagedError when a layer is not there. */
  async assertThere(): Promise<void> {
    await this.#options.pool.use(async (session) => {
      try {
        await this.#begin(session, '');
      } finally {
        await end(session);
      }
    });
  }

  #parquetColumns(sql: string): Promise<ParquetColumn[]> {
    assertReads(sql);
    return this.#options.pool.use(async (session) => {
      try {
        const located = await this.#begin(session, sql);
        const empty = `select * from (${located}\n) as described limit 0`;
        const { fields } = await session.withClient(empty, {}, (client) => client.query(empty));
        return parquetColumns(fields);
      } finally {
        await end(session);
      }
    });
  }

  /** Begins the statement's transaction; returns the statement with the schemas that hold the layers now. */
  async #begin(session: Session, sql: string): Promise<string> {
    const { manifest, schemas, defaultLayer } = this.#options;
    await session.execute('begin read only');
    // The lock on this table, which goes with the transaction, is what publishing waits for.
    const { rows } = await session.query(`
      select
        (select manifest from ${schemas.snapshots} where is_published),
        (select string_agg(nspname, chr(10)) from pg_catalog.pg_namespace)`);
    const [published, names] = rows[0] ?? [];
    const layers = publishedLayers(published);
    const present = new Set(String(names).split('\n'));
    const schemaOf = (layer: Layer): string => {
      const { snapshotId } = manifest.layers[layer];
      const schema = schemas.where(layer, snapshotId, layers[layer]);
      if (present.has(schema)) return schema;
      throw missingLayer(layer, snapshotId);
    };
    if (sql === '') {
      for (const layer of ['staging', 'warehouse', 'business'] as const) schemaOf(layer);
      return '';
    }
    if (defaultLayer !== undefined) {
      await session.execute(`set local search_path = ${quotedIdentifier(schemaOf(defaultLayer))}`);
    }
    return withSchemas(sql, schemaOf);
  }
}

type PublishedLayers = Partial<Record<Layer, { readonly snapshotId: string }>>;

/** Only which snapshots the published layers are of; nothing where that cannot be told. */
function publishedLayers(manifest: unknown): PublishedLayers {
  if (typeof manifest !== 'string') return {};
  try {
    const parsed: { layers?: PublishedLayers } = JSON.parse(manifest);
    return parsed.layers ?? {};
  } catch {
    return {};
  }
}

async function end(session: Session): Promise<void> {
  if (!session.isLost) await session.execute('rollback').catch(() => undefined);
}

function assertReads(sql: string): void {
  if (reads(sql)) return;
  throw new UsageError(`${quotedString(sql.trim().split(/\s/)[0] ?? '')} begins no statement that reads`, {
    remedy: 'published data is read-only: write a select',
  });
}

/** `read_only_sql_transaction` */
const WRITES = '25006';

/** Says what a statement of somebody else may not do, where the server's words would mislead. */
function refusal(error: unknown): never {
  if (error instanceof QueryError && /multiple commands/.test(error.message)) {
    throw new UsageError('several statements where one is allowed', { remedy: 'run them one by one', cause: error });
  }
  if (error instanceof Error && postgresCode(error.cause) === WRITES) {
    throw new UsageError('the statement would write', {
      remedy: 'published data is read-only: write a select',
      cause: error,
    });
  }
  throw error;
}
