import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';

test('config says where each value came from: default, file, environment, --set, option; the last one wins', async () => {
  await using shop = await makeCliFolder({ MARKETING_PIPELINE_LOST_DAYS: '400', MARKETING_PIPELINE_NEW_DAYS: '50' });
  await shop.write('pipeline.config.json', '{ "lostDays": 300, "currency": "EUR" }\n');
  const result = await shop.run('config', '--set', 'newDays=60', '--data-dir', 'elsewhere');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  const lines = result.stdout.trimEnd().split('\n');
  const rows = new Map(lines.map((line) => JSON.parse(line)).map((line) => [line.key, line]));
  expect(rows.get('lostDays')).toMatchObject({
    value: 400,
    default: 365,
    origin: 'environment MARKETING_PIPELINE_LOST_DAYS',
  });
  expect(rows.get('currency')).toMatchObject({ value: 'EUR', origin: join(shop.path, 'pipeline.config.json') });
  expect(rows.get('newDays')).toMatchObject({ value: 60, origin: expect.stringContaining('flag') });
  expect(rows.get('dataDir')).toMatchObject({ value: join(shop.path, 'elsewhere'), origin: 'flag --data-dir' });
  expect(rows.get('atRiskDays')).toMatchObject({ value: 180, origin: 'default', meaning: expect.any(String) });
  const csv = await shop.run('config', '--format', 'csv');
  expect(csv.stdout).toMatch(/^key,value,default,origin,meaning\ndataDir,/);
  const schema = await shop.run('config', '--schema');
  const stored = await readFile(new URL('../../pipeline.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(schema.stdout)).toEqual(JSON.parse(stored));
});

test('settings that are wrong are listed with what is allowed: exit code 2', async () => {
  await using shop = await makeCliFolder();
  await shop.write('typo.json', '{ "lostDay": 300 }\n');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--config', 'typo.json'], /^error: unknown config key "lostDay" in .*typo\.json.* \(did you mean "lostDays"\?\)/],
    [['--set', 'lostDays=soon'], /^error: lostDays is "soon" \(flag .*\); allowed: a whole number from 1 to 36500/],
    [['--set', 'lostDays'], /^error: "lostDays" is not KEY=VALUE\n {2}- for example --set lostDays=400\n$/],
    [['--config', 'nope.json'], /nope\.json: no such config file/],
    [['--set', 'newDays=365'], /^error: newDays 365 .* must be less than lostDays 365 \(default\)/],
  ];
  for (const [args, message] of cases) {
    const result = await shop.run('config', ...args);
    expect({ args, ...result }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(message) });
  }
});

test('compile prints SQL that query runs; models are listed in the order in which they are built', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', csvOf([row('2024-01-01', 'a', 'a1', '1.00')]));
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const compiled = await shop.run('compile', 'monthly_metrics');
  expect(compiled).toMatchObject({ code: 0, stderr: '' });
  expect(compiled.stdout).not.toContain('{{');
  const rows = await shop.run('query', compiled.stdout);
  const published = await shop.run('query', 'select * from business.monthly_metrics');
  expect(rows).toEqual(published);

  const list = await shop.run('compile', '--list', '--format', 'csv');
  const names = list.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').slice(0, 2).join('.'));
  expect(names[0]).toBe('layer.model');
  expect(names.indexOf('staging.stg_sales_clean')).toBeLessThan(names.indexOf('warehouse.dim_order'));
  expect(names.indexOf('warehouse.dim_customer')).toBeLessThan(names.indexOf('business.campaign_targets'));

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['dim_custmer'],
      /^error: there is no model "dim_custmer" \(did you mean "dim_customer"\?\)\n {2}- see all models/,
    ],
    [['business_insights'], /^error: business_insights is a code model and has no SQL of its own\n {2}- read /],
    [[], /^error: no model is named\n {2}- see all models with: marketing-pipeline compile --list\n$/],
  ];
  for (const [args, message] of refused) {
    expect(await shop.run('compile', ...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  }
});

test('sample writes the same file for the same seed, and the pipeline runs it', async () => {
  await using shop = await makeCliFolder();
  const options = ['--customers', '300', '--seed', '7', '--start', '2024-01-01', '--end', '2024-12-31'];
  const first = await shop.run('sample', ...options, '--out', 'one.csv');
  expect(first).toEqual({
    code: 0,
    stdout: 'Wrote one.csv. Load it with: marketing-pipeline run one.csv\n',
    stderr: '',
  });
  const truth = onlyObject(await shop.run('sample', ...options, '--out', 'two.csv', '--json'));
  const content = await readFile(join(shop.path, 'one.csv'), 'utf8');
  expect(await readFile(join(shop.path, 'two.csv'), 'utf8')).toBe(content);
  expect(content).toMatch(/^Unnamed: 0,Date,Customer ID,Order ID,Sales\n/);
  expect(Object.keys(truth).length).toBeGreaterThan(0);
  const run = onlyObject(await shop.run('run', 'one.csv', '--json', '--set', 'maxRejectedShare=0.2'));
  expect(run).toMatchObject({ status: 'success', layers: { staging: { rawRecords: expect.any(Number) } } });
  const wrong = await shop.run('sample', '--start', '2024-01-01', '--end', '2023-01-01', '--out', 'three.csv');
  expect(wrong).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: 2024-01-01 to 2023-01-01/),
  });
});
