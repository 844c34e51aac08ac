import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf } from '../support/make-shop.ts';
import { assignmentsModel, campaignOrders, lastDay } from '../support/measured-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';

let shop: CliFolder;

beforeAll(async () => {
  shop = await openCliShop();
  await shop.write('orders.csv', csvOf(campaignOrders()));
  await shop.write('few.csv', csvOf(orderRows(20)));
  await shop.write('mine/campaign_assignments.sql', assignmentsModel());
});

afterAll(() => shop[Symbol.asyncDispose]());

test('before the first run, with nothing launched, and with launches: text and one JSON object', async () => {
  const before = await shop.run('campaigns', 'measure');
  expect(before).toMatchObject({ code: 2, stdout: '' });
  expect(before.stderr).toMatch(/^error: nothing has been published in .* yet\n.*run FILE/);

  expect(await shop.run('run', 'few.csv', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  const nothing = await shop.run('campaigns', 'measure');
  expect(nothing).toMatchObject({ code: 0, stderr: '' });
  expect(nothing.stdout).toMatch(/^No campaign was launched before 2024-06-\d\d: there is nothing to measure\.\n/);
  expect(nothing.stdout).toContain('marketing-pipeline campaigns launch');
  expect(onlyObject(await shop.run('campaigns', 'measure', '--json'))).toMatchObject({ finished: [], running: [] });

  expect(await shop.run('run', 'orders.csv', '--quiet', '--set', 'modelsDir=mine')).toMatchObject({ code: 0 });
  const text = await shop.run('campaigns', 'measure');
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toMatch(/^MEASURED, with orders up to 2024-08-15\n[\s\S]*\nSTILL RUNNING\n/);
  const json = onlyObject(await shop.run('campaigns', 'measure', '--json'));
  expect(json).toMatchObject({
    asOf: lastDay,
    finished: [
      { launchId: 'fourth', verdict: 'no evidence' },
      { launchId: 'fourth', verdict: 'no control group', effect: null },
      { launchId: 'first', verdict: 'more', isFinal: true, nextLookOn: null },
    ],
    running: [
      { launchId: 'third', lookNumber: 0, nextLookOn: '2024-08-25' },
      { launchId: 'second', lookNumber: 1, nextLookOn: '2024-08-29' },
    ],
  });
});

test('a misspelled part of the group is named, and what was meant', async () => {
  const { code, stderr } = await shop.run('campaigns', 'mesure');
  expect(code).toBe(2);
  expect(stderr).toContain('there is no command "campaigns mesure" (did you mean "measure"?)');
});
