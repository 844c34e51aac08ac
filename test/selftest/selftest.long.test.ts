import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import { CancelledError, InputError, Pipeline, RunError, runSelftest, writeSample } from '../../src/index.ts';
import { sampleTruth } from '../../src/sample/sample-truth.ts';
import { compareWithTruth } from '../../src/selftest/compare-truth.ts';
import { runSteps } from '../../src/selftest/run-steps.ts';
import { row } from '../support/make-shop.ts';
import { errorOf, openShop } from '../support/run-shop.ts';
import { fingerprint, openSandbox } from './isolation.ts';

describe('quick', () => {
  test('passes on this installation, touches no data and leaves no folder behind', async () => {
    await using box = await openSandbox({ MARKETING_PIPELINE_DATA_DIR: './elsewhere' });
    await mkdir(join(box.cwd, 'models'));
    await writeFile(join(box.cwd, 'models', 'broken.sql'), 'not a model');
    await writeFile(
      join(box.cwd, 'pipeline.config.json'),
      '{"dataDir":"./data","modelsDir":"./models","lostDays":9999}',
    );
    const real = await Pipeline.open({
      settings: { dataDir: join(box.cwd, 'data') },
      effects: { ...systemEffects(), env: {}, cwd: box.temp },
    });
    await writeSample(join(box.cwd, 'sample.csv'), { customers: 50 });
    await real.run([join(box.cwd, 'sample.csv')]);
    const before = await fingerprint(box.cwd);

    const names: string[] = [];
    const result = await runSelftest('quick', { effects: box.effects, onStep: ({ name }) => names.push(name) });

    expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(result.status).toBe('passed');
    expect(names).toEqual(['full run', 'figures against the truth', 'quality checks', 'ledger', 'query']);
    expect(await fingerprint(box.cwd)).toEqual(before);
    expect(await readdir(box.temp)).toEqual([]);
  });

  test('with a file of your own there is no truth to compare with', async () => {
    await using box = await openSandbox();
    await writeSample(join(box.cwd, 'mine.csv'), { customers: 60 });
    const { status, steps } = await runSelftest('quick', { effects: box.effects, csvFile: 'mine.csv' });
    expect(status).toBe('passed');
    expect(steps.map(({ name }) => name)).not.toContain('figures against the truth');
  });

  test('a file that cannot be loaded fails the run and skips what needs it', async () => {
    await using box = await openSandbox();
    await writeFile(join(box.cwd, 'wrong.csv'), 'a,b\n1,2\n');
    const { status, steps } = await runSelftest('quick', { effects: box.effects, csvFile: 'wrong.csv' });
    expect(status).toBe('failed');
    expect(steps.map((step) => step.status)).toEqual(['failed', 'skipped', 'skipped', 'skipped']);
    expect(steps[0]?.detail).toContain('wrong.csv');
    expect(await readdir(box.temp)).toEqual([]);
  });

  test('a file that is not there is an input error', async () => {
    await using box = await openSandbox();
    await errorOf(InputError, runSelftest('quick', { effects: box.effects, csvFile: 'none.csv' }));
  });

  test('cancelling ends it and removes its folder', async () => {
    await using box = await openSandbox();
    const controller = new AbortController();
    const onStep = () => controller.abort();
    await errorOf(CancelledError, runSelftest('quick', { effects: box.effects, signal: controller.signal, onStep }));
    expect(await readdir(box.temp)).toEqual([]);
  });
});

test('comprehensive goes through repeated runs, appends, skipped layers, rollback and every export', async () => {
  await using box = await openSandbox();
  await writeSample(join(box.cwd, 'mine.csv'), { customers: 400 });
  const before = await fingerprint(box.cwd);
  const { steps } = await runSelftest('comprehensive', { effects: box.effects, csvFile: 'mine.csv' });
  expect(steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(steps.map(({ name }) => name)).toEqual([
    'full run',
    'quality checks',
    'ledger',
    'query',
    'content',
    'same file again',
    'append of the same file',
    'skipped layers',
    'rollback',
    'refused input',
    'export as csv',
    'export as json',
    'export as parquet',
    'export as sqlite',
  ]);
  expect(await fingerprint(box.cwd)).toEqual(before);
  expect(await readdir(box.temp)).toEqual([]);
});

test('a figure that is a cent or a row off the truth is found', async () => {
  await using shop = await openShop();
  const options = { customers: 300 };
  const file = join(shop.folder, 'sample.csv');
  await writeSample(file, options);
  const summary = await shop.run([file]);
  const truth = sampleTruth(options);
  expect(compareWithTruth(summary, truth)).toContain('10 figures');
  const wrong = [
    { ...truth, netRevenueCents: truth.netRevenueCents + 1 },
    { ...truth, customers: truth.customers - 1 },
    { ...truth, rejectedRows: { ...truth.rejectedRows, INVALID_DATE: truth.rejectedRows.INVALID_DATE + 1 } },
    { ...truth, oneOrderCustomers: truth.oneOrderCustomers + 1 },
  ];
  for (const other of wrong) expect(() => compareWithTruth(summary, other)).toThrow(RunError);
});

test('a failed step does not stop the others, a vital one does, and a defect keeps its stack', async () => {
  const results = await runSteps(
    [
      { name: 'a', check: async () => 'fine' },
      { name: 'b', check: () => Promise.reject(new RunError('too few', { remedy: 'add some' })) },
      { name: 'c', check: () => Promise.reject(new Error('oops')), isVital: true },
      { name: 'd', check: async () => 'never' },
    ],
    { effects: systemEffects() },
  );
  expect(results.map(({ name, status }) => [name, status])).toEqual([
    ['a', 'passed'],
    ['b', 'failed'],
    ['c', 'failed'],
    ['d', 'skipped'],
  ]);
  expect(results[1]?.detail).toBe('too few; add some');
  expect(results[2]?.detail).toContain('run-steps.ts');
});

test('an order file of one row passes the quick self-test', async () => {
  await using box = await openSandbox();
  const { date, customer, order, sales } = row('2024-01-05', 'c1', 'o1', '1.00');
  await writeFile(join(box.cwd, 'one.csv'), `Date,Customer ID,Order ID,Sales\n${date},${customer},${order},${sales}\n`);
  const { steps } = await runSelftest('quick', { effects: box.effects, csvFile: 'one.csv' });
  expect(steps.filter(({ status }) => status !== 'passed')).toEqual([]);
});
