import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CampaignExportOptions,
  type CampaignExportResult,
  CancelledError,
  InputError,
  RunError,
  UsageError,
} from '../../../src/index.ts';
import { errorOf, openShop, type Shop } from '../../support/run-shop.ts';
import { lostCustomers } from './lost-customers.ts';

/** Spend grows by one a customer, so that the lists come in the opposite order. */
const ADDRESSES = ['mary@example.com', 'user.name+NYC@Example.com', 'cloudy.sanfrancisco+shopping@gmail.com'];
const MARY = 'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

type Written = CampaignExportResult & { read(name: string): Promise<string> };

let run = 0;

async function write(shop: Shop, options: CampaignExportOptions): Promise<Written> {
  const outDir = options.outDir ?? join(shop.folder, `out${++run}`);
  const result = await shop.pipeline.exportCampaigns({ ...options, outDir });
  return { ...result, read: (name) => readFile(join(outDir, name), 'utf8') };
}

const records = (text: string) => text.trimEnd().split('\n');

async function lostShop(ids: readonly string[], settings = {}): Promise<Shop> {
  const shop = await openShop({ controlShare: 0, ...settings });
  await shop.load(lostCustomers(ids));
  return shop;
}

describe('a shop whose customer ids are addresses', () => {
  let shop: Shop;
  const options = { types: ['Win-Back'] };
  /** What the models say and this file is not about. */
  let priorities: unknown[];
  let action: unknown;

  beforeAll(async () => {
    shop = await lostShop(ADDRESSES);
    const sql = `select priority_level, recommended_action from business.campaign_targets
      where campaign_type = 'Win-Back' order by historic_value`;
    const rows = await shop.query(sql);
    priorities = rows.map((row) => row.priority_level);
    action = rows[0]?.recommended_action;
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test('Klaviyo: the address first, then properties', async () => {
    const { read, files } = await write(shop, { ...options, platform: 'klaviyo' });
    expect(files.map(({ name, rows }) => [name, rows])).toEqual([['klaviyo-win-back-targets.csv', 3]]);
    expect(records(await read('klaviyo-win-back-targets.csv'))).toEqual([
      'Email,Campaign,Campaign Priority,Customer Segment,Days Since Last Order,Recommended Action',
      `cloudy.sanfrancisco+shopping@gmail.com,Win-Back,${priorities[2]},Lost,667,${action}`,
      `user.name+NYC@Example.com,Win-Back,${priorities[1]},Lost,668,${action}`,
      `mary@example.com,Win-Back,${priorities[0]},Lost,669,${action}`,
    ]);
  });

  test('Mailchimp: the same under its heading for addresses', async () => {
    const { read } = await write(shop, { ...options, platform: 'mailchimp' });
    expect(records(await read('mailchimp-win-back-targets.csv'))).toEqual([
      'Email Address,Campaign,Campaign Priority,Customer Segment,Days Since Last Order,Recommended Action',
      `cloudy.sanfrancisco+shopping@gmail.com,Win-Back,${priorities[2]},Lost,667,${action}`,
      `user.name+NYC@Example.com,Win-Back,${priorities[1]},Lost,668,${action}`,
      `mary@example.com,Win-Back,${priorities[0]},Lost,669,${action}`,
    ]);
  });

  test('Google Ads: hashes of the addresses as Google normalises them, and nothing else', async () => {
    const { read } = await write(shop, { ...options, platform: 'google-ads' });
    expect(records(await read('google-ads-win-back-targets.csv'))).toEqual([
      'Email',
      hash('cloudysanfrancisco@gmail.com'),
      hash('user.name+nyc@example.com'),
      MARY,
    ]);
  });

  test('Meta: hashes, no ids, and the value so far', async () => {
    const { read } = await write(shop, { ...options, platform: 'meta' });
    expect(records(await read('meta-win-back-targets.csv'))).toEqual([
      'email,extern_id,value',
      `${hash('cloudy.sanfrancisco+shopping@gmail.com')},,1502.00`,
      `${hash('user.name+nyc@example.com')},,1501.00`,
      `${MARY},,1500.00`,
    ]);
  });

  test('csv: the columns of the table', async () => {
    const { read } = await write(shop, { ...options, platform: 'csv' });
    const [first] = await shop.query(`select cast(estimated_value as varchar) as value, reason
      from business.campaign_targets where customer_id like 'cloudy%'`);
    expect(records((await read('csv-win-back-targets.csv')).replaceAll('"', '')).slice(0, 2)).toEqual([
      'customer_id,campaign_type,campaign_group,priority_level,estimated_value,historic_value,days_since_last_order,customer_segment,reason,recommended_action',
      `cloudy.sanfrancisco+shopping@gmail.com,Win-Back,target,${priorities[2]},${first?.value},1502.00,667,Lost,${first?.reason},${action}`,
    ]);
  });

  test('no plain address is in the files for advertisements', async () => {
    for (const platform of ['google-ads', 'meta']) {
      const { read, files } = await write(shop, { platform });
      for (const { name } of files) expect(await read(name)).not.toContain('@');
    }
  });

  test('the manifest names snapshot, files and hashes; a repeat gives the same bytes', async () => {
    const [first, second] = [await write(shop, { platform: 'meta' }), await write(shop, { platform: 'meta' })];
    expect(second.files).toEqual(first.files);
    const text = await first.read('campaigns-meta.json');
    expect(await second.read('campaigns-meta.json')).toBe(text);
    const { snapshotId, files, leftOut } = first;
    expect(JSON.parse(text)).toEqual({ platform: 'meta', snapshotId, asOf: '2024-12-31', files, leftOut });
    for (const { name, bytes, sha256 } of files) {
      const content = await readFile(join(first.outDir, name));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  test.skipIf(process.platform === 'win32')('[S36] files are 0600, the folder 0700, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const { outDir } = await write(shop, { platform: 'klaviyo' });
      const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
      for (const name of await readdir(outDir)) expect([name, await modeOf(join(outDir, name))]).toEqual([name, '600']);
      expect(await modeOf(outDir)).toBe('700');
    } finally {
      process.umask(before);
    }
  });

  test('the default folder is one for each platform; it is said what to do next', async () => {
    const result = await shop.pipeline.exportCampaigns({ platform: 'klaviyo' });
    expect(result.outDir).toBe(join(shop.pipeline.config.dataDir, 'exports', 'campaigns-klaviyo'));
    expect(result.nextSteps.join('\n')).toContain('marketing-pipeline campaigns launch');
  });

  test('an unknown platform or campaign is refused with the nearest one, before anything is written', async () => {
    const outDir = join(shop.folder, 'never');
    const platform = await errorOf(UsageError, shop.pipeline.exportCampaigns({ platform: 'klavyio', outDir }));
    expect(platform.message).toBe('"klavyio" is no platform that lists can be exported for (did you mean "klaviyo"?)');
    const type = shop.pipeline.exportCampaigns({ platform: 'csv', types: ['Winback'], outDir });
    expect((await errorOf(UsageError, type)).message).toBe(
      'no customer is on a list of "Winback" (did you mean "Win-Back"?)',
    );
    expect(existsSync(outDir)).toBe(false);
  });

  test('a cancelled export leaves what was there', async () => {
    const { outDir, read } = await write(shop, { platform: 'csv' });
    const before = await read('csv-win-back-targets.csv');
    const signal = AbortSignal.abort();
    await errorOf(CancelledError, shop.pipeline.exportCampaigns({ platform: 'csv', outDir, signal }));
    expect((await readdir(outDir)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(await read('csv-win-back-targets.csv')).toBe(before);
  });

  test("a foreign file in the manifest's place is refused", async () => {
    const outDir = join(shop.folder, 'foreign');
    await mkdir(outDir);
    await writeFile(join(outDir, 'campaigns-csv.json'), '{"name":"mine"}');
    await errorOf(UsageError, shop.pipeline.exportCampaigns({ platform: 'csv', outDir }));
    expect(await readdir(outDir)).toEqual(['campaigns-csv.json']);
  });

  test('a list of an earlier export that is no longer there is removed; files of others stay', async () => {
    const outDir = join(shop.folder, 'again');
    await write(shop, { platform: 'csv', outDir });
    await write(shop, { platform: 'meta', outDir });
    await writeFile(join(outDir, 'csv-notes.csv'), 'mine');
    const manifest = JSON.parse(await readFile(join(outDir, 'campaigns-csv.json'), 'utf8'));
    const gone = [
      { name: 'csv-retention-targets.csv' },
      { name: '../csv-x.csv' },
      { name: 'meta-win-back-targets.csv' },
    ];
    manifest.files.push(...gone);
    await writeFile(join(outDir, 'campaigns-csv.json'), JSON.stringify(manifest));
    await writeFile(join(outDir, 'csv-retention-targets.csv'), 'old');
    await writeFile(join(shop.folder, 'csv-x.csv'), 'mine');
    await write(shop, { platform: 'csv', outDir });
    const names = await readdir(outDir);
    expect(names).not.toContain('csv-retention-targets.csv');
    expect(names).toEqual(
      expect.arrayContaining(['csv-notes.csv', 'csv-win-back-targets.csv', 'meta-win-back-targets.csv']),
    );
    expect(existsSync(join(shop.folder, 'csv-x.csv'))).toBe(true);
  });

  test('a damaged table is refused', async () => {
    const manifest = await shop.pipeline.engine.published();
    const { runCampaignExport } = await import('../../../src/export/campaigns/run-campaign-export.ts');
    const reader = await shop.pipeline.openReader();
    try {
      if (manifest === undefined) throw new Error('nothing is published');
      const { dataDir } = shop.pipeline.config;
      const rowCounts = { ...manifest.rowCounts, 'business.campaign_targets': 9999 };
      const context = { reader, dataDir, outDir: join(shop.folder, 'damaged'), effects: shop.pipeline.effects };
      const counted = runCampaignExport({ platform: 'csv' }, { ...context, manifest: { ...manifest, rowCounts } });
      expect((await errorOf(RunError, counted)).message).toContain('had 9999 when it was published');
      const missing = runCampaignExport({ platform: 'csv' }, { ...context, manifest: { ...manifest, rowCounts: {} } });
      expect((await errorOf(RunError, missing)).message).toContain('campaign_targets is not published');
    } finally {
      await reader.close();
    }
  });
});

describe('ids that are no addresses', () => {
  test('Google Ads, Klaviyo and Mailchimp say that they find nobody, and what to do; nothing is written', async () => {
    await using shop = await lostShop(['C1', 'C2', 'C3']);
    const outDir = join(shop.folder, 'nobody');
    for (const [platform, word] of [
      ['google-ads', 'Customer Match by e-mail needs addresses'],
      ['klaviyo', 'e-mail address as customer id'],
      ['mailchimp', 'e-mail address as customer id'],
    ] as const) {
      const error = await errorOf(UsageError, shop.pipeline.exportCampaigns({ platform, outDir }));
      expect(error.message).toMatch(/finds none of the \d+ targets: no customer id is an e-mail address/);
      expect(error.remedy.join()).toContain(word);
      expect(await readdir(outDir)).toEqual([]);
    }
    const { read } = await write(shop, { platform: 'meta', types: ['Win-Back'] });
    expect(records(await read('meta-win-back-targets.csv'))).toEqual([
      'email,extern_id,value',
      ',C3,1502.00',
      ',C2,1501.00',
      ',C1,1500.00',
    ]);
  });

  test('of mixed ids the addresses are written and the others counted', async () => {
    await using shop = await lostShop(['C1', 'ann@shop.example', 'C3']);
    const { read, leftOut } = await write(shop, { platform: 'google-ads', types: ['Win-Back'] });
    expect(records(await read('google-ads-win-back-targets.csv'))).toEqual(['Email', hash('ann@shop.example')]);
    expect(leftOut).toEqual([{ campaignType: 'Win-Back', group: 'target', reason: 'no address', customers: 2 }]);
  });
});

test('[S23] hostile ids: no cell is a formula, ids that must match are left out and counted, --exact writes them', async () => {
  const long = 'x'.repeat(300);
  const hostile = ['=1+1', '+49', '-7', '@cmd', '＝1', 'a,b', 'say "hi"', 'é', long, 'two\nlines', '=a@shop.example'];
  await using shop = await lostShop([...hostile, 'ann@shop.example']);
  const types = ['Win-Back'];
  const csv = await write(shop, { platform: 'csv', types });
  const text = await csv.read('csv-win-back-targets.csv');
  expect(csv.files[0]?.rows).toBe(12);
  expect(text).not.toMatch(/^"?[=+\-@＝]/m);
  for (const cell of [
    "'=1+1,",
    "'+49,",
    "'-7,",
    "'@cmd,",
    "'＝1,",
    '"a,b",',
    '"say ""hi""",',
    `${long},`,
    "'=a@shop",
  ]) {
    expect(text).toContain(`\n${cell}`);
  }
  const klaviyo = await write(shop, { platform: 'klaviyo', types });
  expect(klaviyo.leftOut.map(({ reason, customers }) => [reason, customers])).toEqual([
    ['formula', 1],
    ['no address', 10],
  ]);
  expect(records(await klaviyo.read('klaviyo-win-back-targets.csv'))).toHaveLength(2);
  const exact = await write(shop, { platform: 'klaviyo', types, exact: true });
  expect(await exact.read('klaviyo-win-back-targets.csv')).toContain('\n=a@shop.example,Win-Back');
  const meta = await write(shop, { platform: 'meta', types });
  expect(meta.leftOut).toEqual([{ campaignType: 'Win-Back', group: 'target', reason: 'formula', customers: 5 }]);
  expect(await meta.read('meta-win-back-targets.csv')).toContain(`\n${hash('=a@shop.example')},,`);
});

test('two spellings of an address are one person: once on the lists, under the more urgent', async () => {
  await using shop = await lostShop(['Ann.Lee@gmail.com', 'annlee+shop@gmail.com', 'ann.lee@Gmail.com']);
  const types = ['Win-Back'];
  const klaviyo = await write(shop, { platform: 'klaviyo', types });
  expect(records(await klaviyo.read('klaviyo-win-back-targets.csv')).map((line) => line.split(',')[0])).toEqual([
    'Email',
    'ann.lee@Gmail.com',
    'annlee+shop@gmail.com',
  ]);
  expect(klaviyo.leftOut).toEqual([{ campaignType: 'Win-Back', group: 'target', reason: 'twice', customers: 1 }]);
  const google = await write(shop, { platform: 'google-ads', types });
  expect(records(await google.read('google-ads-win-back-targets.csv'))).toEqual(['Email', hash('annlee@gmail.com')]);
});

test('before the first run, and when nobody fits a campaign, it is said that there is nothing', async () => {
  await using shop = await openShop({ minDaysForWinback: 36_500 });
  await errorOf(InputError, shop.pipeline.exportCampaigns({ platform: 'csv' }));
  await shop.load(lostCustomers([]).slice(0, 1));
  const outcome = await errorOf(InputError, shop.pipeline.exportCampaigns({ platform: 'csv' }));
  expect(outcome.message).toBe('there is nothing to export: no customer fits a campaign');
});
