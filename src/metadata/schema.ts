import { PipelineError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { CAMPAIGN_LEDGER } from './ledger-schema.ts';

/** "mktp": marks an SQLite file as a metadata store of this program (`pragma application_id`). */
const APPLICATION_ID = 0x6d6b7470;

/** Version 1. Times are ISO 8601 in UTC, durations seconds, money text, `_json` columns JSON. */
const VERSION_1 = `
create table runs (
  run_number integer primary key autoincrement,
  run_id text not null unique,
  command text not null,
  status text not null check (status in ('running', 'success', 'failed', 'cancelled', 'crashed', 'blocked')),
  started_at text not null,
  ended_at text,
  duration_seconds real,
  as_of text,
  engine text,
  snapshot_id text,
  error_message text,
  config_json text,
  summary_json text,
  pid integer,
  version text
);

create table pipeline_runs (
  id integer primary key autoincrement,
  run_id text not null references runs (run_id),
  layer text not null,
  table_name text not null,
  status text not null
    check (status in ('running', 'success', 'failed', 'cancelled', 'crashed', 'skipped', 'carried')),
  start_time text,
  end_time text,
  duration_seconds real,
  row_count integer,
  error_message text,
  unique (run_id, layer, table_name)
);

create table data_quality_checks (
  check_id integer primary key autoincrement,
  run_id text not null references runs (run_id),
  layer text not null,
  table_name text not null,
  check_type text not null,
  check_name text not null,
  severity text not null check (severity in ('warn', 'error')),
  expected_value text,
  actual_value text,
  failing_rows integer,
  status text not null check (status in ('passed', 'warned', 'failed')),
  error_details text,
  check_time text not null
);
create index data_quality_checks_by_run on data_quality_checks (run_id, status);

create table table_lineage (
  lineage_id integer primary key autoincrement,
  run_id text not null references runs (run_id),
  source_table text not null,
  target_table text not null,
  transformation_type text not null,
  unique (run_id, source_table, target_table, transformation_type)
);

create table source_files (
  source_id integer primary key autoincrement,
  run_id text not null references runs (run_id),
  load_id integer,
  file_name text not null,
  path text not null,
  bytes integer not null,
  sha256 text not null,
  record_count integer not null,
  loaded_rows integer not null,
  rejected_rows integer,
  malformed_count integer not null,
  blank_count integer not null,
  status text not null check (status in ('loaded', 'duplicate', 'carried')),
  loaded_at text not null
);
create index source_files_by_run on source_files (run_id, sha256);

create table reconciliation_ledger (
  run_id text not null references runs (run_id),
  position integer not null,
  stage text not null,
  measure text not null check (measure in ('rows', 'money')),
  expected text not null,
  actual text not null,
  difference text not null,
  status text not null check (status in ('balanced', 'gap')),
  primary key (run_id, position)
);

create table snapshots (
  snapshot_id text primary key,
  run_id text not null,
  created_at text not null,
  published_at text,
  retired_at text,
  status text not null check (status in ('published', 'retired', 'removed')),
  layers_json text not null,
  row_counts_json text not null
);

pragma application_id = ${APPLICATION_ID};
`;

/**
 * Version 2: who is in which of the five segments after a run, and who has moved against the snapshot that was published
 * before it; and by which models, so that a later plan can tell whether they have changed.
 */
const VERSION_2 = `
create table segment_memberships (
  run_id text not null references runs (run_id),
  segment text not null,
  customers integer not null,
  primary key (run_id, segment)
);

create table segment_migrations (
  run_id text not null references runs (run_id),
  from_segment text not null,
  to_segment text not null,
  customers integer not null,
  previous_run_id text not null,
  primary key (run_id, from_segment, to_segment)
);

alter table runs add column models_sha256 text;
`;

/** Entry n takes a store from version n to n + 1. Entries that were released are never edited. */
export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, CAMPAIGN_LEDGER];

export type SchemaState = 'empty' | 'older' | 'current';

/**
 * How the file's schema stands to `migrations`.
 * @throws PipelineError for a file that a newer release has written, or that is not a metadata store.
 */
export function schemaState(connection: Connection, migrations: readonly string[]): SchemaState {
  const version = pragma(connection, 'user_version');
  const tables = connection.first('select count(*) as tables from sqlite_schema')?.number('tables') ?? 0;
  if (tables === 0 && version === 0) return 'empty';
  if (pragma(connection, 'application_id') !== APPLICATION_ID) {
    throw new PipelineError(`${connection.path} is the database of another program`, {
      remedy: 'move it away, or choose another data folder with --data-dir',
    });
  }
  if (version > migrations.length) {
    throw new PipelineError(
      `${connection.path} has schema version ${version}; this release knows versions up to ${migrations.length}`,
      { remedy: 'install the newer marketing-analytics-pipeline that wrote it, or choose another --data-dir' },
    );
  }
  return version < migrations.length ? 'older' : 'current';
}

/** Brings the file to the newest version in one transaction: killed on the way, it stays what it was. */
export function migrate(connection: Connection, migrations: readonly string[]): void {
  if (schemaState(connection, migrations) === 'current') return;
  connection.transaction(() => {
    schemaState(connection, migrations); // Another process may have migrated while we waited for the write lock.
    const version = pragma(connection, 'user_version');
    for (const migration of migrations.slice(version)) connection.script(migration);
    connection.script(`pragma user_version = ${migrations.length}`);
  });
}

function pragma(connection: Connection, name: 'user_version' | 'application_id'): number {
  return connection.first(`pragma ${name}`)?.number(name) ?? 0;
}
