import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { configKeys } from '../../src/config/schema.ts';
import { UsageError } from '../../src/errors.ts';
import { shopFolder, usageErrorOf } from './shop-folder.ts';

const CWD = import.meta.dirname;

const load = (flags: Readonly<Record<string, unknown>>) => loadConfig({ flags, env: {}, cwd: CWD });
const problemWith = async (flags: Readonly<Record<string, unknown>>) => (await usageErrorOf(load(flags))).message;

describe('a wrong value is refused with key, value, source and what is allowed', () => {
  const cases: readonly (readonly [key: string, value: unknown, allowed: string])[] = [
    ['dataDir', '', 'a local path, such as "./data"'],
    ['dataDir', 's3://bucket/data', 'a local path, such as "./data"'],
    ['dataDir', null, 'a local path, such as "./data"'],
    ['modelsDir', 'a\nb', 'a local path, such as "./models", or null'],
    ['engine', 'oracle', 'one of "duckdb", "postgres"'],
    ['connection', 5432, 'a PostgreSQL URL without a password, such as "postgres://shop@localhost:5432/shop", or null'],
    ['passwordFile', 's3://bucket/password', 'a path of a file, such as "/run/secrets/shop-password", or null'],
    [
      'schemaPrefix',
      'pg_',
      'a text of at most 20 of a-z, 0-9 and _, not beginning with a digit or pg_, such as "shop_"',
    ],
    ['schemaPrefix', 'Shop', 'a text of at most 20 of a-z'],
    ['schemaPrefix', 'a23456789012345678901', 'a text of at most 20 of a-z'],
    ['statementTimeoutSeconds', 0, 'a whole number from 1 to 604800, or null'],
    ['publishWaitSeconds', 0, 'a whole number from 1 to 86400'],
    ['asOf', '2023-02-29', 'a date of the calendar as YYYY-MM-DD, such as "2024-01-31", or null'],
    ['asOf', '2024-01-31T00:00:00Z', 'a date of the calendar as YYYY-MM-DD, such as "2024-01-31", or null'],
    ['allowZeroAmounts', 'yes', 'true or false'],
    ['maxRejectedShare', 1.01, 'a number from 0 to 1'],
    ['fiscalYearStartMonth', 13, 'a whole number from 1 to 12'],
    ['currency', 'usd', 'a known currency code (ISO 4217), such as "EUR"'],
    ['currency', 'XQZ', 'a known currency code (ISO 4217), such as "EUR"'],
    ['locale', 'en_US', 'a known language tag (BCP 47), such as "de-DE"'],
    ['locale', 'xx-YY', 'a known language tag (BCP 47), such as "de-DE"'],
    ['lostDays', 365.5, 'a whole number from 1 to 36500'],
    ['highValueShare', 0, 'a number above 0 and up to 1'],
    ['highValueBy', 'magic', 'one of "share", "threshold"'],
    ['ltvHighThreshold', -1, 'a number from 0 to 1000000000000000'],
    ['expectedGapPercentile', 1, 'a number above 0 and below 1'],
    ['controlShare', 0.51, 'a number from 0 to 0.5'],
    ['grossMargin', 0, 'a number above 0 and up to 1, or null'],
    ['retentionWindowsMonths', [], 'a list, in increasing order, of 1 to 24 values, each a whole number from 1 to 120'],
    ['retentionWindowsMonths', [3, 3], 'a list, in increasing order,'],
    ['retentionWindowsMonths', [12, 3], 'a list, in increasing order,'],
    ['keepSnapshots', 0, 'a whole number from 1 to 1000'],
    ['threads', 0, 'a whole number from 1 to 1024, or null'],
    ['memoryLimit', '2048', 'a size in MB, GB or TB, such as "2GB", or null'],
    ['memoryLimit', '0GB', 'a size in MB, GB or TB, such as "2GB", or null'],
    ['maxConcurrentModels', 17, 'a whole number from 1 to 16'],
    ['logLevel', 'loud', 'one of "debug", "info", "warn", "error"'],
  ];
  for (const [key, value, allowed] of cases) {
    it(`${key} ${JSON.stringify(value)}`, async () => {
      const message = await problemWith({ [key]: value });
      expect(message).toMatch(new RegExp(`^${key} is .* \\(flag --(set ${key}|[a-z-]+)\\); allowed: `));
      expect(message).toContain(`allowed: ${allowed}`);
    });
  }
});

describe('a right value is taken as it is', () => {
  const cases: readonly (readonly [key: string, value: unknown])[] = [
    ['asOf', '2024-02-29'],
    ['currency', 'CHF'],
    ['locale', 'de-CH'],
    ['memoryLimit', '1.5GiB'],
    ['memoryLimit', '512 mb'],
    ['grossMargin', 1],
    ['retentionWindowsMonths', [1, 6, 120]],
    ['controlShare', 0],
    ['threads', 1],
    ['schemaPrefix', ''],
    ['schemaPrefix', '_shop_2'],
    ['connection', 'postgresql://shop@db/sales?sslmode=verify-full'],
  ];
  for (const [key, value] of cases) {
    it(`${key} ${JSON.stringify(value)}`, async () => {
      expect((await load({ [key]: value })).config).toHaveProperty(key, value);
    });
  }
});

describe('rules between two settings name both, their values and sources', () => {
  it('newDays must be less than lostDays, even when one of them is a default', async () => {
    expect(await problemWith({ newDays: 365 })).toBe(
      'newDays 365 (flag --set newDays) must be less than lostDays 365 (default): otherwise a New customer would count as Lost',
    );
  });

  it('atRiskDays must be less than lostDays', async () => {
    expect(await problemWith({ atRiskDays: 400 })).toContain(
      'atRiskDays 400 (flag --set atRiskDays) must be less than',
    );
  });

  it('activeDays may equal lostDays, not exceed it', async () => {
    expect((await load({ activeDays: 365 })).config.activeDays).toBe(365);
    expect(await problemWith({ activeDays: 366 })).toContain('activeDays 366 (flag --set activeDays) must be at most');
  });

  it('ltvRegularThreshold may equal ltvHighThreshold, not exceed it', async () => {
    expect((await load({ ltvRegularThreshold: 500 })).config.ltvRegularThreshold).toBe(500);
    expect(await problemWith({ ltvHighThreshold: 99 })).toContain('ltvRegularThreshold 100 (default) must be at most');
  });

  it('a rule is not judged by the default of a key whose own value is wrong', async () => {
    const message = await problemWith({ newDays: 400, lostDays: 'never' });
    expect(message).toContain('lostDays is "never"');
    expect(message).not.toContain('newDays');
  });
});

it('all problems of all sources are listed at once', async () => {
  await using shop = await shopFolder({
    'pipeline.config.json': '{ "lostDay": 3, "engine": "oracle", "newDays": 170, "lostDays": 160 }',
  });
  const env = { MARKETING_PIPELINE_LOGLEVEL: 'debug', MARKETING_PIPELINE_THREADS: 'many' };
  const error = await usageErrorOf(loadConfig({ env, flags: { dryrun: true, keepSnapshots: -1 }, cwd: shop.path }));
  const file = `${shop.path}/pipeline.config.json`;
  expect(error.message.split('\n  ')).toEqual([
    '8 problems in the configuration:',
    `unknown config key "lostDay" in ${file} (did you mean "lostDays"?)`,
    'unknown environment variable "MARKETING_PIPELINE_LOGLEVEL" (did you mean "MARKETING_PIPELINE_LOG_LEVEL"?)',
    'unknown config key "dryrun" in the flags',
    expect.stringContaining(`engine is "oracle" (${file})`),
    expect.stringContaining('threads is "many" (environment MARKETING_PIPELINE_THREADS)'),
    expect.stringContaining('keepSnapshots is -1 (flag --set keepSnapshots)'),
    expect.stringContaining(`newDays 170 (${file}) must be less than lostDays 160 (${file})`),
    expect.stringContaining(`atRiskDays 180 (default) must be less than lostDays 160 (${file})`),
  ]);
});

describe('hostile input', () => {
  it('[M15] a value of a megabyte is shown by its beginning only', async () => {
    const message = await problemWith({ engine: 'x'.repeat(1_000_000) });
    expect(message).toContain(`engine is "${'x'.repeat(80)}..."`);
    expect(message.length).toBeLessThan(200);
  });

  it('[M15] any value for any key gives a config or a usage error that names the key', async () => {
    const key = fc.constantFrom(...configKeys);
    const hostile = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      fc.constantFrom(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -1,
        1e308,
        Number.MAX_SAFE_INTEGER,
        -0,
        Symbol('s'),
        () => 1,
      ),
      fc.string({ unit: 'binary', maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(key, hostile, async (name, value) => {
        const outcome: unknown = await load({ [name]: value }).catch((error: unknown) => error);
        if (outcome instanceof UsageError) {
          expect(outcome.message).toContain(name);
          expect(outcome.message.length).toBeLessThan(1_000);
          for (const line of outcome.message.split('\n  ')) expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
        } else {
          expect(outcome).toHaveProperty(`config.${name}`);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('[M15] NaN, infinite, huge and negative numbers are refused for every numeric key', async () => {
    const { config } = await load({});
    const numeric = configKeys.filter((key) => typeof config[key] === 'number');
    expect(numeric.length).toBeGreaterThan(15);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1]) {
      const message = await problemWith(Object.fromEntries(numeric.map((key) => [key, value])));
      for (const key of numeric) expect(message).toContain(`${key} is ${value} (flag`);
    }
  });

  it('[M15] deeply nested JSON is refused by key, without a stack overflow', async () => {
    const depth = 50_000;
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    await using shop = await shopFolder({ 'pipeline.config.json': `{ "retentionWindowsMonths": ${nested} }` });
    const error = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    expect(error.message).toContain('retentionWindowsMonths is [a list]');
  });

  it('[S28] a JSON config of 50 MB is refused before it is read', async () => {
    await using shop = await shopFolder({ 'pipeline.config.json': Buffer.alloc(50_000_000, ' ') });
    const error = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    expect(error.message).toContain('has 50000000 bytes');
  });

  it('[S26] __proto__ and constructor in a JSON config are unknown keys and change no prototype', async () => {
    await using shop = await shopFolder({
      'pipeline.config.json':
        '{ "__proto__": { "lostDays": 1, "polluted": true }, "constructor": { "prototype": { "polluted": true } } }',
    });
    const error = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    expect(error.message).toContain('unknown config key "__proto__"');
    expect(error.message).toContain('unknown config key "constructor"');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect({}).not.toHaveProperty('lostDays');
  });

  it('[S26] a module that sets the prototype of its config is refused', async () => {
    await using shop = await shopFolder({ 'pipeline.config.mjs': 'export default { __proto__: { lostDays: 1000 } };' });
    const error = await usageErrorOf(loadConfig({ env: {}, cwd: shop.path }));
    expect(error.message).toContain('an object with its own prototype');
  });
});
