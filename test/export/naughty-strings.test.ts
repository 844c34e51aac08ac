import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordCells } from '../../src/ingest/record-cells.ts';
import { rfc4180 } from '../../src/ingest/record-scanner.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

const strings = sharedFile('naughty-strings.json');
const skipIfMissing = test.skipIf(strings.isMissing);
/** What the door trims from ids. */
const around = /^[ \t\u00a0]+|[ \t\u00a0]+$/g;

function naughtyIds(): string[] {
  const all: unknown = JSON.parse(readFileSync(strings.path, 'utf8'));
  const texts = (Array.isArray(all) ? all : []).map((text) => String(text).replaceAll(around, ''));
  return [...new Set(texts)].filter((text) => text !== '' && !text.includes('\0') && !/^\d(\.\d+)?E\+\d+$/.test(text));
}

let shop: Shop;
let ids: readonly string[] = [];

beforeAll(async () => {
  if (strings.isMissing) return;
  shop = await openShop();
  ids = naughtyIds();
  await shop.run([await shop.write('naughty.csv', csvOf(ids.map((id) => row('2024-01-01', id, id, '5.00'))))]);
});

afterAll(() => shop?.[Symbol.asyncDispose]());

async function exported(format: 'csv' | 'json' | 'parquet' | 'sqlite', file: string): Promise<string> {
  const outDir = join(shop.folder, format);
  await shop.pipeline.export({ format, outDir, tables: ['dim_order'] });
  return join(outDir, file);
}

const sorted = (texts: readonly unknown[]) => texts.map(String).sort();
const expected = () => sorted(ids.flatMap((id) => [id, id]));

skipIfMissing(`[C13] naughty ids are exact in a CSV export${strings.note}`, async () => {
  const text = await readFile(await exported('csv', 'dim_order.csv'), 'utf8');
  const header = text
    .slice(0, text.indexOf('\n'))
    .trimEnd()
    .replace(/^\ufeff/, '')
    .split(',');
  // Records end where quotes are closed.
  const records: string[] = [];
  for (const line of text.slice(text.indexOf('\n') + 1).split('\n')) {
    const last = records.at(-1);
    const isOpen = last !== undefined && (last.match(/"/g)?.length ?? 0) % 2 === 1;
    if (isOpen) records[records.length - 1] = `${last}\n${line}`;
    else if (line !== '') records.push(line);
  }
  const cells = records.map((record) => recordCells(record.replace(/\r$/, ''), rfc4180));
  expect(cells).toHaveLength(ids.length);
  const [order, customer] = [header.indexOf('order_id'), header.indexOf('customer_id')];
  // A cell that a spreadsheet would compute is made text by a leading apostrophe.
  const plain = (cell: string | undefined) => (cell ?? '').replace(/^'(?=[=+\-@\t\r]|\uff1d|\uff0b|\uff0d|\uff20)/, '');
  expect(sorted(cells.flatMap((line) => [plain(line[order]), plain(line[customer])]))).toEqual(
    sorted(ids.flatMap((id) => [plain(id), plain(id)])),
  );
});

skipIfMissing(`[C13] naughty ids are exact in a JSON export${strings.note}`, async () => {
  const lines = (await readFile(await exported('json', 'dim_order.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '');
  const rows = lines.map((line): Record<string, unknown> => JSON.parse(line));
  expect(sorted(rows.flatMap(({ order_id, customer_id }) => [order_id, customer_id]))).toEqual(expected());
});

skipIfMissing(`[C13] naughty ids are exact in a Parquet export${strings.note}`, async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = (await exported('parquet', 'dim_order.parquet')).replaceAll("'", "''");
  const result = await connection.runAndReadAll(
    `select hex(encode(order_id)), hex(encode(customer_id)) from '${path}'`,
  );
  const texts = result.getRows().flatMap((cells) => cells.map((cell) => Buffer.from(String(cell), 'hex').toString()));
  connection.closeSync();
  instance.closeSync();
  expect(sorted(texts)).toEqual(expected());
});

skipIfMissing(`[C13] naughty ids are exact in a SQLite export${strings.note}`, async () => {
  const database = new DatabaseSync(await exported('sqlite', 'warehouse.db'), { readOnly: true });
  const rows = database.prepare('select order_id, customer_id from dim_order').all();
  database.close();
  expect(sorted(rows.flatMap(({ order_id, customer_id }) => [order_id, customer_id]))).toEqual(expected());
});
