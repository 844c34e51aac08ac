import { readFile } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { dataSourceOf } from '../../src/api/data-source-of.ts';
import { acquireLock } from '../../src/run/lock.ts';
import type { DataSource } from '../../src/server/data-source.ts';
import { PublishedData } from '../../src/server/published-data.ts';
import { row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, serveForTest } from '../support/serve-shop.ts';

const JANUARY = [row('2024-01-05', 'a', '1', '10.00'), row('2024-01-20', 'b', '2', '20.00')];
const FEBRUARY = [...JANUARY, row('2024-02-10', 'c', '3', '30.00')];

async function shopWithData(): Promise<Shop> {
  const shop = await openShop();
  onTestFinished(() => shop[Symbol.asyncDispose]());
  await shop.load(JANUARY);
  return shop;
}

/** A second later what is published is looked up again. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 1_100));

describe('answers and snapshots', () => {
  test('a server that began without data shows the first run, and then each new one, without a new start', async () => {
    const shop = await openShop();
    onTestFinished(() => shop[Symbol.asyncDispose]());
    const server = await serveForTest(shop.pipeline);
    expect((await server.get('/api/snapshot')).status).toBe(503);
    const first = await shop.load(JANUARY);
    await aMoment();
    expect(JSON.parse((await server.get('/api/snapshot')).text)).toMatchObject({
      snapshot: first.snapshotId,
      asOf: '2024-01-20',
    });
    const second = await shop.load(FEBRUARY);
    await aMoment();
    const answer = await server.rows('/api/revenue/months');
    expect(answer).toMatchObject({ snapshot: second.snapshotId, asOf: '2024-02-10' });
    expect(answer.rows.map(({ total_sales: sales }) => sales)).toEqual([30, 30]);
    await shop.pipeline.rollback();
    await aMoment();
    expect((await server.rows('/api/revenue/months')).snapshot).toBe(first.snapshotId);
  });

  test('an answer that the client has is not sent again, until another snapshot is published', async () => {
    const shop = await shopWithData();
    const server = await serveForTest(shop.pipeline);
    for (const path of [
      '/api/revenue/months',
      '/api/customers?limit=2',
      '/api/customer?id=a',
      '/api/tables/business/monthly_metrics',
      '/api/data/ledger',
    ]) {
      const { headers } = await server.get(path);
      const tag = headers.etag ?? '';
      expect(tag, path).toMatch(/^"[\w-]{27}"$/);
      expect(await server.get(path, { 'If-None-Match': `"other", W/${tag}` })).toMatchObject({ status: 304, text: '' });
      expect((await server.get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
    }
    const tagOf = async (path: string) => (await server.get(path)).headers.etag;
    const before = await tagOf('/api/customers?limit=2&offset=0');
    expect(await tagOf('/api/customers?offset=0&limit=2')).toBe(before);
    expect(await tagOf('/api/customers?limit=1')).not.toBe(before);
    expect(await tagOf('/api/data/runs')).toBeUndefined();
    await shop.load(FEBRUARY);
    await aMoment();
    const after = await server.get('/api/customers?limit=2&offset=0', { 'If-None-Match': before ?? '' });
    expect(after.status).toBe(200);
  });

  test('a snapshot is swapped during an answer: the answer is of the old one to its end, which is closed only then', async () => {
    const shop = await shopWithData();
    const source = dataSourceOf(shop.pipeline);
    const closed: string[] = [];
    const watched: DataSource = {
      ...source,
      openPublished: async (limits) => {
        const published = await source.openPublished(limits);
        if (published === undefined) return undefined;
        const { reader, manifest } = published;
        const close = reader.close.bind(reader);
        reader.close = async () => {
          closed.push(manifest.snapshotId);
          await close();
        };
        return published;
      },
    };
    let now = 0;
    const data = new PublishedData(watched, { memory: '500MB', tempSize: '500MB' }, { monotonicMs: () => now });
    const held = await data.acquire();
    const old = held.snapshot.manifest.snapshotId;
    await shop.load(FEBRUARY);
    now += 5_000;
    await data.use(async ({ manifest, reader }) => {
      expect(manifest.snapshotId).not.toBe(old);
      expect((await reader.query('select count(*) from business.monthly_metrics')).rows).toEqual([[2]]);
    });
    expect(closed).toEqual([]);
    expect((await held.snapshot.reader.query('select count(*) from business.monthly_metrics')).rows).toEqual([[1]]);
    held.release();
    held.release();
    expect(closed).toEqual([old]);
    await data.close();
    expect(closed).toHaveLength(2);
  });

  test('many ask at once while snapshots change: each answer is of one snapshot, and right for it', async () => {
    const shop = await shopWithData();
    const server = await serveForTest(shop.pipeline);
    let isOver = false;
    const seen = new Set<string>();
    const ask = async () => {
      while (!isOver) {
        const { snapshot, asOf, rows } = await server.rows('/api/revenue/months');
        seen.add(snapshot);
        expect({ asOf, months: rows.length }).toEqual(
          asOf === '2024-01-20' ? { asOf, months: 1 } : { asOf, months: 2 },
        );
      }
    };
    const asking = [ask(), ask(), ask()];
    for (const rows of [FEBRUARY, JANUARY]) {
      await shop.load(rows);
      await aMoment();
    }
    isOver = true;
    await Promise.all(asking);
    expect(seen.size).toBeGreaterThanOrEqual(2);
  });

  test('data that is damaged: 503 that says where to look and tells no path; the log holds the rest', async () => {
    const shop = await shopWithData();
    const source = dataSourceOf(shop.pipeline);
    const broken: DataSource = {
      ...source,
      published: () => Promise.reject(new Error(`/secret/path is broken: select * from x`)),
    };
    const server = await serveForTest(shop.pipeline, {}, { source: broken });
    const answer = await server.get('/api/revenue/months?from=2024-01');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/secret|select|\.ts|at /);
    const { correlationId } = JSON.parse(answer.text).error;
    const log = join(shop.settings.dataDir, 'logs', 'server.log');
    await vi.waitFor(async () => expect(await readFile(log, 'utf8')).toContain(correlationId));
    const line = JSON.parse((await readFile(log, 'utf8')).trim().split('\n').at(-1) ?? '');
    expect(line).toMatchObject({
      path: '/api/revenue/months',
      err: { message: expect.stringContaining('/secret/path') },
    });
  });

  test('[S14] a table of an earlier version lacks a column: no SQL in the answer, and what to do', async () => {
    const shop = await shopWithData();
    const { tableQuery } = await import('../../src/server/query-definition.ts');
    const { text } = await import('../../src/server/column-spec.ts');
    const { z } = await import('zod');
    const old = tableQuery({
      name: 'old',
      summary: 'A column that is not there.',
      params: z.strictObject({}),
      columns: { secret_column: text('not there') },
      sql: () => 'select secret_column from business.monthly_metrics',
    });
    const server = await serveForTest(shop.pipeline, {}, { queries: [old] });
    for (const path of ['/api/old', '/api/old.csv']) {
      const answer = await server.get(path);
      expect(answer.status).toBe(503);
      expect(answer.text).not.toMatch(/secret_column|select|monthly_metrics/);
      expect(problemOf(answer)).toMatchObject({
        code: 'data-unavailable',
        remedy: [expect.stringContaining('run the pipeline again')],
      });
    }
  });
});

interface Listening {
  readonly events: { name: string; data: Record<string, unknown> }[];
  close(): void;
}

async function listen(server: ServedShop): Promise<Listening> {
  const events: Listening['events'] = [];
  const call = httpGet({
    host: '127.0.0.1',
    port: server.port,
    path: '/api/events',
    headers: { Authorization: `Bearer ${server.token}` },
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    call.on('error', reject);
    call.on('response', (response) => {
      if (response.headers['content-type'] !== 'text/event-stream') return reject(new Error(`${response.statusCode}`));
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
          if (name !== '') events.push({ name, data: JSON.parse(data) });
          text = text.slice(end + 2);
        }
      });
      resolve();
    });
  });
  call.on('error', () => undefined);
  onTestFinished(() => {
    call.destroy();
  });
  return { events, close: () => call.destroy() };
}

test('events tell of the published snapshot, of a run under way and its end, and of the new snapshot', async () => {
  const shop = await shopWithData();
  const server = await serveForTest(shop.pipeline);
  const { events } = await listen(server);
  const has = (event: object) => vi.waitFor(() => expect(events).toContainEqual(event), { timeout: 10_000 });
  const published = await shop.pipeline.engine.published();
  await has({
    name: 'snapshot',
    data: expect.objectContaining({ snapshot: published?.snapshotId, asOf: '2024-01-20' }),
  });
  await has({ name: 'run', data: { running: null } });

  const info = { runId: 'r-1', command: 'run', pid: 1, host: 'here', startedAt: '2024-03-01T10:00:00.000Z' };
  const lock = acquireLock(shop.settings.dataDir, info);
  await has({
    name: 'run',
    data: { running: { runId: 'r-1', command: 'run', startedAt: info.startedAt, tablesDone: 0 } },
  });
  // What is published can be asked for all the while.
  expect((await server.rows('/api/revenue/months')).rows).toHaveLength(1);
  lock.release();
  await vi.waitFor(() => expect(events.at(-1)).toEqual({ name: 'run', data: { running: null } }), { timeout: 10_000 });

  const next = await shop.load(FEBRUARY);
  await has({ name: 'snapshot', data: expect.objectContaining({ snapshot: next.snapshotId, asOf: '2024-02-10' }) });
});

test('a server that ends ends its streams too, and more than enough listeners are turned away', async () => {
  const shop = await shopWithData();
  const server = await serveForTest(shop.pipeline);
  const listeners = await Promise.all(Array.from({ length: 64 }, () => listen(server)));
  const late = await server.get('/api/events');
  expect(late.status).toBe(503);
  listeners[0]?.close();
  await vi.waitFor(async () => (await listen(server)).close(), { timeout: 10_000 });
  await server.close();
});
