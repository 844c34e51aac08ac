import { z } from 'zod';
import { date, flag, money, rows, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { pageParameters, textParameter, wholeParameter } from '../query-parameters.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';

const loads = tableQuery({
  name: 'data/loads',
  summary: 'What each input file brought: its records by fate. One row per file.',
  params: z.strictObject({}),
  columns: {
    load_id: whole('stg_loads'),
    source_file: text('stg_loads'),
    layout: text('stg_loads'),
    records: rows('stg_loads'),
    clean_records: rows('stg_loads'),
    rejected_records: rows('stg_loads'),
    guest_records: rows('stg_loads'),
    set_aside_records: rows('stg_loads'),
    clean_amount: money('stg_loads'),
    rejected_amount: money('stg_loads'),
    guest_amount: money('stg_loads'),
    new_orders: whole('stg_loads', 'orders'),
    changed_orders: whole('stg_loads', 'orders'),
    repeated_records: rows('stg_loads'),
    late_records: rows('stg_loads'),
    first_date: date('stg_loads'),
    last_date: date('stg_loads'),
  },
  sql: () => `
    select
      load_id, source_file, layout, records, clean_records, rejected_records, guest_records, set_aside_records,
      clean_amount, rejected_amount, guest_amount, new_orders, changed_orders, repeated_records, late_records,
      first_date, last_date
    from staging.stg_loads
    order by load_id`,
});

const rejections = tableQuery({
  name: 'data/rejections',
  summary: 'Why records were refused. One row per reason.',
  params: z.strictObject({}),
  columns: {
    reason_code: text('stg_sales_rejected'),
    is_guest: flag('stg_sales_rejected'),
    records: rows('records refused for the reason'),
    files: whole('files with such records'),
    amount: money('money of these records, where it can be read'),
  },
  sql: () => `
    select
      reason_code, is_guest, count(*) as records, count(distinct load_id) as files,
      cast(coalesce(sum(sales_amount), 0) as decimal(18, 2)) as amount
    from staging.stg_sales_rejected
    group by reason_code, is_guest
    order by records desc, reason_code, is_guest`,
});

interface RejectedFilters {
  readonly reason?: string | undefined;
  readonly load_id?: number | undefined;
}

const ofRejected = ({ reason, load_id }: RejectedFilters, parts: SqlParts) =>
  `from staging.stg_sales_rejected ${where(
    given(reason, (code) => `reason_code = ${parts.text(code)}`),
    given(load_id, (id) => `load_id = ${parts.number(id)}`),
  )}`;

const rejectedRows = tableQuery({
  name: 'data/rejected-rows',
  summary: 'The records that were refused, as they came. One row per record.',
  params: z.strictObject({
    reason: textParameter().optional().describe('reason code'),
    load_id: wholeParameter(1, 1e9).optional().describe('number of the input file'),
    ...pageParameters,
  }),
  columns: {
    load_id: whole('stg_sales_rejected'),
    source_file: text('stg_sales_rejected'),
    source_row: whole('stg_sales_rejected'),
    source_line: whole('stg_sales_rejected'),
    reason_code: text('stg_sales_rejected'),
    reason_detail: text('stg_sales_rejected'),
    raw_text: text('stg_sales_rejected'),
  },
  sql: (params, parts, page) => `
    select load_id, source_file, source_row, source_line, reason_code, reason_detail, raw_text
    ${ofRejected(params, parts)}
    order by load_id, source_row
    ${page}`,
  count: (params, parts) => `select count(*) ${ofRejected(params, parts)}`,
});

const setAside = tableQuery({
  name: 'data/set-aside',
  summary: 'Records that are understood and do not count: cancelled, failed, repeated. One row per kind.',
  params: z.strictObject({}),
  columns: {
    set_aside_kind: text('stg_sales_set_aside'),
    records: rows('records of the kind'),
    amount: money('money of these records'),
  },
  sql: () => `
    select
      set_aside_kind, count(*) as records, cast(coalesce(sum(sales_amount), 0) as decimal(18, 2)) as amount
    from staging.stg_sales_set_aside
    group by set_aside_kind
    order by records desc, set_aside_kind`,
});

export const inputQueries = [loads, rejections, rejectedRows, setAside] as const;
