import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../errors.ts';
import { quotedIdentifier } from '../quote.ts';
import type { CopyOptions, SourceTable, TableColumn, TableCopy } from '../source-table.ts';
import { explained, isSystemError } from '../system-error.ts';
import { loadCopyStreams } from './driver.ts';
import type { Server } from './server.ts';
import { Session, type SessionOptions } from './session.ts';

export interface PostgresTable {
  /** As SQL names it. */
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  readonly server: Server;
  readonly session: SessionOptions;
}

/** What is described, and what is copied, is the same table at the same moment; it cannot be altered in between. */
const BEGIN = 'begin transaction isolation level repeatable read read only';

/** Columns of the primary key in their order; none where tables that inherit from this one may repeat its keys. */
const KEY = `
select a.attname
from pg_catalog.pg_class c
inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace
inner join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (attnum, place)
inner join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
where n.nspname = $1 and c.relname = $2 and (c.relkind = 'p' or not c.relhassubclass)
order by k.place`;

const ROW_SECURITY = `
select pg_catalog.row_security_active(c.oid)
from pg_catalog.pg_class c
inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2`;

const MONEY = 790;
/** int8, int2, int4, float4, float8, money, numeric. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, MONEY, 1700]);
/** date, timestamp, timestamptz. */
const DATES: ReadonlySet<number> = new Set([1082, 1114, 1184]);
/** Types whose equal values are the same text, and that sort alike everywhere: bool, integers, oid, dates. */
const SORTABLE: ReadonlySet<number> = new Set([16, 20, 21, 23, 26, ...DATES]);

/** How many bytes pass between two reports. */
const REPORT_BYTES = 1 << 20;

/** A field of a statement's answer; of a domain the driver tells the type beneath. */
interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

/** A table on a PostgreSQL server. Each copy has a session of its own. */
export class CopiedFromPostgres implements SourceTable {
  readonly name: string;
  readonly server: string;
  readonly #table: PostgresTable;

  constructor(table: PostgresTable) {
    this.name = table.name;
    this.server = table.server.name;
    this.#table = table;
  }

  async copyTo(path: string, options: CopyOptions = {}): Promise<TableCopy> {
    const { schema, table, server, session: sessionOptions } = this.#table;
    const { signal } = options;
    const cancel = signal === undefined ? {} : { signal };
    const relation = `${quotedIdentifier(schema)}.${quotedIdentifier(table)}`;
    const session = await Session.open(server, sessionOptions);
    try {
      await session.execute(BEGIN, cancel);
      const fields = await this.#fields(session, relation, cancel);
      const params = [schema, table];
      const key = await session.query(KEY, { params, ...cancel });
      const security = await session.query(ROW_SECURITY, { params, ...cancel });
      const names = key.rows.map(([name]) => String(name));
      const rowCount = await copyRows(session, copyStatement(relation, fields, names), path, options);
      return {
        columns: fields.map(columnOf),
        rowCount,
        warnings:
          security.rows[0]?.[0] === true
            ? [`has row-level security: only the rows that role "${server.user}" may see were read`]
            : [],
      };
    } finally {
      await session.close();
    }
  }

  /** From here on the table is as it is until the end of the transaction. */
  async #fields(session: Session, relation: string, options: { signal?: AbortSignal }): Promise<readonly Field[]> {
    const sql = `select * from ${relation} limit 0`;
    const fields = await session.withClient(sql, options, async (client) => (await client.query(sql)).fields);
    if (fields.length > 0) return fields;
    throw new UsageError(`${this.name} has no columns`, { remedy: 'name the table, or a view, that holds the orders' });
  }
}

/** One statement: the server copies what one moment shows, in an order that the rows alone decide. */
function copyStatement(relation: string, fields: readonly Field[], key: readonly string[]): string {
  const columns = fields.map(({ name, dataTypeID }) => {
    const column = `t.${quotedIdentifier(name)}`;
    // How money is written depends on the server's locale.
    return dataTypeID === MONEY ? `cast(${column} as numeric) as ${quotedIdentifier(name)}` : column;
  });
  const inKey = fields.filter(({ name }) => key.includes(name));
  const sorted = inKey.length > 0 && inKey.length === key.length ? key.flatMap((name) => byName(inKey, name)) : fields;
  return `copy (select ${columns.join(', ')} from ${relation} as t order by ${sorted.flatMap(orderOf).join(', ')})
to stdout with (format csv, header true, delimiter ',', quote '"', escape '"', null '', encoding 'UTF8')`;
}

function byName(fields: readonly Field[], name: string): Field[] {
  return fields.filter((field) => field.name === name);
}

/** Numbers that are equal may be written differently (1.0, 1.00); how texts sort depends on the server. */
function orderOf({ name, dataTypeID }: Field): string[] {
  const column = `t.${quotedIdentifier(name)}`;
  const asText = `cast(${column} as text) collate "C"`;
  if (SORTABLE.has(dataTypeID)) return [column];
  return NUMBERS.has(dataTypeID) ? [column, asText] : [asText];
}

function columnOf({ name, dataTypeID }: Field): TableColumn {
  return { name, kind: NUMBERS.has(dataTypeID) ? 'number' : DATES.has(dataTypeID) ? 'date' : 'other' };
}

/** Returns the rows, as the server counted them. */
async function copyRows(
  session: Session,
  sql: string,
  path: string,
  { signal, onBytes }: CopyOptions,
): Promise<number> {
  const { to } = await loadCopyStreams();
  try {
    return await session.withClient(sql, signal === undefined ? {} : { signal }, async (client) => {
      const rows = client.query(to(sql));
      await pipeline(rows, counting(onBytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      // The count comes behind the rows.
      await client.query('commit');
      return rows.rowCount;
    });
  } catch (error) {
    throw isSystemError(error) && 'path' in error ? explained(error) : error;
  }
}

function counting(onBytes: CopyOptions['onBytes']): Transform {
  let bytes = 0;
  let told = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes - told >= REPORT_BYTES) {
        told = bytes;
        onBytes?.(bytes);
      }
      done(null, chunk);
    },
  });
}
