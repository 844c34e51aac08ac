import type { CsvFile } from '../engines/csv-file.ts';
import type { QueryOptions, Workspace } from '../engines/engine.ts';
import { singleNumber } from '../engines/result-set.ts';
import { RunError } from '../errors.ts';
import { sqlLiteral } from '../project/sql-text.ts';
import { assertUnchanged } from './file-identity.ts';
import { RAW_COLUMNS, RAW_TABLE } from './raw-table.ts';
import type { ScannedSource } from './scanned-source.ts';

/**
 * Loads a scanned file into the raw table under `loadId`; returns the rows it has there.
 * @throws RunError when the engine's count is not the scanner's; InputError when the file changed meanwhile.
 */
export async function loadSource(
  workspace: Workspace,
  source: ScannedSource,
  loadId: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const options = signal === undefined ? {} : { signal };
  const raw = workspace.relation('staging', RAW_TABLE);
  await workspace.execute(`insert into ${raw} ${await wellFormedSql(workspace, source, loadId, options)}`, options);
  if (source.malformed !== undefined) {
    await workspace.execute(
      `insert into ${raw} ${await malformedSql(workspace, source, source.malformed, loadId, options)}`,
      options,
    );
  }
  const loaded = singleNumber(await workspace.query(`select count(*) from ${raw} where load_id = ${loadId}`, options));
  if (loaded !== source.recordCount) {
    throw new RunError(
      `${source.name} has ${source.recordCount} records but the engine loaded ${loaded}; nothing was published`,
      { remedy: 'this is a defect of the pipeline: please report it with the file, or a part of it' },
    );
  }
  await assertUnchanged(source.path, source.identity);
  return loaded;
}

async function wellFormedSql(
  workspace: Workspace,
  source: ScannedSource,
  loadId: number,
  options: QueryOptions,
): Promise<string> {
  const { records, recordColumns } = source;
  const offset = records.hasPosition ? 2 : 0;
  const texts: Record<string, string> = {};
  for (const [at, column] of recordColumns.entries()) {
    if (column === undefined) continue;
    const name = records.columns[at + offset] ?? 'null';
    // What was never there is null; a cell that came empty stays an empty text.
    texts[column] = maybeAbsent.has(column) ? `nullif(${name}, '')` : name;
  }
  return insertSelect(await workspace.stageCsv(records, options), source, loadId, position(records), texts);
}

/** Columns that not every record of a file fills. */
const maybeAbsent: ReadonlySet<string> = new Set([
  'order_date_read',
  'sales_read',
  'refund_read',
  'date_problem',
  'sales_problem',
  'set_aside_kind',
  'set_aside_detail',
  'amends_load_text',
  'amends_row_text',
]);

async function malformedSql(
  workspace: Workspace,
  source: ScannedSource,
  malformed: CsvFile,
  loadId: number,
  options: QueryOptions,
): Promise<string> {
  return insertSelect(await workspace.stageCsv(malformed, options), source, loadId, position(malformed), {
    malformed_detail: 'detail',
    malformed_text: 'raw_text',
    set_aside_kind: "nullif(kind, '')",
    set_aside_detail: "nullif(kind_detail, '')",
  });
}

interface Position {
  readonly source_row: string;
  readonly source_line: string;
}

function position({ hasPosition, skipLines }: CsvFile): Position {
  return hasPosition
    ? { source_row: 'cast(source_row as bigint)', source_line: 'cast(source_line as bigint)' }
    : { source_row: 'record_no', source_line: `record_no + ${skipLines}` };
}

function insertSelect(
  relation: string,
  source: ScannedSource,
  loadId: number,
  place: Position,
  texts: Readonly<Record<string, string>>,
): string {
  const known: Readonly<Record<string, string>> = {
    load_id: String(loadId),
    source_file: sqlLiteral(source.name),
    ...place,
    ...texts,
  };
  const columns = RAW_COLUMNS.map(({ name, sqlType }) => known[name] ?? `cast(null as ${sqlType})`);
  return `select ${columns.join(', ')} from ${relation} as records`;
}
