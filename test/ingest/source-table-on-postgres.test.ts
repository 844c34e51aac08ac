import { beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { SourceFile } from '../../src/ingest/source-file.ts';
import { TEST_ENGINES } from '../support/engines.ts';
import { openSourceShop, sql, temporaryFiles } from '../support/postgres/source-tables.ts';
import { randomSales, toRows } from '../support/random-sales.ts';
import { errorOf, readTables, type Shop } from '../support/run-shop.ts';

/** Every published table, without what says where its rows came from and how they were written there. */
async function contentOf(shop: Shop): Promise<Record<string, unknown>> {
  const provenance = new Set(['source_file', 'container', 'sha256', 'bytes', 'date_format', 'decimal_mark', 'columns']);
  const tables = await readTables(shop);
  return Object.fromEntries(
    [...tables].map(([name, rows]) => [
      name,
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !provenance.has(column)))),
    ]),
  );
}

/** Rows of texts as the file that PostgreSQL would write of them. */
function fileOf(header: string, rows: readonly (readonly (string | null)[])[]): string {
  const cell = (text: string | null) =>
    text === null ? '' : text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return `${header}\n${rows.map((row) => `${row.map(cell).join(',')}\n`).join('')}`;
}

function literal(text: string | null): string {
  return text === null ? 'null' : `'${text.replaceAll("'", "''")}'`;
}

beforeAll(async () => {
  await sql('create schema shop');
});

describe.each(TEST_ENGINES)('orders out of a table, computed by %s', (engine) => {
  test('the same orders as a file and as a table give the same tables, reasons of rejects included', async () => {
    const sales = toRows(
      randomSales({ seed: 4, orders: 300, customers: 60, firstDate: '2023-01-01', days: 500, maxCents: 9_000 }),
    );
    const dirty = [
      ['2023-02-30', 'C0001', 'bad-date', '5.00'],
      ['2023-03-01', null, 'guest', '7.00'],
      ['2023-03-01', '', 'guest too', '8.00'],
      ['2023-03-01', 'C0001', 'bad-amount', 'twelve'],
      ['2023-03-01', 'C0001', null, '9.00'],
      ['2023-03-01', 'C0001', 'no amount', null],
      [null, null, null, null],
    ];
    const rows = [
      ...sales.map(({ date, customer, order, sales: amount }) => [date, customer, order, amount]),
      ...dirty,
    ];
    const numbered = rows.map((cells, position) => [String(position + 1).padStart(4, '0'), ...cells]);
    const name = `shop.same_${engine}`;
    await sql(`create table ${name} (line_no text primary key, "Date" text, "Customer ID" text, "Order ID" text, "Sales" text);
      insert into ${name} values ${numbered
        .toReversed()
        .map((cells) => `(${cells.map(literal).join(', ')})`)
        .join(', ')}`);
    await using fromFile = await openSourceShop(engine);
    await using fromTable = await openSourceShop(engine);
    const file = await fromFile.write('orders.csv', fileOf('line_no,Date,Customer ID,Order ID,Sales', numbered));
    const asFile = await fromFile.run([file]);
    const asTable = await fromTable.run([], { sourceTables: [name] });
    expect(await temporaryFiles(fromTable)).toEqual([]);
    expect(asTable.layers.staging.rejectedByReason).toMatchObject({ INVALID_DATE: 2, INVALID_CUSTOMER: 2 });
    expect(asTable.layers.warehouse).toEqual({ ...asFile.layers.warehouse, durationSeconds: expect.any(Number) });
    expect(await contentOf(fromTable)).toEqual(await contentOf(fromFile));
    expect(await fromTable.query('select source_file, container, records, columns from staging.stg_sources')).toEqual([
      {
        source_file: name,
        container: 'table',
        records: numbered.length,
        columns: '["line_no","Date","Customer ID","Order ID","Sales"]',
      },
    ]);
    // What PostgreSQL itself writes is that file, byte for byte.
    const sources = await fromFile.query('select sha256, bytes from staging.stg_sources');
    expect(await fromTable.query('select sha256, bytes from staging.stg_sources')).toEqual(sources);
  });

  test('types say how dates and amounts are written, whatever the options say of other sources', async () => {
    const name = `shop.typed_${engine}`;
    await sql(`
      create type shop.channel_${engine} as enum ('web', 'store');
      create table ${name} (
        id uuid primary key, placed_at timestamptz, customer bigint, total numeric(12, 3), channel shop.channel_${engine},
        paid boolean, tags jsonb, weight double precision, parts text[], note text);
      insert into ${name} values
        ('00000000-0000-0000-0000-000000000001', '2024-03-30 23:30:00.123456+00', 7, 12.500, 'web', true, '{"a": [1]}', 1e-7, '{a,b}', null),
        ('00000000-0000-0000-0000-000000000002', '2024-05-01 00:30:00+02', 7, 999.125, 'store', false, 'null', 'NaN', '{}', 'x'),
        ('00000000-0000-0000-0000-000000000003', '2024-05-02 12:00+00', 8, -3.000, null, null, null, null, null, ''),
        ('00000000-0000-0000-0000-000000000004', 'infinity', 8, 1.000, null, null, null, null, null, ''),
        ('00000000-0000-0000-0000-000000000005', '2024-05-02 12:00+00', 8, 'NaN', null, null, null, null, null, '')`);
    await using shop = await openSourceShop(engine, {
      map: { date: 'placed_at', order: 'id', customer: 'customer', amount: 'total' },
      timezone: 'Europe/Berlin',
      dateFormat: 'DD/MM/YYYY',
      decimalMark: ',',
      encoding: 'windows-1252',
      delimiter: ';',
      maxRejectedShare: 1,
    });
    await shop.run([], { sourceTables: [name] });
    const clean = await shop.query(
      `select cast(order_date as varchar) as d, customer_id as c, cast(sales_amount as varchar) as s
       from staging.stg_sales_clean order by source_row`,
    );
    expect(clean).toEqual([
      { d: '2024-03-31', c: '7', s: '12.50' },
      { d: '2024-05-01', c: '7', s: '999.13' },
      { d: '2024-05-02', c: '8', s: '-3.00' },
    ]);
    const rejected = 'select reason_code, source_row from staging.stg_sales_rejected order by source_row';
    expect(await shop.query(rejected)).toEqual([
      { reason_code: 'INVALID_DATE', source_row: 4 },
      { reason_code: 'INVALID_SALES', source_row: 5 },
    ]);
    expect(
      await shop.query('select channel_text from staging.stg_sales_raw where source_row <= 2 order by source_row'),
    ).toEqual([{ channel_text: 'web' }, { channel_text: 'store' }]);
  });

  test('texts arrive letter by letter: line breaks, quotes, delimiters, backslashes, spaces, words for null', async () => {
    const orders = [
      'a\nb',
      'a\r\nb',
      'say "x"',
      'a,b;c\td',
      '\\.',
      '\\N',
      'NULL',
      ' x',
      'é \u{1f600} ﬁ',
      "'",
      '--',
      '"',
    ];
    const name = `shop."texts of ${engine}"`;
    const rows = orders.map((order, position) => `(${position}, '2024-01-01', 'c${position}', ${literal(order)}, 5)`);
    await sql(`create table ${name} (n int primary key, "Date" date, "Customer ID" text, "Order
ID" text, "Sales" int); insert into ${name} values ${rows.join(', ')}`);
    await using shop = await openSourceShop(engine);
    await shop.run([], { sourceTables: [name] });
    const read = await shop.query('select order_id_text as o from staging.stg_sales_raw order by source_row');
    expect(read.map(({ o }) => o)).toEqual(orders);
  });

  test('the same table appended again changes nothing; a row that has changed replaces its order', async () => {
    const name = `shop.appended_${engine}`;
    await sql(`create table ${name} (order_id int primary key, order_date date, customer_id text, sales numeric(8, 2));
      insert into ${name} values (1, '2024-01-01', 'a', 10), (2, '2024-01-02', 'b', 20)`);
    await using shop = await openSourceShop(engine);
    await shop.run([], { sourceTables: [name] });
    // Where a row lies on the disk is no part of what a table says.
    await sql(`update ${name} set sales = sales where order_id = 1`);
    expect(await shop.run([], { sourceTables: [name], append: true })).toMatchObject({ changed: false });
    await sql(
      `update ${name} set sales = 11 where order_id = 1; insert into ${name} values (3, '2024-01-03', 'c', 30)`,
    );
    const summary = await shop.run([], { sourceTables: [name], append: true });
    expect(summary.layers).toMatchObject({
      staging: { newOrders: 1, changedOrders: 1, setAsideByKind: { REPEATED: 1, SUPERSEDED: 1 } },
      warehouse: { orders: 3, revenue: 61 },
    });
  });

  test('files and tables are loaded together, files first; the run history says where each came from', async () => {
    const name = `shop.late_${engine}`;
    await sql(`create table ${name} ("Date" date, "Customer ID" text, "Order ID" text, "Sales" numeric);
      insert into ${name} values ('2024-01-05', 'a', 'a2', 2), ('2024-01-05', 'a', 'a3', 3)`);
    await using shop = await openSourceShop(engine);
    const file = await shop.write('early.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,a,a1,1\n');
    const plan = await shop.pipeline.plan([file], { sourceTables: [name] });
    expect(plan.steps.slice(0, 2)).toMatchObject([
      { kind: 'load', path: file },
      { kind: 'load', table: { name } },
    ]);
    const { runId } = await shop.run([file], { sourceTables: [name] });
    const history = shop.pipeline.openHistory();
    const sources = history?.sourcesOf(runId) ?? [];
    history?.close();
    expect(sources.map(({ fileName, path, recordCount }) => ({ fileName, path, recordCount }))).toEqual([
      { fileName: 'early.csv', path: file, recordCount: 1 },
      {
        fileName: name,
        path: expect.stringMatching(new RegExp(`^postgres://postgres@127.0.0.1:\\d+/\\w+#${name}$`)),
        recordCount: 2,
      },
    ]);
  });
});

test.each([
  ['numeric(10, 3)', ['1.500', '2.000', '-0.250'], ['1.500', '2.000', '-0.250']],
  ['numeric', ['1.234', '2', '-5.678'], ['1.234', '2', '-5.678']],
  ['integer', ['10', '20', '-5'], ['10', '20', '-5']],
  ['double precision', ['1.234', '2', '-0.25'], ['1.234', '2', '-0.25']],
  ['money', ['1.50', '1234.00', '-0.25'], ['1.50', '1234.00', '-0.25']],
  ['text', ["'1.234,50'", "'€ 2,00'", "'-0,25'"], ['1234.50', '2.00', '-0.25']],
])('an amount of type %s is read', async (type, amounts, read) => {
  const rows = amounts.map((amount, position) => `(${position}, '2024-01-0${position + 1}', 'c', ${amount})`);
  await sql(`create domain shop."a ${type}" as ${type};
    create table shop."amount ${type}" (order_id int primary key, order_date date, customer_id text, sales shop."a ${type}");
    insert into shop."amount ${type}" values ${rows.join(', ')}`);
  await using shop = await openSourceShop('duckdb');
  const [profile] = await shop.pipeline.profile([], { sourceTables: [`shop.amount ${type}`] });
  expect(profile?.questions).toEqual([]);
  expect(profile?.rows.map(({ amount }) => amount)).toEqual(read);
});

test('profile reads a table as a run would, and its copy is gone afterwards', async () => {
  await sql(`create table shop.profiled (order_id int, order_date date, customer_id text, sales numeric(8, 2));
    insert into shop.profiled select n, '2024-01-01', 'c' || n, n from generate_series(1, 7) as n`);
  await using shop = await openSourceShop('duckdb');
  const [profile] = await shop.pipeline.profile([], { sourceTables: ['Shop.Profiled'] });
  expect(profile).toMatchObject({
    soundRecords: 7,
    source: { name: 'shop.profiled', container: 'table', table: 'table', recordCount: 7, warnings: [] },
  });
  await errorOf(InputError, SourceFile.open(profile?.source.path ?? ''));
});
