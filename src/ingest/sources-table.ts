import type { RawColumn } from './raw-table.ts';

/** The ingest's table of input files: how each was understood. */
export const SOURCES_TABLE = 'stg_sources';

export const SOURCES_COLUMNS: readonly RawColumn[] = [
  {
    name: 'load_id',
    sqlType: 'integer',
    description: 'number of the input file, counted up from 1 in the order of loading',
  },
  { name: 'source_file', sqlType: 'varchar', description: 'name of the input file, or of the table' },
  { name: 'sha256', sqlType: 'varchar', description: 'SHA-256 of the bytes on disk' },
  { name: 'bytes', sqlType: 'bigint', description: 'size on disk' },
  { name: 'records', sqlType: 'bigint', description: 'records in the file, damaged ones included' },
  { name: 'blank_lines', sqlType: 'bigint', description: 'lines without content, which are no records' },
  {
    name: 'container',
    sqlType: 'varchar',
    description: 'what the file is: plain, gzip, zstd, zip, xlsx, json, parquet; table: a database table',
  },
  { name: 'encoding', sqlType: 'varchar', description: 'how bytes became text' },
  { name: 'delimiter', sqlType: 'varchar', description: 'what stands between columns' },
  { name: 'header_line', sqlType: 'bigint', description: 'line of the column names, from 1' },
  { name: 'layout', sqlType: 'varchar', description: 'the export it was recognised as, or "by name"' },
  {
    name: 'grain',
    sqlType: 'varchar',
    description: 'what a record is: order, line, or first-line (the total stands on the first line of the order)',
  },
  { name: 'mapping', sqlType: 'varchar', description: 'which columns mean what, as JSON' },
  { name: 'date_format', sqlType: 'varchar', description: 'how dates were read' },
  { name: 'time_zone', sqlType: 'varchar', description: 'zone in which a time stamp becomes a date' },
  {
    name: 'decimal_mark',
    sqlType: 'varchar',
    description: 'what stands before the decimals; null where no cell has any',
  },
  { name: 'currency', sqlType: 'varchar', description: 'currency of the amounts; null where the file does not say' },
  { name: 'columns', sqlType: 'varchar', description: 'the column names as written, as JSON' },
];

export const SOURCES_DESCRIPTION = 'The input files and how each was understood. One row per loaded file.';
