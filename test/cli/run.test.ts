import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';
import { sharedFile } from '../support/shared-data.ts';

const ORDERS = csvOf([
  row('2024-01-01', '007', 'a1', '10.50'),
  row('2024-01-15', '007', 'a2', '20.25'),
  row('2024-02-02', 'b', 'b1', '5.05'),
  row('2024-02-03', 'b', 'b2', '-1.00'),
]);

const aNumber = expect.any(Number);

test('a run from dry run to append: what is printed, and what is done', async () => {
  await using shop = await openCliShop();
  await shop.write('may.csv', ORDERS);
  await shop.write('june.csv', csvOf([row('2024-06-01', 'c', 'c1', '100.10')]));

  const dry = await shop.run('run', 'may.csv', '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toMatch(/^A run would do this \(nothing has been done\):\n {3}1 {2}load may.csv\n/);
  expect(dry.stdout).toContain('publish as ');
  expect(await readdir(shop.path)).toEqual(['june.csv', 'may.csv']);

  const first = await shop.run('run', 'may.csv', '--json');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const summary = onlyObject(first);
  const firstId = String(summary.runId);
  expect(summary).toEqual({
    runId: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
    status: 'success',
    asOf: '2024-02-03',
    durationSeconds: aNumber,
    layers: {
      staging: {
        status: 'success',
        durationSeconds: aNumber,
        rawRecords: 4,
        cleanRecords: 4,
        rejectedRecords: 0,
        rejectedByReason: {},
        guestRecords: 0,
        guestAmount: 0,
        setAsideRecords: 0,
        setAsideByKind: {},
        newOrders: 4,
        changedOrders: 0,
        lateRecords: 0,
      },
      warehouse: {
        status: 'success',
        durationSeconds: aNumber,
        customers: 2,
        orders: 3,
        revenue: 34.8,
        returns: 1,
        firstOrderDate: '2024-01-01',
      },
      business: {
        status: 'success',
        durationSeconds: aNumber,
        months: 2,
        cohortCells: 3,
        campaignTargets: 0,
        insights: 1,
        comparisonsTried: 0,
        segments: { New: 2, 'High Value': 0, Regular: 0, 'At Risk': 0, Lost: 0 },
        campaigns: {},
        ordersPerCustomer: { 1: 1, 2: 1 },
        predictions: {
          grades: ['churn_risk', 'expected_orders', 'next_order', 'predicted_value'].map((score) => ({
            ...{ score, grade: 'WITHHELD', reason: expect.stringContaining('more buyers') },
          })),
        },
      },
    },
    quality: { total: aNumber, passed: aNumber, warned: 0, failed: 0 },
    forecast: {
      grades: ['orders', 'revenue'].map((measure) => ({
        ...{ measure, verdict: 'withheld', reason: expect.stringContaining('more complete months') },
      })),
      months: [],
    },
    insights: [
      {
        type: 'conversion',
        kind: 'fact',
        title: expect.any(String),
        description: expect.any(String),
        recommendation: expect.any(String),
        priority: 5,
        metric: { value: 50, unit: 'percent of customers' },
      },
    ],
    currency: null,
    changed: true,
    snapshotId: firstId,
  });
  expect(first.stdout).toContain('"revenue":34.8,');

  const report = await shop.run('run', '--report-only');
  expect(report).toMatchObject({ code: 0, stderr: '' });
  expect(report.stdout).toContain(`as of 2024-02-03, snapshot ${firstId}\n`);
  expect(report.stdout).toMatch(/^ {2}Total revenue: {7}\$34\.80$/m);
  expect(onlyObject(await shop.run('status', '--json')).snapshots).toEqual([firstId]);
  expect(onlyObject(await shop.run('report', '--json'))).toMatchObject({ layers: { warehouse: { revenue: 34.8 } } });

  const again = await shop.run('run', 'may.csv', '--append', '--json');
  expect(again).toMatchObject({
    code: 0,
    stderr:
      'note: may.csv is in the data already; it changes nothing\n' +
      'note: there is nothing new; the published data stays as it is\n',
  });
  expect(onlyObject(again)).toMatchObject({ changed: false, snapshotId: firstId });

  const added = onlyObject(await shop.run('run', 'june.csv', '--append', '--json'));
  expect(added).toMatchObject({
    changed: true,
    asOf: '2024-06-01',
    layers: { staging: { rawRecords: 5 }, warehouse: { customers: 3, revenue: 134.9 } },
  });
  expect(onlyObject(await shop.run('status', '--json')).snapshots).toEqual([added.runId, firstId]);

  const skipped = onlyObject(await shop.run('run', '--skip-layers', 'staging', 'warehouse', '--json'));
  expect(skipped).toMatchObject({
    layers: {
      staging: { status: 'skipped', rawRecords: 5 },
      warehouse: { status: 'skipped', revenue: 134.9 },
      business: { status: 'success', months: 6 },
    },
  });

  expect(await shop.run('run', 'may.csv', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(onlyObject(await shop.run('report', '--json'))).toMatchObject({ layers: { staging: { rawRecords: 4 } } });
});

const hec = sharedFile('hec_orders.csv');
test.skipIf(hec.isMissing)(`the original's file: the figures that it printed${hec.note}`, async () => {
  await using shop = await openCliShop();
  const result = await shop.run('run', hec.path, '--json');
  expect(onlyObject(result)).toMatchObject({
    asOf: '2022-11-16',
    layers: {
      staging: { rawRecords: 40_000, cleanRecords: 40_000, rejectedRecords: 0 },
      warehouse: { customers: 33_477, revenue: 6_709_020.43 },
      business: {
        months: 23,
        cohortCells: 276,
        ordersPerCustomer: { 1: 28_753, 2: 3_305, 3: 1_114, 4: 244, 5: 48, 6: 12, 7: 1 },
      },
    },
    quality: { failed: 0 },
    insights: [
      { title: 'Customer conversion: 85.89 % have ordered once' },
      { kind: 'fact', type: 'high_value_silent' },
      { kind: 'fact', type: 'campaign_opportunity' },
      { kind: 'fact', type: 'top_customers' },
    ],
  });
  expect(result.stdout).toContain('"revenue":6709020.43');
  expect(result.stdout).not.toMatch(/"revenue":\d+\.\d{3}/);
  const text = await shop.run('report');
  expect(text.stdout).toContain('$6,709,020.43');
  expect(text.stdout).toContain('28,753 (85.89 %)');
});

test('what is refused before anything is done: exit code 2, the cause, what to do, no stack, nothing published', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', ORDERS);
  await shop.write('empty.csv', '');
  const cases: readonly (readonly [readonly string[], string | RegExp])[] = [
    [['run', 'oders.csv'], /^error: oders\.csv does not exist \(did you mean "orders\.csv"\?\)\n {2}- /],
    [['run', 'nothing/*.csv'], /^error: nothing\/\*\.csv matches no file in .*\n {2}- /],
    [['run', 'empty.csv'], /^error: no rows in empty\.csv: the file is empty\n {2}- /],
    [['run', 'orders.csv', '--as-of', '2024-02-30'], /^error: asOf is "2024-02-30" \(flag --as-of\); allowed: a date/],
    [
      ['run', 'orders.csv', '--as-of', '2023-12-31'],
      /^error: there is no order up to the as-of date 2023-12-31: the first is of 2024-01-01\n {2}- /,
    ],
    [
      ['run', '--skip-layers', 'warehous'],
      'error: "warehous" is not a layer (did you mean "warehouse"?)\n' +
        '  - layers are staging, warehouse and business\n  - put files before --skip-layers\n',
    ],
    [['run', '--skip-layers', 'warehouse'], /^error: warehouse cannot be skipped while staging is built anew/],
    [['run', '--skip-layers', 'staging'], /^error: staging cannot be skipped: nothing has been published yet\n {2}- /],
    [['run', '--skip-layers'], /^error: option '--skip-layers <layers\.\.\.>' argument missing\n/],
    [['run', '--dryrun'], /^error: unknown option '--dryrun'\n\(Did you mean --dry-run\?\)\n/],
    [['run', 'orders.csv', '--engine', 'oracle'], /^error: engine is "oracle" \(flag --engine\); allowed: /],
    [['run', 'orders.csv', '--log-level', 'loud'], /^error: logLevel is "loud"/],
    [['rnu'], "error: unknown command 'rnu'\n(Did you mean run?)\n(see: marketing-pipeline --help)\n"],
    [['run', '--report-only'], /^error: nothing has been published in .* yet\n {2}- run the pipeline first/],
  ];
  const results = await inTwos(cases, async ([args, message], position) => {
    const [command = '', ...rest] = args;
    return { args, message, result: await shop.run(command, '--data-dir', `data-${position}`, ...rest) };
  });
  expect(results).toHaveLength(cases.length);
  for (const { args, message, result } of results) {
    expect({ args, ...result }).toEqual({
      args,
      code: 2,
      stdout: '',
      stderr: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(result.stderr).not.toMatch(/^\s+at .*:\d+/m);
  }
  for (const folder of (await readdir(shop.path)).filter((name) => name.startsWith('data-'))) {
    await expect(access(join(shop.path, folder, 'current.json'))).rejects.toThrow('ENOENT');
  }
});

test('a data folder that cannot be written: exit code 1', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', ORDERS);
  const result = await shop.run('run', 'orders.csv', '--data-dir', 'orders.csv/data');
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^error: data folder .*orders\.csv\/data cannot be written: ENOTDIR/);
  expect(result.stderr).toContain('--data-dir');
});

/** The machine has few cores: two processes at a time. */
async function inTwos<T, R>(items: readonly T[], action: (item: T, position: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 2) {
    const pair = items.slice(start, start + 2);
    results.push(...(await Promise.all(pair.map((item, offset) => action(item, start + offset)))));
  }
  return results;
}
