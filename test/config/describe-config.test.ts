import { join } from 'node:path';
import { expect, it } from 'vitest';
import { definePipeline } from '../../src/config/define-pipeline.ts';
import { describeConfig } from '../../src/config/describe-config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { configKeys } from '../../src/config/schema.ts';
import { shopFolder } from './shop-folder.ts';

it('has one row per setting with value, default, origin and a meaning in one sentence', async () => {
  const spec = definePipeline({ newDays: 60, retentionWindowsMonths: [6, 12] as const });
  await using shop = await shopFolder({ 'pipeline.config.json': JSON.stringify(spec) });
  const env = { MARKETING_PIPELINE_LOST_DAYS: '400' };
  const rows = describeConfig(await loadConfig({ env, flags: { threads: 2 }, cwd: shop.path }));

  expect(rows.map(({ key }) => key)).toEqual(configKeys);
  for (const { meaning } of rows) expect(meaning).toMatch(/^[A-Z].*\.$/);
  const row = (key: string) => rows.find((candidate) => candidate.key === key);
  expect(row('newDays')).toMatchObject({ value: 60, default: 90, origin: join(shop.path, 'pipeline.config.json') });
  expect(row('lostDays')).toMatchObject({
    value: 400,
    default: 365,
    origin: 'environment MARKETING_PIPELINE_LOST_DAYS',
  });
  expect(row('threads')).toMatchObject({ value: 2, default: null, origin: 'flag --set threads' });
  expect(row('dataDir')).toMatchObject({ value: join(shop.path, 'data'), default: './data', origin: 'default' });
});

it('definePipeline gives the spec back as it is, and its type knows keys and values', () => {
  // @ts-expect-error a misspelled key does not compile
  definePipeline({ lostDay: 400 });
  // @ts-expect-error neither does a value of the wrong type
  definePipeline({ lostDays: '400' });
  const spec = { lostDays: 400 };
  expect(definePipeline(spec)).toBe(spec);
});
