import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { shopFolder, usageErrorOf } from './shop-folder.ts';

describe('without any source', () => {
  it('gives every setting its documented default and an absolute data folder', async () => {
    await using shop = await shopFolder();
    const { config, origins, file, warnings } = await loadConfig({ env: {}, cwd: shop.path });
    expect(config).toEqual({
      dataDir: join(shop.path, 'data'),
      engine: 'duckdb',
      modelsDir: null,
      asOf: null,
      allowZeroAmounts: false,
      maxRejectedShare: 0.05,
      fiscalYearStartMonth: 1,
      currency: null,
      locale: 'en-US',
      connection: null,
      passwordFile: null,
      schemaPrefix: '',
      statementTimeoutSeconds: null,
      publishWaitSeconds: 600,
      map: null,
      grain: 'auto',
      guests: 'reject',
      encoding: null,
      delimiter: null,
      sheet: null,
      dateFormat: null,
      excelDates: null,
      timezone: 'UTC',
      decimalMark: null,
      requireFinalNewline: false,
      schemaDrift: 'refuse',
      newDays: 90,
      activeDays: 90,
      atRiskDays: 180,
      lostDays: 365,
      highValueShare: 0.2,
      highValueBy: 'share',
      ltvHighThreshold: 500,
      ltvRegularThreshold: 100,
      expectedGapPercentile: 0.9,
      segmentHistoryMonths: 12,
      minDaysForWinback: 90,
      minLtvForRetention: 200,
      highPriorityThreshold: 0.7,
      controlShare: 0.1,
      controlSalt: 'campaigns',
      campaignCooldownDays: 30,
      campaignWindowDays: 30,
      grossMargin: null,
      retentionWindowsMonths: [3, 12, 18],
      minBuyersForPrediction: 500,
      minHistoryDaysForPrediction: 180,
      minEventsForPrediction: 100,
      churnHorizonDays: null,
      annualDiscountRate: 0.1,
      backtestCustomers: 50_000,
      insightFalseDiscoveryRate: 0.05,
      insightMinEffect: 0.1,
      keepSnapshots: 3,
      threads: null,
      memoryLimit: null,
      tempDir: null,
      maxConcurrentModels: 2,
      logLevel: 'info',
      maxRecordBytes: 1_048_576,
    });
    expect(new Set(Object.values(origins).map(({ kind }) => kind))).toEqual(new Set(['default']));
    expect(Object.keys(origins)).toEqual(Object.keys(config));
    expect(file).toBeUndefined();
    expect(warnings).toEqual([]);
    expect(Object.isFrozen(config)).toBe(true);
  });
});

describe('several sources', () => {
  it('puts flags over environment over file over defaults, and says which one won', async () => {
    await using shop = await shopFolder({
      'pipeline.config.json': '{ "lostDays": 400, "atRiskDays": 200, "newDays": 30 }',
    });
    const { config, origins, file } = await loadConfig({
      env: { MARKETING_PIPELINE_LOST_DAYS: '500', MARKETING_PIPELINE_AT_RISK_DAYS: '250', PATH: '/bin' },
      flags: { lostDays: 600, activeDays: undefined },
      cwd: shop.path,
    });
    expect(config).toMatchObject({ lostDays: 600, atRiskDays: 250, newDays: 30, activeDays: 90 });
    expect(file).toBe(join(shop.path, 'pipeline.config.json'));
    expect(origins).toMatchObject({
      lostDays: { kind: 'flag', name: '--set lostDays' },
      atRiskDays: { kind: 'environment', name: 'MARKETING_PIPELINE_AT_RISK_DAYS' },
      newDays: { kind: 'file', path: file },
      activeDays: { kind: 'default' },
    });
  });

  it('counts folders in a file from the folder of the file, others from the working folder', async () => {
    await using shop = await shopFolder({
      'shops/north.json': '{ "dataDir": "out", "modelsDir": "../models", "tempDir": "spill" }',
      'work/readme.txt': '',
    });
    const cwd = join(shop.path, 'work');
    const { config } = await loadConfig({ file: '../shops/north.json', flags: { tempDir: 'spill' }, env: {}, cwd });
    expect(config).toMatchObject({
      dataDir: join(shop.path, 'shops', 'out'),
      modelsDir: join(shop.path, 'models'),
      tempDir: join(cwd, 'spill'),
    });
  });

  it('leaves absolute folders as they are', async () => {
    await using shop = await shopFolder();
    const dataDir = join(shop.path, 'a', 'b');
    expect((await loadConfig({ flags: { dataDir }, env: {}, cwd: '/' })).config.dataDir).toBe(dataDir);
  });
});

describe('finding the config file', () => {
  const contents: Readonly<Record<string, string>> = {
    'pipeline.config.ts': 'const days: number = 401;\nexport default { lostDays: days };\n',
    'pipeline.config.mts': 'export const config = { lostDays: 401 as number };\n',
    'pipeline.config.mjs': 'export default { lostDays: 401 };\n',
    'pipeline.config.js': 'module.exports = { lostDays: 401 };\n',
    'pipeline.config.json': '\ufeff{\r\n  "$schema": "./pipeline.schema.json",\r\n  "lostDays": 401\r\n}\r\n',
  };
  for (const [name, content] of Object.entries(contents)) {
    it(`reads ${name} in the working folder`, async () => {
      await using shop = await shopFolder({ [name]: content });
      const { config, file } = await loadConfig({ env: {}, cwd: shop.path });
      expect(config.lostDays).toBe(401);
      expect(file).toBe(join(shop.path, name));
    });
  }

  it('refuses two config files in one folder and names both', async () => {
    await using shop = await shopFolder({ 'pipeline.config.json': '{}', 'pipeline.config.mjs': 'export default {}' });
    const error = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    expect(error.message).toContain('pipeline.config.json and pipeline.config.mjs');
    expect(error.exitCode).toBe(2);
  });

  it('takes the file that is named, whatever else stands in the working folder', async () => {
    await using shop = await shopFolder({
      'pipeline.config.json': '{}',
      'pipeline.config.mjs': 'export default {}',
      "o'[1]*.json": '{ "lostDays": 402 }',
    });
    const { config } = await loadConfig({ file: "o'[1]*.json", env: {}, cwd: shop.path });
    expect(config.lostDays).toBe(402);
  });

  it('warns of a file that looks like a config but is not read', async () => {
    await using shop = await shopFolder({ 'pipeline.config.yaml': 'lostDays: 1' });
    const { config, warnings } = await loadConfig({ env: {}, cwd: shop.path });
    expect(config.lostDays).toBe(365);
    expect(warnings).toEqual([expect.stringContaining('pipeline.config.yaml is not read')]);
  });

  it('warns of a path that begins with a tilde', async () => {
    await using shop = await shopFolder();
    const { config, warnings } = await loadConfig({ flags: { dataDir: '~/shop' }, env: {}, cwd: shop.path });
    expect(config.dataDir).toBe(join(shop.path, '~', 'shop'));
    expect(warnings).toEqual([expect.stringContaining('dataDir is "~/shop"')]);
  });
});

describe('a config file that cannot be used', () => {
  const cases: readonly (readonly [situation: string, name: string, content: string | Uint8Array, message: RegExp])[] =
    [
      ['is of an unknown type', 'a.yaml', 'x: 1', /"\.yaml" is not a type of config file \(.*a\.yaml\)/],
      ['exports nothing', 'a.mjs', 'const x = 1;', /a\.mjs exports nothing, but no config/],
      ['exports something else', 'a.mjs', 'export const lostDays = 3;', /exports "lostDays", but no config/],
      ['exports a function', 'a.mjs', 'export default () => ({});', /a function in .*a\.mjs is not a config/],
      ['exports a promise', 'a.mjs', 'export default Promise.resolve({});', /a promise in .*a\.mjs is not a config/],
      ['throws', 'a.mjs', '\nthrow new Error("no\\nluck");', /a\.mjs.* cannot be loaded: no\\u000aluck/],
      ['has a getter that throws', 'a.mjs', 'export default { get lostDays() { throw new Error("boo"); } };', /boo/],
      ['holds a list', 'a.json', '[1]', /a list in .*a\.json is not a config/],
      ['holds null', 'a.json', 'null', /null in .*a\.json is not a config/],
      ['is empty', 'a.json', '', /expected a value, found the end of the file in .*a\.json, line 1, column 1/],
      ['has a trailing comma', 'a.json', '{\n  "lostDays": 4,\n}', /found "\}" in .*a\.json, line 3, column 1/],
      ['has a comment', 'a.json', '{} // hi', /found a comment in .*a\.json, line 1, column 4/],
      ['is not UTF-8', 'a.json', Uint8Array.of(0x7b, 0xff, 0x7d), /a\.json is not UTF-8 text/],
    ];
  for (const [situation, name, content, message] of cases) {
    it(`says so when it ${situation}`, async () => {
      await using shop = await shopFolder({ [name]: content });
      expect((await usageErrorOf(loadConfig({ file: name, env: {}, cwd: shop.path }))).message).toMatch(message);
    });
  }

  it('says so when it does not exist, is a folder, or has an impossible name', async () => {
    await using shop = await shopFolder();
    await mkdir(join(shop.path, 'b.json'));
    const messageFor = async (file: string) =>
      (await usageErrorOf(loadConfig({ file, env: {}, cwd: shop.path }))).message;
    expect(await messageFor('a.json')).toContain(`${join(shop.path, 'a.json')}: no such config file`);
    expect(await messageFor('file:///a.json')).toContain('no such config file');
    expect(await messageFor('b.json')).toContain('b.json is not a file');
    expect(await messageFor('a\0.json')).toContain('"a\\u0000.json" is not the path of a config file');
    expect(await messageFor('')).toContain('"" is not the path of a config file');
  });
});
