import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { unusedConnectionWarnings } from '../../src/config/unused-connection.ts';
import { shopFolder, usageErrorOf } from './shop-folder.ts';

const CWD = import.meta.dirname;
const WITH_PASSWORD = 'postgres://shop:S3cret@db:5433/sales?sslmode=require';
const WITHOUT = 'postgres://shop@db:5433/sales?sslmode=require';

describe('a connection with a password', () => {
  it('is taken from the environment, where its password stays', async () => {
    const env = { MARKETING_PIPELINE_CONNECTION: ` ${WITH_PASSWORD}\n` };
    const loaded = await loadConfig({ env, cwd: CWD });
    expect(loaded.config.connection).toBe(WITHOUT);
    expect(JSON.stringify(loaded)).not.toContain('S3cret');
  });

  it('is refused in a config file and as a flag, and the remedy says where passwords belong', async () => {
    await using shop = await shopFolder({ 'pipeline.config.json': JSON.stringify({ connection: WITH_PASSWORD }) });
    const inFile = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    const file = join(shop.path, 'pipeline.config.json');
    expect(inFile.message).toBe(`connection holds a password (${file}), which does not belong there`);
    const asFlag = await usageErrorOf(loadConfig({ env: {}, flags: { connection: WITH_PASSWORD }, cwd: CWD }));
    expect(asFlag.message).toBe('connection holds a password (flag --connection), which does not belong there');
    for (const { message, remedy } of [inFile, asFlag]) {
      expect(message + remedy.join()).not.toContain('S3cret');
      expect(remedy.join()).toMatch(/PGPASSWORD.*MARKETING_PIPELINE_CONNECTION.*passwordFile.*\.pgpass/);
    }
  });

  it('is listed with all other problems, even where it is no value of the setting', async () => {
    const flags = { connection: WITH_PASSWORD, engine: WITH_PASSWORD, threads: [WITH_PASSWORD], lostDays: 'never' };
    const error = await usageErrorOf(loadConfig({ env: {}, flags, cwd: CWD }));
    expect(error.message).toContain('4 problems');
    expect(error.message).not.toContain('S3cret');
  });
});

describe('a connection that cannot be used', () => {
  it.each([
    ['postgres://shop@db?sslmod=***', 'it has an unknown parameter "sslmod" (did you mean "sslmode"?)'],
    ['db.example.org', 'it does not begin with postgres://'],
    ['postgres://a,b/sales', 'it names several hosts'],
  ])('%s', async (connection, why) => {
    const asFlag = await usageErrorOf(loadConfig({ env: {}, flags: { connection }, cwd: CWD }));
    expect(asFlag.message).toBe(`connection (flag --connection): "${connection}" is not a connection: ${why}`);
    const env = { MARKETING_PIPELINE_CONNECTION: connection };
    expect((await usageErrorOf(loadConfig({ env, cwd: CWD }))).message).toContain(why);
  });

  it('is shown without the password that it has in the environment', async () => {
    const env = { MARKETING_PIPELINE_CONNECTION: 'postgres://shop:S3cret/x@db' };
    const { message } = await usageErrorOf(loadConfig({ env, cwd: CWD }));
    expect(message).toContain('"postgres://shop:***@db" is not a connection: its password is not percent-encoded');
  });
});

it('the file of the password counts from the folder of the config file', async () => {
  await using shop = await shopFolder({ 'conf/pipeline.config.json': '{ "passwordFile": "secret/password" }' });
  const sources = { env: {}, cwd: shop.path, file: 'conf/pipeline.config.json' };
  expect((await loadConfig(sources)).config.passwordFile).toBe(join(shop.path, 'conf/secret/password'));
  const flags = { passwordFile: '~/password' };
  const { config, warnings } = await loadConfig({ env: {}, flags, cwd: shop.path });
  expect(config.passwordFile).toBe(join(shop.path, '~/password'));
  expect(warnings).toEqual([expect.stringContaining('passwordFile is "~/password": "~" is not replaced')]);
});

it('a connection given as a flag to an engine that has none is noticed', async () => {
  const warningsOf = async (flags: Record<string, string>, env: Record<string, string> = {}) =>
    unusedConnectionWarnings(await loadConfig({ env, flags, cwd: CWD }));
  expect(await warningsOf({ connection: WITHOUT })).toEqual([expect.stringContaining('add --engine postgres')]);
  expect(await warningsOf({ connection: WITHOUT, engine: 'postgres' })).toEqual([]);
  expect(await warningsOf({}, { MARKETING_PIPELINE_CONNECTION: WITHOUT })).toEqual([]);
});

it('an empty text means that the environment of psql counts', async () => {
  expect((await loadConfig({ env: { MARKETING_PIPELINE_CONNECTION: '' }, cwd: CWD })).config.connection).toBeNull();
});
