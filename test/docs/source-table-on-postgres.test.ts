import { expect, test } from 'vitest';
import { databaseUrl, sql } from '../support/postgres/source-tables.ts';
import { helpLines, makeReaderFolder, readsTable, shellLines, type } from './reader-folder.ts';
import { blocksOf, pageText } from './support.ts';

/** The server that the pages speak of. */
const SHOWN = 'postgres://shop@localhost/shop';

test('the table that the page shows is read by what it tells readers to type, and becomes what it says', async () => {
  const [definition] = blocksOf(await pageText('docs/inputs.md')).filter(({ language }) => language === 'sql');
  await sql(definition?.text ?? '');
  await using folder = await makeReaderFolder();
  const lines = [...(await helpLines()), ...(await shellLines('docs/inputs.md'))].filter(readsTable);
  expect(lines.length).toBeGreaterThanOrEqual(2);
  for (const line of lines) {
    expect(line).toContain(SHOWN);
    await type(folder, line.replace(SHOWN, databaseUrl()));
  }
  const loads = await type(
    folder,
    'npx marketing-pipeline query "select source_file, records, clean_records, rejected_records from staging.stg_loads"',
  );
  expect(loads).toBe('{"source_file":"shop.orders","records":4,"clean_records":2,"rejected_records":1}\n');
  const orders = await type(
    folder,
    'npx marketing-pipeline query "select order_id, order_date, sales_amount from staging.stg_sales_clean order by 1"',
  );
  expect(orders).toBe(
    '{"order_id":"1001","order_date":"2026-01-26","sales_amount":1234.50}\n' +
      '{"order_id":"1004","order_date":"2026-01-28","sales_amount":-5.00}\n',
  );
});
