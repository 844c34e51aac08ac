import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineEnvironment } from '../../support/postgres/test-database.ts';
import { BIN, type CliFolder, makeCliFolder } from '../../support/run-cli.ts';
import { openShop, type Shop } from '../../support/run-shop.ts';
import { lostCustomers } from './lost-customers.ts';

let shop: Shop;
let folder: CliFolder;
const place = () => ['--data-dir', shop.settings.dataDir];

beforeAll(async () => {
  shop = await openShop({ controlShare: 0.3 });
  const ids = Array.from({ length: 600 }, (_, number) => `Customer.${number}@shop.example`);
  await shop.load(lostCustomers([...ids, 'C1']));
  folder = await makeCliFolder(engineEnvironment(shop.folder));
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

test('export campaigns --for writes the lists, says who was left out, and what comes next', async () => {
  const { code, stdout, stderr } = await folder.run(
    'export',
    'campaigns',
    '--for',
    'klaviyo',
    '--out',
    'k',
    ...place(),
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('klaviyo-win-back-targets.csv');
  expect(stdout).toContain('klaviyo-win-back-control-do-not-contact.csv');
  expect(stdout).toMatch(/Left out of Win-Back \((target|control)\): 1, because the customer id is no e-mail address/);
  expect(stdout).toContain('marketing-pipeline campaigns launch');
  expect((await readdir(join(folder.path, 'k'))).sort()).toEqual(
    expect.arrayContaining(['campaigns-klaviyo.json', 'klaviyo-win-back-targets.csv']),
  );
});

test('--json prints one object', async () => {
  const args = ['--for', 'meta', '--type', 'win-back', '--json', '--out', 'm'];
  const { stdout } = await folder.run('export', 'campaigns', ...args, ...place());
  expect(JSON.parse(stdout)).toMatchObject({
    platform: 'meta',
    files: [{ campaignType: 'Win-Back', group: 'target' }],
  });
  expect(stdout.trimEnd()).not.toContain('\n');
});

test.each([
  [['campaigns'], 'export campaigns needs --for'],
  [['campaigns', '--for', 'mailchip'], 'did you mean "mailchimp"?'],
  [['campaigns', '--for', 'meta', '--type', 'Winback'], 'did you mean "Win-Back"?'],
  [['--for', 'meta'], '--for and --type belong to campaigns'],
  [['campaigns', 'dim_order', '--for', 'meta'], '--for and --type belong to campaigns'],
  [['dim_order', '--type', 'Win-Back'], '--for and --type belong to campaigns'],
  [['campaigns', '--for', 'meta', '--format', 'parquet'], 'lists for meta are CSV files'],
])('export %j ends with exit code 2 and says why', async (args, message) => {
  const { code, stdout, stderr } = await folder.run('export', ...args, ...place());
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
});

test.skipIf(process.platform === 'win32')('[O13] a full disk leaves no half list', async () => {
  const args = [process.execPath, BIN, 'export', 'campaigns', '--for', 'csv', '--out', 'full', ...place()];
  const { result } = folder.spawn('bash', ['-c', 'ulimit -f 16 && exec "$0" "$@"', ...args]);
  const { code, stderr } = await result;
  expect([code, stderr]).toEqual([1, expect.stringContaining('full has no room for the export')]);
  expect(await readdir(join(folder.path, 'full'))).toEqual([]);
});
