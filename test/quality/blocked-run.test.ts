import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { QualityError, RunError } from '../../src/errors.ts';
import { row } from '../support/make-shop.ts';
import { errorOf, openShop } from '../support/run-shop.ts';

const rows = Array.from({ length: 30 }, (_, index) =>
  row('2024-01-05', `C${index % 9}`, `${index}`, `${index + 1}.00`),
);
let modelsDir: string;

beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'models-'));
});
afterAll(() => rm(modelsDir, { recursive: true }));

/** A folder with one model, a built-in one that has been changed. */
async function changedModel(layer: string, name: string, change: (sql: string) => string): Promise<string> {
  const builtin = fileURLToPath(new URL(`../../models/${layer}/${name}.sql`, import.meta.url));
  const sql = await readFile(builtin, 'utf8');
  const changed = change(sql);
  expect(changed).not.toBe(sql);
  const folder = join(modelsDir, `${layer}-${name}`, layer);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.sql`), changed);
  return join(modelsDir, `${layer}-${name}`);
}

test('[M16] a model that loses rows cannot publish: the ledger names the stage', async () => {
  const loses = await changedModel('warehouse', 'fact_sales', (sql) =>
    sql.replace('select * from final', 'select * from final where sales_amount > 3'),
  );
  await using shop = await openShop({ modelsDir: loses });
  const error = await errorOf(RunError, shop.load(rows));
  expect(error.message).toBe('rows or money were lost on the way; nothing was published');
  expect(error.remedy.join('\n')).toContain(
    'clean records and refunds to fact_sales and after the as-of date (rows): expected 30, found 27',
  );
  expect(error.remedy.join('\n')).toContain('(money): expected 465.00, found 459.00');
  expect(await shop.pipeline.engine.published()).toBeUndefined();
});

test('[M16] a failed check blocks the publish, shows rows, and leaves the published data as it was', async () => {
  const doubles = await changedModel('business', 'monthly_metrics', (sql) =>
    sql.replace('@check unique(period_month)', '@check range(total_orders, 0, 10)'),
  );
  await using shop = await openShop({ modelsDir: doubles });
  await shop.load(rows.slice(0, 10));
  const before = await shop.pipeline.engine.published();
  const error = await errorOf(QualityError, shop.load(rows));
  expect(error.exitCode).toBe(3);
  expect(error.message).toBe(
    'a quality check failed: business.monthly_metrics range(total_orders, 0, 10); nothing was published',
  );
  expect(error.remedy[0]).toContain('expected total_orders is between 0 and 10; 1 row differs');
  expect(error.remedy[1]).toContain('period_month="2024-01"');
  expect(await shop.pipeline.engine.published()).toEqual(before);
});

test('more refused records than maxRejectedShare block the publish', async () => {
  await using shop = await openShop({ maxRejectedShare: 0.1 });
  const dirty = rows.map((one, index) => (index % 5 === 0 ? { ...one, sales: 'free' } : one));
  const error = await errorOf(QualityError, shop.load(dirty));
  expect(error.message).toBe(
    'a quality check failed: staging.stg_sales_rejected rejected_share; nothing was published',
  );
  expect(error.remedy[0]).toContain('at most 10.00 % of the records are rejected; here 20.00 %');
  expect(await shop.pipeline.engine.published()).toBeUndefined();
});
