import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { DATABASE_VARIABLE } from '../support/engines.ts';
import { FaultSite, type Started } from '../support/postgres/fault-site.ts';
import { Network } from '../support/postgres/network.ts';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open(process.env[DATABASE_VARIABLE] ?? '', 'interrupts_');
});

afterAll(() => site[Symbol.asyncDispose]());

/** Ctrl-C ends the run soon, with the exit code of a cancelled one, and it takes away what it has made. */
async function expectInterrupted({ child, stderr }: Started, where: string, meanwhile = () => {}): Promise<void> {
  const closed = once(child, 'close');
  const begun = performance.now();
  child.kill('SIGINT');
  await delay(300);
  meanwhile();
  expect(await closed, stderr()).toEqual([130, null]);
  expect(performance.now() - begun, `milliseconds of ending ${where}`).toBeLessThan(8_000);
  expect(stderr()).toMatch(/(^|\n)error: cancelled; published data is untouched\n$/);
  expect(await site.schemas(), `schemas after Ctrl-C ${where}`).toEqual(['business', 'staging', 'warehouse']);
  expect(await site.lastRun()).toMatchObject({ status: 'cancelled' });
  expect(await site.expectOldOrNew(where)).toBe('old');
}

test('[O11] Ctrl-C in the middle of COPY ends the run with 130 and leaves no schema behind', async () => {
  await using network = await Network.open(site.url);
  const file = await site.bigFile(200_000);
  let release = () => {};
  const held = network.at(/C\d+,O\d+,/, (link) => {
    release = link.hold();
  });
  const run = site.start(file, { connection: network.url(site.url) });
  await held;
  await site.untilRunning('copy %');
  await expectInterrupted(run, 'in the middle of COPY', () => release());
  await site.expectNextRun('Ctrl-C in the middle of COPY');
});

test('[O11] Ctrl-C while a model is built stops it on the server too', async () => {
  const { modelsDir } = await site.withModel('sleeps', 'select 1 as n from pg_sleep(60)');
  const run = site.start(site.next, { modelsDir });
  await site.untilRunning('%pg_sleep(60)%');
  await expectInterrupted(run, 'while a model was built');
  await site.expectNoSessions('Ctrl-C while a model was built');
  await site.expectNextRun('Ctrl-C while a model was built');
});

test('[O11] Ctrl-C while keys are made', async () => {
  await using network = await Network.open(site.url);
  let release = () => {};
  const held = network.at(/create unique index/, (link) => {
    release = link.hold();
  });
  const run = site.start(site.next, { connection: network.url(site.url) });
  await held;
  await expectInterrupted(run, 'while keys were made', () => release());
  await site.expectNextRun('Ctrl-C while keys were made');
});

test('[O11] Ctrl-C while publishing waits for readers', async () => {
  const reader = new pg.Client({ connectionString: site.url });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query(`begin; select count(*) from ${site.prefix}staging.stg_sales_raw`);
  const run = site.start(site.next);
  await vi.waitFor(() => expect(run.stderr()).toContain('publishing waits for'), { timeout: 20_000, interval: 50 });
  await expectInterrupted(run, 'while publishing waited');
  await reader.query('rollback');
  await site.expectNextRun('Ctrl-C while publishing waited');
});
