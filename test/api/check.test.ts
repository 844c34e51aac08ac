import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Pipeline, RunError } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { errorOf, openShop } from '../support/run-shop.ts';

const LARGE_MONTHS = `/*
Months with their size. One row per month.
@grain period_month
@column period_month - the month
@column is_large - whether it is large
@check not_null(is_large)
@check unique(period_month)
*/
select period_month, total_sales > 100 as is_large from {{ ref('monthly_metrics') }}
`;

test('checks of a model that has changed since the run say so, instead of what the database says', async () => {
  await using folder = await openShop();
  const models = await mkdtemp(join(folder.folder, 'models-'));
  await writeFile(join(models, 'large_months.sql'), LARGE_MONTHS);
  await using shop = await openShop({ modelsDir: models });
  await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
  expect((await shop.pipeline.check()).every(({ status }) => status === 'passed')).toBe(true);
  await writeFile(join(models, 'large_months.sql'), LARGE_MONTHS.replaceAll('is_large', 'is_huge'));
  const later = await Pipeline.open({ settings: shop.settings, effects: shop.pipeline.effects });
  const error = await errorOf(RunError, later.check());
  expect(error.message).toContain('the checks of large_months do not fit the published table');
  expect(error.remedy).toEqual(['the model has changed since: run the pipeline again']);
});
