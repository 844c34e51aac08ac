import type { Workspace } from '../engines/engine.ts';
import { sqlLiteral } from '../project/sql-text.ts';
import { expressionText } from './mapping/expression-text.ts';
import { layoutExpressions } from './mapping/layout.ts';
import type { ScannedSource } from './scanned-source.ts';
import { SOURCES_COLUMNS, SOURCES_TABLE } from './sources-table.ts';

/** Writes into the table of input files how a file was understood. */
export async function recordSource(workspace: Workspace, source: ScannedSource, loadId: number): Promise<void> {
  const { understanding } = source;
  const { layout, dates, amounts, currency, timezone } = understanding;
  const mapping = layoutExpressions(layout).map(([target, expression]) => [target, expressionText(expression)]);
  const values: Readonly<Record<string, string | number | null>> = {
    load_id: loadId,
    source_file: source.name,
    sha256: source.sha256,
    bytes: source.bytes,
    records: source.recordCount,
    blank_lines: source.blankCount,
    container: source.container,
    encoding: source.encoding,
    delimiter: source.delimiter,
    header_line: source.headerLine,
    layout: layout.title,
    grain: layout.grain,
    mapping: JSON.stringify(Object.fromEntries(mapping)),
    date_format: dates.evidence,
    time_zone: timezone,
    decimal_mark: amounts.decimalMark ?? null,
    currency: currency ?? null,
    columns: JSON.stringify(source.columns),
  };
  const row = SOURCES_COLUMNS.map(({ name, sqlType }) => `cast(${sqlLiteral(values[name] ?? null)} as ${sqlType})`);
  await workspace.execute(`insert into ${workspace.relation('staging', SOURCES_TABLE)} select ${row.join(', ')}`);
}
