import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DATABASE_VARIABLE } from '../support/engines.ts';
import { FaultSite } from '../support/postgres/fault-site.ts';
import { Network } from '../support/postgres/network.ts';
import { spawnRun } from '../support/spawn-run.ts';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open(process.env[DATABASE_VARIABLE] ?? '', 'crashes_');
});

afterAll(() => site[Symbol.asyncDispose]());

async function openNetwork() {
  const network = await Network.open(site.url);
  onTestFinished(() => network[Symbol.asyncDispose]());
  return { network, settings: { connection: network.url(site.url) } };
}

/** What the killed run has left is gone soon, and nothing of it after the next run. */
async function expectRecovery(where: string, expected: 'old' | 'new') {
  await site.expectNoSessions(where);
  expect(await site.expectOldOrNew(where)).toBe(expected);
  if (expected === 'new') site.switch();
  await site.expectNextRun(where);
}

/** A commit of its own, not the one in which removing a schema ends. */
const COMMIT = /^Q[\s\S]{4}commit\0$/;

describe('[M01] a run whose process is killed', () => {
  test.each([
    ['in the middle of COPY', /C\d+,O\d+,/],
    ['while a model is built', /create table .*"dim_customer"/],
    ['while indexes are made', /create unique index/],
    ['while keys are made', /primary key using index/],
    ['while tables are tied to each other', /add foreign key/],
    ['while the published tables are locked', /lock table .*snapshots/],
    ['while the layers are renamed', /rename to/],
    ['with the commit of publishing on its way', COMMIT],
  ])('%s, before the server is told: the old data stays', async (where, statement) => {
    const { network, settings } = await openNetwork();
    const { signal, stderr } = await spawnRun(
      site.request(settings),
      network.insteadOf(statement, () => undefined),
    );
    expect(signal, stderr).toBe('SIGKILL');
    await expectRecovery(where, 'old');
  });

  test('with the commit of publishing answered: the new data is there, and the next run records it', async () => {
    const { network, settings } = await openNetwork();
    const answered = Promise.withResolvers<void>();
    network.at(COMMIT, (link) => link.insteadOfAnswer(answered.resolve));
    const { signal, stderr } = await spawnRun(site.request(settings), answered.promise);
    expect(signal, stderr).toBe('SIGKILL');
    await expectRecovery('an answered commit', 'new');
  });

  test.each([
    ['before the old snapshot is removed', 1],
    ['when a part of it is removed', 2],
  ])('%s: the new data is there', async (where, nth) => {
    const { network, settings } = await openNetwork();
    const removed = network.insteadOf(/drop schema/, () => undefined, nth);
    const { signal, stderr } = await spawnRun(site.request(settings), removed);
    expect(signal, stderr).toBe('SIGKILL');
    await expectRecovery(where, 'new');
  });

  test('while the server works on a statement that takes long: it stops soon, and the next run waits for that', async () => {
    const settings = await site.withModel('sleeps', 'select 1 as n from pg_sleep(60)');
    const { signal, stderr } = await spawnRun(site.request(settings), site.untilRunning('%pg_sleep(60)%'));
    expect(signal, stderr).toBe('SIGKILL');
    expect(await site.expectOldOrNew('a long statement')).toBe('old');
    await site.expectNextRun('a long statement');
  });

  test('[M03] and the next one again while it clears away: the third needs no help', async () => {
    for (const [statement, nth] of [
      [/create table .*"fact_sales"/, 1],
      [/drop schema/, 2],
    ] as const) {
      const { network, settings } = await openNetwork();
      const { signal, stderr } = await spawnRun(
        site.request(settings),
        network.insteadOf(statement, () => undefined, nth),
      );
      expect(signal, stderr).toBe('SIGKILL');
    }
    await expectRecovery('two crashes', 'old');
  });
});
