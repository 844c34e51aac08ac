import type { ModelColumn } from '../project/model.ts';

/** The ingest's own table: every record of every file as it came. All else in staging is made from it by SQL. */
export const RAW_TABLE = 'stg_sales_raw';

interface RawColumn extends ModelColumn {
  readonly sqlType: string;
}

export const RAW_COLUMNS: readonly RawColumn[] = [
  {
    name: 'load_id',
    sqlType: 'integer',
    description: 'number of the input file, counted up from 1 in the order of loading',
  },
  { name: 'source_file', sqlType: 'varchar', description: 'name of the input file' },
  { name: 'source_row', sqlType: 'bigint', description: 'number of the record in the file, from 1' },
  { name: 'source_line', sqlType: 'bigint', description: 'line of the file on which the record starts, from 1' },
  { name: 'row_index_text', sqlType: 'varchar', description: 'row index as it came; null where the file has none' },
  { name: 'order_date_text', sqlType: 'varchar', description: 'date as it came; null in a damaged record' },
  { name: 'customer_id_text', sqlType: 'varchar', description: 'customer as it came; null in a damaged record' },
  { name: 'order_id_text', sqlType: 'varchar', description: 'order as it came; null in a damaged record' },
  { name: 'sales_text', sqlType: 'varchar', description: 'amount as it came; null in a damaged record' },
  {
    name: 'malformed_detail',
    sqlType: 'varchar',
    description: 'what is wrong with a damaged record; null for a sound one',
  },
  {
    name: 'malformed_text',
    sqlType: 'varchar',
    description: 'the whole line of a damaged record; null for a sound one',
  },
];

export const RAW_DESCRIPTION = 'The records of the input files as they came, all text. One row per input record.';

/** A select statement that returns no row and has the raw table's columns. */
export function emptyRawSql(): string {
  const columns = RAW_COLUMNS.map(({ name, sqlType }) => `cast(null as ${sqlType}) as ${name}`);
  return `select ${columns.join(', ')} where false`;
}
