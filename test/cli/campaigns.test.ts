import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignOrders } from '../support/campaign-shop.ts';
import { csvOf } from '../support/make-shop.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';

let shop: CliFolder;

beforeAll(async () => {
  shop = await openCliShop();
  await shop.write('orders.csv', csvOf(campaignOrders()));
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
});

afterAll(() => shop[Symbol.asyncDispose]());

const BUDGET = ['--budget', '100', '--cost-per-contact', '2'];

describe('campaigns', () => {
  test('prints every list with its groups, its power and what can be learnt', async () => {
    const { code, stdout, stderr } = await shop.run('campaigns');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lists = onlyObject(await shop.run('campaigns', '--json')).campaigns;
    if (!Array.isArray(lists)) throw new Error('no lists');
    expect(lists.map(({ campaignType }) => campaignType)).toEqual(['Cross-Sell', 'Loyalty', 'Retention', 'Win-Back']);
    for (const { campaignType, targets, controls, power } of lists) {
      expect(stdout).toContain(`\n${campaignType.toUpperCase()}\n`);
      expect(stdout).toContain(`${targets} to address, ${controls} to leave alone as the control group`);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(power.verdict);
    }
    expect(stdout).toContain('no ceiling: set grossMargin');
  });

  test('plan prints whom a budget pays for, and what is not known without a margin', async () => {
    const { stdout } = await shop.run('campaigns', 'plan', ...BUDGET);
    expect(stdout).toMatch(/\nALL\n {2}Address: +50 for \$100\.00\n/);
    expect(stdout).toContain('unknown: grossMargin is not set');
    const margin = await shop.run('campaigns', 'plan', ...BUDGET, '--type', 'Loyalty', '--set', 'grossMargin=0.5');
    expect(margin.stdout).toMatch(/[\d.]+ extra orders per 100 contacts/);
    expect(margin.stdout).not.toContain('RETENTION');
    expect(onlyObject(await shop.run('campaigns', 'plan', ...BUDGET, '--json')).total).toMatchObject({ contacts: 50 });
  });

  test('launch records, says so again, and history lists what there is; a dry run leaves no trace', async () => {
    expect((await shop.run('campaigns', 'history')).stdout).toMatch(/^No campaign has been launched yet/);
    expect((await shop.run('campaigns', 'launch', '--dry-run')).stdout).toContain('not yet: a dry run');
    expect(onlyObject(await shop.run('campaigns', 'history', '--json'))).toEqual({ launches: [] });
    const launched = await shop.run('campaigns', 'launch', 'win-back', 'Loyalty');
    expect(launched.stdout).toMatch(/2023-09-06-win-back +Win-Back +\d+ +\d+ +now\n/);
    const again = await shop.run('campaigns', 'launch', 'Win-Back');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('before; nothing was changed') });
    const history = await shop.run('campaigns', 'history');
    expect(history.stdout).toMatch(/2023-09-06-loyalty .* 2023-10-06 /);
    expect((await shop.run('campaigns')).stdout).toContain('as 2023-09-06-win-back');
  });

  test('errors say what is wrong and what to do', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['campaigns', 'pln'], /^error: there is no command "campaigns pln" \(did you mean "plan"\?\)/],
      [['campaigns', 'plan'], /^error: a plan needs a budget and a cost per contact\n {2}- for example: /],
      [['campaigns', 'plan', '--budget', 'much', '--cost-per-contact', '1'], /"much" is not an amount for --budget/],
      [['campaigns', 'plan', '--budget', '1', '--cost-per-contact', '2'], /a budget of 1 is below the cost of one/],
      [
        ['campaigns', 'plan', ...BUDGET, '--type', 'Loyal'],
        /there is no campaign "Loyal" \(did you mean "Loyalty"\?\)/,
      ],
      [['campaigns', 'launch', '--budget', '5'], /a budget needs a cost per contact/],
    ];
    for (const [args, message] of cases) {
      const result = await shop.run(...args);
      expect({ args, ...result }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(message) });
    }
  });

  test('before the first run the error says what to run', async () => {
    await using fresh = await openCliShop();
    const { code, stdout, stderr } = await fresh.run('campaigns');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: nothing has been published in .* yet\n {2}- run the pipeline first/);
  });
});

describe('doctor', () => {
  test('ends with 0 where all is well, with 1 where something is lost, and says what to do', async () => {
    const well = await shop.run('doctor');
    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toMatch(/Everything is as it should be\.\n$/);
    expect(onlyObject(await shop.run('doctor', '--json'))).toMatchObject({ status: 'ok' });
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(shop.path, 'data', `metadata.db${suffix}`), { force: true });
    const ill = await shop.run('doctor');
    expect(ill.code).toBe(1);
    expect(ill.stdout).toMatch(/PROBLEM {2}run history: .* is missing.*\n {9}- restore it from a backup\n/);
    expect(ill.stdout).toMatch(/1 problem, 0 warnings\.\n$/);
  });
});
