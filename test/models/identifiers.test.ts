import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EngineName } from '../../src/engines/engine.ts';
import { testEngine } from '../support/engines.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

test('[C12] ids that only look alike stay apart, and are reported as possible duplicates', async () => {
  const alike = [
    'M\u00fcller',
    'Mu\u0308ller',
    'm\u00fcller',
    'M\u00fcl\u200bler',
    'M\u00fc ller',
    '\uff11\uff12',
    '12',
    'ada',
  ];
  await using shop = await openShop();
  const rows = alike.map((customer, index) => row('2024-01-01', customer, `o${index}`, '5.00'));
  const summary = await shop.load(rows);
  expect(summary.layers.warehouse.customers).toBe(alike.length);
  const stored = await shop.query('select customer_id from warehouse.dim_customer');
  expect(stored.map(({ customer_id }) => customer_id).sort()).toEqual(alike.toSorted());
  const similar = await shop.query('select customer_id, spellings from staging.stg_similar_customers');
  expect(new Set(similar.map(({ customer_id }) => customer_id))).toEqual(new Set(alike.slice(0, 5)));
  expect(similar.every(({ spellings }) => Number(spellings) === 5)).toBe(true);
  const checks = shop.events.flatMap((event) => (event.type === 'checked' ? event.results : []));
  expect(checks.find(({ name }) => name === 'no_other_spelling')).toMatchObject({ status: 'warned', failingRows: 5 });
});

test('[C48] one text id among thousands of numeric ones makes no id a number, and drops none', async () => {
  const numeric = Array.from({ length: 3_000 }, (_, index) =>
    row('2024-01-01', `${1_000 + index}`, `${index}`, '5.00'),
  );
  await using shop = await openShop();
  const summary = await shop.load([...numeric, row('2024-01-02', 'A-17', 'last', '5.00')]);
  expect(summary.layers).toMatchObject({ staging: { cleanRecords: 3_001 }, warehouse: { customers: 3_001 } });
  const rows = await shop.query(
    "select customer_id from warehouse.dim_customer where customer_id in ('A-17', '1000', '3999')",
  );
  expect(rows.map(({ customer_id }) => customer_id).sort()).toEqual(['1000', '3999', 'A-17']);
});

const HEX: Readonly<Record<EngineName, (column: string) => string>> = {
  duckdb: (column) => `lower(hex(encode(${column})))`,
  postgres: (column) => `encode(convert_to(${column}, 'UTF8'), 'hex')`,
};

const strings = sharedFile('naughty-strings.json');

test.skipIf(strings.isMissing)(
  `[C13] naughty strings as customer and order ids are exact in every layer${strings.note}`,
  async () => {
    const all: unknown = JSON.parse(readFileSync(strings.path, 'utf8'));
    const texts = (Array.isArray(all) ? all.map(String) : []).filter((text) => !text.includes('\0'));
    const trimmed = [...new Set(texts.map((text) => text.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '')))];
    const usable = trimmed.filter((text) => text !== '' && !/^\d(\.\d+)?E\+(1[1-9]|[2-9]\d)$/.test(text));
    expect(usable.length).toBeGreaterThan(480);
    await using shop = await openShop();
    const rows = usable.map((text) => row('2024-01-01', text, text, '5.00'));
    await shop.run([
      await shop.write('naughty.csv', csvOf([...rows, row('2024-01-02', 'plain', 'plain', '1,234.50')])),
    ]);
    // In hex, because DuckDB's client drops a byte order mark at the beginning of any text.
    const hex = (text: string) => Buffer.from(text).toString('hex');
    const expected = [...usable, 'plain'].map(hex).sort();
    for (const table of ['staging.stg_sales_clean', 'warehouse.dim_customer', 'business.customer_segments']) {
      const found = await shop.query(`select ${HEX[testEngine()]('customer_id')} as id from ${table}`);
      expect(found.map(({ id }) => String(id)).sort(), table).toEqual(expected);
    }
    const orders = await shop.query(`select ${HEX[testEngine()]('order_id')} as id from warehouse.dim_order`);
    expect(orders.map(({ id }) => String(id)).sort()).toEqual(expected);
  },
);
