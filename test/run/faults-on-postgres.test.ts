import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { OutcomeUnknownError } from '../../src/engines/outcome-unknown-error.ts';
import { resolveServer } from '../../src/engines/postgres/server.ts';
import { Session } from '../../src/engines/postgres/session.ts';
import { CancelledError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/index.ts';
import { DATABASE_VARIABLE } from '../support/engines.ts';
import { FaultSite } from '../support/postgres/fault-site.ts';
import { Network } from '../support/postgres/network.ts';
import { PostgresServer } from '../support/postgres/server.ts';
import { errorOf } from '../support/run-shop.ts';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open(process.env[DATABASE_VARIABLE] ?? '', 'faults_');
});

afterAll(() => site[Symbol.asyncDispose]());

/** A network to the site's server, and a pipeline that uses it. */
async function openNetwork(settings: Record<string, unknown> = {}, query = '') {
  const network = await Network.open(site.url);
  onTestFinished(() => network[Symbol.asyncDispose]());
  const pipeline = await site.pipeline({ ...settings, connection: `${network.url(site.url)}${query}` });
  return { network, pipeline };
}

const lost = { message: /^the connection to postgres:.* was lost: /, remedy: /server is up, and run again/ };
/** The statement alone: removing a schema ends in a commit too. */
const COMMIT = /^Q[\s\S]{4}commit\0$/;
const DATA = /C\d+,O\d+,/;

describe('a connection that is cut', () => {
  test.each([
    ['before COPY', /copy .*from stdin/],
    ['in the middle of COPY', DATA],
    ['in the middle of a model', /create table .*"fact_sales"/],
    ['while indexes are made', /create unique index/],
    ['while keys are made', /primary key using index/],
    ['while tables are tied to each other', /add foreign key/],
    ['while the layers are renamed', /rename to/],
    ['before the commit of publishing reaches the server', COMMIT],
  ])('%s: the run fails, the data stays, the next run needs no help', async (where, statement) => {
    const { network, pipeline } = await openNetwork();
    const happened = network.insteadOf(statement, (link) => link.cut());
    await site.expectFailure(pipeline.run([site.next]), lost);
    await happened;
    expect(await site.lastRun()).toMatchObject({ status: 'failed', errorMessage: expect.stringMatching(lost.message) });
    await site.expectNextRun(where);
  });

  test('in the middle of a large file', async () => {
    const { network, pipeline } = await openNetwork();
    const file = await site.bigFile(200_000);
    const happened = network.insteadOf(DATA, (link) => link.cut(), 20);
    await site.expectFailure(pipeline.run([file]), lost);
    await happened;
    await site.expectNextRun('a cut in a large file');
  });

  test('and does not come back: the run ends all the same, and the next one clears away', async () => {
    const { network, pipeline } = await openNetwork();
    const happened = network.insteadOf(/create table .*"fact_sales"/, () => network.breakDown());
    await site.expectFailure(pipeline.run([site.next]), lost);
    await happened;
    expect((await site.schemas()).some((schema) => schema.startsWith('staging__'))).toBe(true);
    await site.expectNextRun('a network that broke down');
  });
});

describe('a session that is ended on the server', () => {
  test('in the middle of a model', async () => {
    const pipeline = await site.pipeline(await site.withModel('sleeps', 'select 1 as n from pg_sleep(60)'));
    const running = site.expectFailure(pipeline.run([site.next]), lost);
    await site.sql(`select pg_terminate_backend(${await site.untilRunning('%pg_sleep(60)%')})`);
    await running;
    await site.expectNextRun('a model was ended');
  });

  test('in the middle of COPY', async () => {
    const { network, pipeline } = await openNetwork();
    const file = await site.bigFile(200_000);
    network.at(DATA, (link) => link.hold(), 3);
    const running = site.expectFailure(pipeline.run([file]), lost);
    await site.sql(`select pg_terminate_backend(${await site.untilRunning('copy %')})`);
    await running;
    await site.expectNextRun('a COPY was ended');
  });

  test('all of them at once', async () => {
    const pipeline = await site.pipeline(await site.withModel('sleeps', 'select 1 as n from pg_sleep(60)'));
    const running = site.expectFailure(pipeline.run([site.next]), lost);
    await site.untilRunning('%pg_sleep(60)%');
    await site.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'marketing-pipeline %' and datname = current_database()`,
    );
    await running;
    await site.expectNextRun('all sessions were ended');
  });

  const endLock = () =>
    site.sql(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`);

  test('only the one with the lock: the run ends before it publishes what it may no longer publish', async () => {
    const pipeline = await site.pipeline(await site.withModel('naps', 'select 1 as n from pg_sleep(1)'));
    const running = site.expectFailure(pipeline.run([site.next]), lost);
    await site.untilRunning('%pg_sleep(1)%');
    await endLock();
    await running;
    await site.expectNextRun('the lock was lost');
  });

  test('only the one with the lock, early: nothing more is built in vain', async () => {
    const { network, pipeline } = await openNetwork();
    const steps: string[] = [];
    const listener = (event: RunEvent) => {
      if (event.type === 'step-started')
        steps.push(event.step.kind === 'build' ? event.step.model.name : event.step.kind);
    };
    network.at(/create table .*"dim_customer"/, (link) => {
      const release = link.hold();
      void endLock().then(() => setTimeout(release, 200));
    });
    await site.expectFailure(pipeline.run([site.next], { listener }), lost);
    expect(steps).toContain('dim_customer');
    expect(steps).not.toContain('campaign_targets');
    expect(steps).not.toContain('publish');
    await site.expectNextRun('the lock was lost early');
  });
});

test('a session that the server has ended is known to be lost as soon as its statement fails', async () => {
  const server = await resolveServer({ connection: site.url, passwordFile: null }, {});
  const session = await Session.open(server, {
    applicationName: 'marketing-pipeline x',
    statementTimeoutSeconds: null,
  });
  const isLost = session.execute('select pg_sleep(60)').catch(() => session.isLost);
  await site.sql(`select pg_terminate_backend(${await site.untilRunning('%pg_sleep(60)%')})`);
  expect(await isLost).toBe(true);
  await session.close();
});

test('a lock that becomes free within seconds, because a killed run ends on the server, is waited for', async () => {
  const [killed, next] = [(await site.pipeline()).engine, (await site.pipeline()).engine];
  const unlock = await killed.lock({ runId: 'killed', command: 'run' });
  setTimeout(() => void unlock(), 500);
  await (await next.lock({ runId: 'next', command: 'run' }))();
});

describe('a network that goes silent', () => {
  test('is left by Ctrl-C within seconds, and the next run clears away', async () => {
    const { network, pipeline } = await openNetwork({}, '?connect_timeout=2');
    const controller = new AbortController();
    const happened = network.insteadOf(/create table .*"fact_sales"/, () => network.fallSilent());
    const running = pipeline.run([site.next], { signal: controller.signal });
    const ended = errorOf(CancelledError, running);
    await happened;
    const begun = performance.now();
    controller.abort();
    await ended;
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await site.lastRun()).toMatchObject({ status: 'cancelled' });
    network.mend();
    expect(await site.expectOldOrNew('silence')).toBe('old');
    await site.expectNextRun('silence');
  });
});

describe('the commit of publishing, when its answer is lost', () => {
  test('has happened: the run asks again, finds out, and succeeds', async () => {
    const { network, pipeline } = await openNetwork();
    const happened = network.at(COMMIT, (link) => link.insteadOfAnswer(() => link.cut()));
    const { runId } = await pipeline.run([site.next]);
    await happened;
    expect(await site.lastRun()).toMatchObject({ status: 'success' });
    expect((await pipeline.engine.published())?.snapshotId).toBe(runId);
    expect(await site.expectOldOrNew('a lost answer')).toBe('new');
    await site.expectInOrder('a lost answer');
    site.switch();
  });

  test('and the server cannot be asked: the run says that it does not know, and how to see', async () => {
    const { network, pipeline } = await openNetwork();
    network.at(COMMIT, (link) => link.insteadOfAnswer(() => network.breakDown()));
    const error = await errorOf(OutcomeUnknownError, pipeline.run([site.next]));
    expect(error.message).toMatch(/^it is not known whether the new data is published: /);
    expect(error.remedy.join()).toContain('marketing-pipeline status');
    expect(error.exitCode).toBe(1);
    expect(await site.expectOldOrNew('an unknown outcome')).toBe('new');
    expect(await site.lastRun()).toMatchObject({ status: 'failed' });
    site.switch();
    await site.expectNextRun('an unknown outcome');
  });
});

describe('a server', () => {
  test('that crashes between build and publish, or while it publishes, or below a reader', async () => {
    await using server = await PostgresServer.create(18);
    await using own = await FaultSite.open(server.url(), 'crashes_');
    const reader = await (await own.pipeline()).openReader();
    const [before] = (await reader.query('select count(*) from staging.stg_sales_raw')).rows;
    for (const statement of [/lock table .*snapshots/, COMMIT]) {
      await using network = await Network.open(own.url);
      const pipeline = await own.pipeline({ connection: network.url(own.url) });
      let restarted: Promise<void> | undefined;
      network.insteadOf(statement, () => {
        restarted = server.stop('immediate').then(() => server.start());
      });
      const failed = errorOf(Error, pipeline.run([own.next]));
      await failed;
      await restarted;
      await own.expectFailure(
        failed.then((error) => Promise.reject(error)),
        lost,
      );
      await own.expectNextRun(String(statement));
    }
    // The snapshot that it read is gone by now; what it says is that, and not that its connection was lost.
    await expect(reader.query('select 1 from staging.stg_sales_raw')).rejects.toThrow(/no longer in the database/);
    await reader.close();
    expect(before).toEqual([80]);
  });

  test('that is restarted below a reader is read again', async () => {
    await using server = await PostgresServer.create(18);
    await using own = await FaultSite.open(server.url(), 'restarts_');
    const reader = await (await own.pipeline()).openReader();
    onTestFinished(() => reader.close());
    const count = async () => (await reader.query('select count(*) from staging.stg_sales_raw')).rows;
    expect(await count()).toEqual([[80]]);
    await server.stop('fast');
    await expect(count()).rejects.toThrow(/cannot be reached/);
    await server.start();
    expect(await count()).toEqual([[80]]);
  });
});
