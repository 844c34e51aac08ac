import { expect, it } from 'vitest';
import { environmentName } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { type Config, configKeys } from '../../src/config/schema.ts';
import { shopFolder, usageErrorOf } from './shop-folder.ts';

const CWD = import.meta.dirname;
const load = async (env: Readonly<Record<string, string>>): Promise<Config> =>
  (await loadConfig({ env, cwd: CWD })).config;

it('texts become values of the type of their key', async () => {
  const config = await load({
    MARKETING_PIPELINE_LOST_DAYS: ' 500 ',
    MARKETING_PIPELINE_MAX_REJECTED_SHARE: '2.5e-1',
    MARKETING_PIPELINE_ALLOW_ZERO_AMOUNTS: 'true',
    MARKETING_PIPELINE_RETENTION_WINDOWS_MONTHS: '[1, 6]',
    MARKETING_PIPELINE_CONTROL_SALT: '42',
    MARKETING_PIPELINE_AS_OF: '2022-11-16',
    MARKETING_PIPELINE_THREADS: '4',
  });
  expect(config).toMatchObject({
    lostDays: 500,
    maxRejectedShare: 0.25,
    allowZeroAmounts: true,
    retentionWindowsMonths: [1, 6],
    controlSalt: '42',
    asOf: '2022-11-16',
    threads: 4,
  });
});

it('a list may be written with commas', async () => {
  expect((await load({ MARKETING_PIPELINE_RETENTION_WINDOWS_MONTHS: '3,6,9' })).retentionWindowsMonths).toEqual([
    3, 6, 9,
  ]);
});

it('an empty text and "null" mean null where null is allowed', async () => {
  const config = await load({ MARKETING_PIPELINE_GROSS_MARGIN: '', MARKETING_PIPELINE_MEMORY_LIMIT: 'null' });
  expect(config).toMatchObject({ grossMargin: null, memoryLimit: null });
});

it('the environment can set a value of the file back to null', async () => {
  await using shop = await shopFolder({ 'pipeline.config.json': '{ "asOf": "2022-11-16" }' });
  const { config, origins } = await loadConfig({ env: { MARKETING_PIPELINE_AS_OF: '' }, cwd: shop.path });
  expect(config.asOf).toBeNull();
  expect(origins.asOf).toEqual({ kind: 'environment', name: 'MARKETING_PIPELINE_AS_OF' });
});

for (const text of ['', '0x10', '1_000', 'NaN', 'Infinity', '12 days', '1,5', 'null']) {
  it(`"${text}" is not a number`, async () => {
    const error = await usageErrorOf(load({ MARKETING_PIPELINE_LOST_DAYS: text }));
    expect(error.message).toContain(`lostDays is "${text}" (environment MARKETING_PIPELINE_LOST_DAYS)`);
  });
}

it('text from the command line is read in the same way', async () => {
  const flags = { lostDays: '500', allowZeroAmounts: 'true', retentionWindowsMonths: '3,6', modelsDir: 'null' };
  const { config } = await loadConfig({ env: {}, flags, cwd: CWD });
  expect(config).toMatchObject({
    lostDays: 500,
    allowZeroAmounts: true,
    retentionWindowsMonths: [3, 6],
    modelsDir: null,
  });
});

it('every key has its own environment name', () => {
  const names = configKeys.map(environmentName);
  expect(new Set(names).size).toBe(configKeys.length);
  expect(names).toContain('MARKETING_PIPELINE_MIN_HISTORY_DAYS_FOR_PREDICTION');
});
