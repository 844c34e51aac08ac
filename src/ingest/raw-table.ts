import type { ModelColumn } from '../project/model.ts';

/** The ingest's own table: every record of every file as it came. All else in staging is made from it by SQL. */
export const RAW_TABLE = 'stg_sales_raw';

export interface RawColumn extends ModelColumn {
  readonly sqlType: string;
}

const text = (name: string, description: string): RawColumn => ({ name, sqlType: 'varchar', description });

/** Columns that hold cells of the file, or what the door has read in them. */
export const TEXT_COLUMNS = [
  text('row_index_text', 'row index as it came; null where the file has none'),
  text('order_date_text', 'date as it came; null in a damaged record'),
  text('customer_id_text', 'customer as it came; null in a damaged record'),
  text('order_id_text', 'order as it came; null in a damaged record'),
  text('sales_text', 'amount as it came, or the cells it is computed from; null in a damaged record'),
  text('line_id_text', 'number or id of the line within the order; null where the file has none'),
  text('product_text', 'product as it came; null where the file has none'),
  text('quantity_text', 'quantity as it came; null where the file has none'),
  text('unit_price_text', 'unit price as it came; null where the file has none'),
  text('channel_text', 'sales channel as it came; null where the file has none'),
  text('currency_text', 'currency as it came; null where the file has none'),
  text('status_text', 'status of the order or payment as it came; null where the file has none'),
  text('discount_text', 'discount as it came; null where the file has none'),
  text('country_text', 'country as it came; null where the file has none'),
  text('refund_text', 'amount given back as it came; null where the file has none'),
  text('order_date_read', 'the date as YYYY-MM-DD, where it came in another form'),
  text('sales_read', 'the amount as a plain decimal number, where it came in another form'),
  text('refund_read', 'the amount given back as a plain decimal number, 0 or more'),
  text('date_problem', 'why the date cannot be read; null where it can, or came as YYYY-MM-DD'),
  text('sales_problem', 'why the amount cannot be read; null where it can, or came as 1234.50'),
  text('set_aside_kind', 'why the record is understood and yet no order: CANCELLED, FAILED ...; null for an order'),
  text('set_aside_detail', 'the same in words, with the value that says so'),
  text('amends_load_text', 'load_id of the file from which a mended reject came; null for all others'),
  text('amends_row_text', 'source_row of the record there whose place it takes; null for all others'),
] as const satisfies readonly RawColumn[];

export type TextColumn = (typeof TEXT_COLUMNS)[number]['name'];

export const RAW_COLUMNS: readonly RawColumn[] = [
  {
    name: 'load_id',
    sqlType: 'integer',
    description: 'number of the input file, counted up from 1 in the order of loading',
  },
  text('source_file', 'name of the input file'),
  { name: 'source_row', sqlType: 'bigint', description: 'number of the record in the file, from 1' },
  { name: 'source_line', sqlType: 'bigint', description: 'line of the file on which the record starts, from 1' },
  ...TEXT_COLUMNS,
  text('malformed_detail', 'what is wrong with a damaged record; null for a sound one'),
  text('malformed_text', 'the whole line of a damaged record; null for a sound one'),
];

export const RAW_DESCRIPTION = 'The records of the input files as they came, all text. One row per input record.';

/** A select statement that returns no row and has the columns. */
export function emptySql(columns: readonly RawColumn[]): string {
  return `select ${columns.map(({ name, sqlType }) => `cast(null as ${sqlType}) as ${name}`).join(', ')} where false`;
}
