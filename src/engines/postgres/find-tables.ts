import { nearest } from '../../did-you-mean.ts';
import type { Effects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { LAYERS } from '../layer.ts';
import { quotedIdentifier } from '../quote.ts';
import type { SourceTable } from '../source-table.ts';
import { CopiedFromPostgres } from './copy-table.ts';
import { Schemas } from './schemas.ts';
import { type PostgresSettings, resolveServer, type Server } from './server.ts';
import { Session } from './session.ts';
import { isNamed, parseTableName, shownName } from './table-name.ts';

export type PostgresTableSettings = Pick<
  PostgresSettings,
  'connection' | 'passwordFile' | 'schemaPrefix' | 'statementTimeoutSeconds'
>;

/** Tables, partitioned tables, views, materialised views and foreign tables; not those of the system. */
const RELATIONS = `
select n.nspname, c.relname
from pg_catalog.pg_class c
inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by n.nspname collate "C", c.relname collate "C"`;

/** Columns that may be read, and all; whether the schema may be used. */
const RIGHTS = `
select pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
  (select count(*) from pg_catalog.pg_attribute a
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     and not pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))
from pg_catalog.pg_class c
inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2`;

const TABLES_SHOWN = 8;

interface Relation {
  readonly schema: string;
  readonly table: string;
}

/** @throws UsageError for a name that means no table, or several, or one that the role may not read. */
export async function findPostgresTables(
  names: readonly string[],
  settings: PostgresTableSettings,
  env: Effects['env'],
): Promise<SourceTable[]> {
  const server = await resolveServer(settings, env);
  const written = names.map((name) => ({ name, parts: parseTableName(name, server.database) }));
  const { statementTimeoutSeconds } = settings;
  const options = { applicationName: 'marketing-pipeline source', statementTimeoutSeconds, isForReading: true };
  const session = await Session.open(server, options);
  try {
    const { rows } = await session.query(RELATIONS);
    const relations = rows.map(([schema, table]): Relation => ({ schema: String(schema), table: String(table) }));
    const found = new Map<string, SourceTable>();
    for (const { name, parts } of written) {
      const matching = relations.filter(
        ({ schema, table }) =>
          (parts.schema === undefined || isNamed(parts.schema, schema)) && isNamed(parts.table, table),
      );
      const [relation, ...others] = matching;
      if (relation === undefined) throw missing(name, relations, server, settings.schemaPrefix);
      if (others.length > 0) throw ambiguous(name, matching);
      await assertReadable(session, server, relation);
      const { schema, table } = relation;
      const key = shownName(schema, table);
      found.set(key, new CopiedFromPostgres({ name: key, schema, table, server, session: options }));
    }
    return [...found.values()];
  } finally {
    await session.close();
  }
}

async function assertReadable(session: Session, server: Server, { schema, table }: Relation): Promise<void> {
  const { rows } = await session.query(RIGHTS, { params: [schema, table] });
  const [mayUse, hidden] = rows[0] ?? [];
  if (mayUse === true && hidden === 0) return;
  const role = quotedIdentifier(server.user);
  const name = shownName(schema, table);
  throw new UsageError(`role "${server.user}" may not read ${mayUse === true ? '' : 'the schema of '}${name}`, {
    remedy: [
      ...(mayUse === true ? [] : [`GRANT USAGE ON SCHEMA ${quotedIdentifier(schema)} TO ${role};`]),
      ...(hidden === 0 ? [] : [`GRANT SELECT ON ${quotedIdentifier(schema)}.${quotedIdentifier(table)} TO ${role};`]),
      `as the owner or a superuser of ${server.name}`,
    ],
  });
}

function missing(
  name: string,
  relations: readonly Relation[],
  { name: server }: Server,
  schemaPrefix: string,
): UsageError {
  const names = relations.filter((relation) => !isOurs(relation, schemaPrefix));
  const shown = names.map(({ schema, table }) => shownName(schema, table));
  // Either part alone may be the wrong one.
  const word = name.replaceAll('"', '').toLowerCase();
  const sameTable = names.find(({ table }) => table.toLowerCase() === word.split('.').at(-1));
  const near = sameTable === undefined ? nearest(name, shown) : shownName(sameTable.schema, sameTable.table);
  const more = shown.length > TABLES_SHOWN ? ` and ${shown.length - TABLES_SHOWN} more` : '';
  return new UsageError(
    `there is no table ${printable(name, 80)} in ${server}${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    {
      remedy:
        shown.length === 0
          ? 'the database has no tables; check the setting connection, or PGDATABASE'
          : `tables there: ${printable(shown.slice(0, TABLES_SHOWN).join(', '))}${more}`,
    },
  );
}

/** Our own layers are not where orders come from. */
function isOurs({ schema }: Relation, prefix: string): boolean {
  const schemas = new Schemas(prefix);
  if (schema === schemas.control || schemas.parseSide(schema) !== undefined) return true;
  return LAYERS.some((layer) => schema === schemas.published(layer));
}

function ambiguous(name: string, matching: readonly Relation[]): UsageError {
  const all = matching.map(({ schema, table }) => `${quotedIdentifier(schema)}.${quotedIdentifier(table)}`);
  return new UsageError(`${printable(name, 80)} may be any of ${printable(all.join(', '))}`, {
    remedy: `say which, in single and double quotes: --source-table '${all[0]}'`,
  });
}
