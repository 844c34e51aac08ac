import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { builtinModelsDir } from '../../src/api/folders.ts';
import { presets } from '../../src/ingest/mapping/presets/index.ts';
import { makeCliFolder, onlyObject } from '../support/run-cli.ts';
import { blocksOf, pageText } from './support.ts';

const page = await pageText('docs/inputs.md');

/** The codes of the page's table whose first column has that title. */
function codesUnder(title: string): string[] {
  const [, table = ''] = new RegExp(`^\\| ${title} +\\|.*\\n((?:\\|.*\\n)+)`, 'm').exec(page) ?? [];
  return [...table.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, code = '']) => code);
}

test('the tables of reasons and kinds have every code that staging can give, in its order', async () => {
  const model = await readFile(`${builtinModelsDir()}/staging/stg_sales_checked.sql`, 'utf8');
  const accepted = (column: string) => {
    const [, list = ''] = new RegExp(`accepted_values\\(${column}, ([^)]*)\\)`).exec(model) ?? [];
    return [...list.matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code);
  };
  expect(accepted('reason_code').length).toBeGreaterThanOrEqual(7);
  expect(codesUnder('Code')).toEqual(accepted('reason_code'));
  expect(codesUnder('Kind')).toEqual(accepted('set_aside_kind'));
});

test('every layout that is recognised stands in a table once, with what it takes for date, customer, order and amount', () => {
  const rows = page.split('\n').filter((line) => / \| (an order|a line|a line, total on the first) \| /.test(line));
  expect(rows).toHaveLength(presets.length);
  for (const { title, targets } of presets) {
    const found = rows.filter((row) => row.startsWith(`| ${title} | `));
    expect(found, title).toHaveLength(1);
    for (const name of ['date', 'customer', 'order', 'amount'] as const) {
      const [, first = ''] = /\[([^\]]+)\]/.exec([targets[name] ?? ''].flat()[0] ?? '') ?? [];
      expect(found[0], title).toContain(first);
    }
  }
});

test('the export that the page shows becomes what the page says; its rejected order is mended and appended', async () => {
  await using shop = await makeCliFolder();
  await shop.write('export.csv', blocksOf(page).find(({ language }) => language === 'csv')?.text ?? '');
  expect(onlyObject(await shop.run('run', 'export.csv', '--json'))).toMatchObject({
    layers: {
      staging: {
        rawRecords: 4,
        cleanRecords: 2,
        rejectedByReason: { INVALID_CUSTOMER: 1 },
        guestRecords: 1,
        guestAmount: 15,
        setAsideByKind: { CANCELLED: 1 },
      },
      warehouse: { customers: 1, orders: 1, returns: 1, revenue: 1229.5 },
    },
  });
  const lines = page.split('\n').filter((line) => /^npx marketing-pipeline query .* > rejects\.csv$|^sed /.test(line));
  expect(lines).toHaveLength(2);
  const [query = '', sed = ''] = lines;
  const sql = /"(.*)"/.exec(query)?.[1] ?? '';
  const rejects = await shop.run('query', sql, '--format', 'csv');
  await shop.write('rejects.csv', rejects.stdout);
  expect(await shop.spawn('sh', ['-c', sed]).result).toMatchObject({ code: 0, stderr: '' });
  const mended = onlyObject(await shop.run('run', 'mended.csv', '--append', '--json'));
  expect(mended).toMatchObject({
    layers: {
      staging: { rawRecords: 5, cleanRecords: 3, newOrders: 1, changedOrders: 0 },
      warehouse: { customers: 2, orders: 2, revenue: 1244.5 },
    },
  });
  const loads = await shop.run(
    'query',
    'select layout, clean_records, rejected_records from staging.stg_loads order by load_id',
  );
  expect(loads.stdout).toBe(
    '{"layout":"columns matched by name","clean_records":2,"rejected_records":0}\n' +
      '{"layout":"Rejected records, exported by this pipeline","clean_records":1,"rejected_records":0}\n',
  );
  const again = onlyObject(await shop.run('run', 'mended.csv', '--append', '--json'));
  expect(again).toMatchObject({ changed: false });
});
