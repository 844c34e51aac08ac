import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CsvFile } from '../csv-file.ts';
import type {
  LayerLocation,
  LayerLocations,
  QueryOptions,
  RelationSpec,
  RowsSpec,
  Workspace,
  WorkspaceSpec,
} from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import { type ResultSet, singleNumber } from '../result-set.ts';
import { gatherRows, rowsFileSql, writeRowsFile } from '../rows-file.ts';
import { valuesStatement } from '../values-statement.ts';
import { copyCsv } from './copy-csv.ts';
import { addKeys, constraintStatements, indexStatements, type KeyedTable, referenceStatements } from './keys.ts';
import { dropSchema } from './remove.ts';
import type { Schemas } from './schemas.ts';
import type { SessionPool } from './session-pool.ts';
import { endsWithin } from './within.ts';

/** How long a server may take to remove what a run gives up. */
const DISCARD_MS = 20_000;

export interface PostgresWorkspaceOptions {
  readonly schemas: Schemas;
  readonly pool: SessionPool;
  /** The layers that readers see, to find carried ones among them. */
  readonly published: LayerLocations | undefined;
  /** @throws RunError once another run may be under way: what is built then could not be published. */
  readonly assertAlone: () => void;
  /** A private folder of the run for files on their way to the server. */
  readonly tempDir: string;
}

/** A server cuts longer names. */
const LONGEST_NAME = 63;

/** A run's private schemas, beside those that are published. */
export class PostgresWorkspace implements Workspace {
  readonly snapshotId: string;
  readonly #spec: WorkspaceSpec;
  readonly #options: PostgresWorkspaceOptions;
  readonly #keyed: KeyedTable[] = [];
  readonly #settling = new Map<Layer, Promise<PromiseSettledResult<void>>>();
  /** Aborted once nobody needs the keys any more that are still being made. */
  readonly #abandoned = new AbortController();
  #landings = 0;
  #landing: string | undefined;
  #share: number | undefined;
  #closed = false;

  constructor(spec: WorkspaceSpec, options: PostgresWorkspaceOptions) {
    this.snapshotId = spec.snapshotId;
    this.#spec = spec;
    this.#options = options;
  }

  relation(layer: Layer, name: string): string {
    const { schemas, published } = this.#options;
    const carried = this.#spec.carried[layer];
    const schema =
      carried === undefined
        ? schemas.side(layer, this.snapshotId)
        : schemas.where(layer, carried.snapshotId, published?.[layer]);
    return `${quotedIdentifier(schema)}.${quotedIdentifier(name)}`;
  }

  previousRelation(name: string): string {
    const { previousStaging } = this.#spec;
    if (previousStaging === undefined) throw new Error('this workspace was given no previous staging layer');
    const { schemas, published } = this.#options;
    const schema = schemas.where('staging', previousStaging.snapshotId, published?.staging);
    return `${quotedIdentifier(schema)}.${quotedIdentifier(name)}`;
  }

  async beside(layer: Layer, { snapshotId }: LayerLocation): Promise<(name: string) => string> {
    const { schemas, published } = this.#options;
    const schema = schemas.where(layer, snapshotId, published?.[layer]);
    return (name) => `${quotedIdentifier(schema)}.${quotedIdentifier(name)}`;
  }

  query(sql: string, options?: QueryOptions): Promise<ResultSet> {
    return this.#options.pool.use((session) => session.query(sql, options));
  }

  async execute(sql: string, options?: QueryOptions): Promise<void> {
    await this.#options.pool.use((session) => session.execute(sql, options));
  }

  async stageCsv(file: CsvFile, options?: QueryOptions): Promise<string> {
    await this.#dropLanding();
    const table = this.relation('staging', `load_${++this.#landings}`);
    this.#landing = table;
    await this.#copy(table, file, options);
    return table;
  }

  async createRelation(spec: RelationSpec, options?: QueryOptions): Promise<number> {
    const { layer, name, kind, sql, orderBy, keys } = spec;
    this.#options.assertAlone();
    const relation = this.relation(layer, name);
    if (kind === 'view') {
      await this.execute(`create view ${relation} as ${sql}`, options);
      return singleNumber(await this.query(`select count(*) from ${relation}`, options));
    }
    const order =
      orderBy.length === 0 ? '' : ` order by ${orderBy.map((column) => quotedIdentifier(column)).join(', ')}`;
    const { rowCount } = await this.#options.pool.use((session) =>
      session.execute(`create table ${relation} as select * from (${sql}\n) as model${order}`, options),
    );
    await this.#collate(layer, name);
    // Without statistics the next model's plan would be a guess.
    await this.execute(`analyze ${relation}`, options);
    if (keys !== undefined) this.#keyed.push({ layer, name, number: this.#keyed.length + 1, grain: orderBy, keys });
    return rowCount;
  }

  async createFromRows({ columns, rows, ...spec }: RowsSpec): Promise<number> {
    const gathered = gatherRows(rows);
    if ('few' in gathered) {
      return this.createRelation({ ...spec, kind: 'table', sql: valuesStatement(columns, gathered.few) });
    }
    const path = join(this.#options.tempDir, `${spec.layer}-${spec.name}.csv`);
    const table = this.relation(spec.layer, `rows_of_${spec.name}`.slice(0, LONGEST_NAME));
    try {
      await this.#copy(table, await writeRowsFile(path, { columns, rows: gathered.many }));
      return await this.createRelation({ ...spec, kind: 'table', sql: rowsFileSql(columns, table) });
    } finally {
      await rm(path, { force: true });
      await this.execute(`drop table if exists ${table}`);
    }
  }

  progress(): number | undefined {
    return this.#share;
  }

  /** Indexes are made while the checks read and the next layer is built; they become keys when all is read. */
  settle(layer: Layer): void {
    if (this.#settling.has(layer) || this.#spec.carried[layer] !== undefined) return;
    this.#settling.set(
      layer,
      Promise.allSettled([this.#makeIndexes(layer)]).then(([result]) => result),
    );
  }

  async seal(): Promise<LayerLocations> {
    for (const layer of this.#built) this.settle(layer);
    for (const settled of await Promise.all(this.#settling.values())) {
      if (settled.status === 'rejected') throw settled.reason;
    }
    const relationOf = ({ layer, name }: { readonly layer: Layer; readonly name: string }) =>
      this.relation(layer, name);
    const statements = [
      ...this.#keyed.flatMap((table) => constraintStatements(table, relationOf(table))),
      ...this.#keyed.flatMap((table) => referenceStatements(table, relationOf(table), relationOf)),
    ];
    await this.#options.pool.use((session) => addKeys(session, statements));
    await this.#close();
    const locate = (layer: Layer): LayerLocation =>
      this.#spec.carried[layer] ?? this.#options.schemas.location(layer, this.snapshotId);
    return { staging: locate('staging'), warehouse: locate('warehouse'), business: locate('business') };
  }

  async discard(): Promise<void> {
    this.#abandoned.abort();
    // A server that cannot be reached keeps the schemas; the next run removes them.
    await endsWithin(DISCARD_MS, this.#dropSchemas());
    await this.#close();
  }

  async #dropSchemas(): Promise<void> {
    await Promise.all(this.#settling.values());
    const { schemas } = this.#options;
    // Those of the run are closed if it was sealed, and one of them may still be told to cancel what it no longer does.
    const pool = this.#options.pool.another();
    try {
      await pool.use(async (session) => {
        for (const layer of this.#built.toReversed()) await dropSchema(session, schemas.side(layer, this.snapshotId));
      });
    } finally {
      await pool.close();
    }
  }

  get #built(): Layer[] {
    return LAYERS.filter((layer) => this.#spec.carried[layer] === undefined);
  }

  async #makeIndexes(layer: Layer): Promise<void> {
    if (layer === 'staging') await this.#dropLanding();
    const statements = this.#keyed
      .filter((table) => table.layer === layer)
      .flatMap((table) => indexStatements(table, this.relation(layer, table.name)));
    await this.#options.pool.use((session) => addKeys(session, statements, { signal: this.#abandoned.signal }));
  }

  async #copy(table: string, file: CsvFile, options?: QueryOptions): Promise<void> {
    const onShare = (share: number) => {
      this.#share = share;
    };
    try {
      await this.#options.pool.use((session) => copyCsv(session, table, file, onShare, options));
    } finally {
      this.#share = undefined;
    }
  }

  async #dropLanding(): Promise<void> {
    const landing = this.#landing;
    this.#landing = undefined;
    if (landing !== undefined) await this.execute(`drop table ${landing}`);
  }

  /** Texts sort by code point, as with every engine, whatever the database's own order is. */
  async #collate(layer: Layer, name: string): Promise<void> {
    const { rows } = await this.query(`
      select format('alter column %I type %s collate "C"', attname, format_type(atttypid, atttypmod))
      from pg_catalog.pg_attribute
      where attrelid = ${quotedString(this.relation(layer, name))}::regclass and attnum > 0 and attcollation <> 0
        and attcollation <> 'pg_catalog."C"'::regcollation
      order by attnum`);
    if (rows.length === 0) return;
    await this.execute(
      `alter table ${this.relation(layer, name)} ${rows.map(([change]) => String(change)).join(', ')}`,
    );
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#options.pool.close();
    await rm(this.#options.tempDir, { recursive: true, force: true }).catch(() => undefined); // The next run tries again.
  }
}
