import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CancelledError } from '../../src/errors.ts';
import { whole } from '../../src/server/column-spec.ts';
import { tableQuery } from '../../src/server/query-definition.ts';
import { Turnstile } from '../../src/server/turnstile.ts';
import { row } from '../support/make-shop.ts';
import { onlyOn } from '../support/on-engines.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, serveForTest } from '../support/serve-shop.ts';

/** Takes hours unless it is interrupted. */
const endless = tableQuery({
  name: 'endless',
  summary: 'A number that takes hours. One row.',
  params: z.strictObject({}),
  columns: { n: whole('a number') },
  sql: () => `select count(*) as n from generate_series(1, 1000000) as a (n) cross join generate_series(1, 1000000) as b (n)
    where a.n + b.n < 0`,
});

const quick = tableQuery({
  name: 'quick',
  summary: 'A number. One row.',
  params: z.strictObject({}),
  columns: { n: whole('a number') },
  sql: () => 'select count(*) as n from business.monthly_metrics',
});

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
});

afterAll(() => shop[Symbol.asyncDispose]());

describe('[S30] a question that takes too long', () => {
  test('is interrupted with 503, and the connection answers the next one', async () => {
    const server = await serveForTest(shop.pipeline, {}, { queries: [endless, quick], questionMs: 500 });
    await server.get('/api/quick');
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.get('/api/endless')));
    expect(performance.now() - start).toBeLessThan(30_000);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(problemOf(answer)).toMatchObject({
        code: 'too-slow',
        message: 'the answer took longer than 0.5 seconds and was given up',
      });
    }
    expect((await server.rows('/api/quick')).rows).toEqual([{ n: 1 }]);
  });

  test('is interrupted when its client goes away, and its place is free again', async () => {
    const server = await serveForTest(shop.pipeline, {}, { queries: [endless, quick] });
    const headers = { Authorization: `Bearer ${server.token}` };
    for (const path of ['/api/endless', '/api/endless.csv']) {
      const calls = Array.from({ length: 4 }, () => {
        const call = httpGet({ host: '127.0.0.1', port: server.port, path, headers });
        call.on('error', () => undefined);
        return call;
      });
      await new Promise((resolve) => setTimeout(resolve, 700));
      for (const call of calls) call.destroy();
    }
    // Four places, which the four had: an answer means that they were given back.
    expect((await server.rows('/api/quick')).rows).toEqual([{ n: 1 }]);
  });
});

describe('a turnstile', () => {
  const gone = new AbortController().signal;

  test('lets so many through at once, the others in their turn, and turns away who finds the queue full', async () => {
    const turnstile = new Turnstile({ width: 2, queue: 3, milliseconds: 10_000 });
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const pass = (number: number) =>
      turnstile.pass(gone, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside -= 1;
        order.push(number);
      });
    const passing = [1, 2, 3, 4, 5].map(pass);
    await expect(pass(6)).rejects.toMatchObject({ code: 'busy', headers: { 'Retry-After': '1' } });
    await Promise.all(passing);
    expect({ most, order }).toEqual({ most: 2, order: [1, 2, 3, 4, 5] });
    await pass(7);
    expect(order.at(-1)).toBe(7);
  });

  test('gives the place back when what is done fails', async () => {
    const turnstile = new Turnstile({ width: 1, queue: 0, milliseconds: 10_000 });
    await expect(turnstile.pass(gone, () => Promise.reject(new CancelledError()))).rejects.toThrow(CancelledError);
    expect(await turnstile.pass(gone, async () => 'next')).toBe('next');
  });
});

const settingsOf = async (...names: readonly string[]) => {
  const { dataSourceOf } = await import('../../src/api/data-source-of.ts');
  const published = await dataSourceOf(shop.pipeline).openPublished({ memory: '700MB', tempSize: '300MB' });
  if (published === undefined) throw new Error('nothing is published');
  try {
    const values: Record<string, unknown> = {};
    for (const name of names) {
      values[name] = (await published.reader.query(`select current_setting('${name}')`)).rows[0]?.[0];
    }
    return values;
  } finally {
    await published.reader.close();
  }
};

onlyOn('duckdb', 'it runs in this process')(
  '[S29] [S31] the connection of the server is read-only, locked and limited in memory and disk',
  async () => {
    expect(
      await settingsOf(
        'memory_limit',
        'max_temp_directory_size',
        'enable_external_access',
        'lock_configuration',
        'autoinstall_known_extensions',
        'autoload_known_extensions',
        'allow_community_extensions',
      ),
    ).toEqual({
      memory_limit: '667.5 MiB',
      max_temp_directory_size: '286.1 MiB',
      enable_external_access: false,
      lock_configuration: true,
      autoinstall_known_extensions: false,
      autoload_known_extensions: false,
      allow_community_extensions: false,
    });
  },
);

onlyOn('postgres', 'a server has transactions')('[S29] the session of the server can only read', async () => {
  expect(await settingsOf('default_transaction_read_only')).toEqual({ default_transaction_read_only: 'on' });
});

test('the server ends while a question is under way, without waiting for it', async () => {
  const server = await serveForTest(shop.pipeline, {}, { queries: [endless] });
  const asking = server.get('/api/endless').then(
    () => 'answered',
    () => 'broken off',
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  await server.close();
  expect(await asking).toBe('broken off');
});
