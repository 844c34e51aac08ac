import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { RunError } from '../../src/errors.ts';
import { DATABASE_VARIABLE } from '../support/engines.ts';
import { FaultSite } from '../support/postgres/fault-site.ts';
import { Proxy } from '../support/postgres/proxy.ts';
import { errorOf } from '../support/run-shop.ts';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open(process.env[DATABASE_VARIABLE] ?? '', 'faults_');
});

afterAll(() => site[Symbol.asyncDispose]());

async function openProxy(): Promise<Proxy> {
  const proxy = await Proxy.open(site.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return proxy;
}

const lost = { message: /^the connection to postgres:.* was lost: /, remedy: /server is up, and run again/ };

describe('a connection that is cut', () => {
  test.each([
    ['in the middle of COPY', /copy .*from stdin/],
    ['in the middle of a model', /create table .*"fact_sales"/],
    ['while keys are made', /add primary key/],
    ['while the layers are renamed', /rename to/],
    ['before the commit of publishing reaches the server', /commit\0$/],
  ])('%s', async (where, statement) => {
    const proxy = await openProxy();
    const happened = proxy.at(statement, (link) => {
      link.cut();
      return 'swallow';
    });
    const pipeline = await site.pipeline({ connection: proxy.url(site.url) });
    await site.expectFailure(pipeline.run([site.next]), lost);
    await happened;
    expect(await site.lastRun()).toMatchObject({ status: 'failed', errorMessage: expect.stringMatching(lost.message) });
    await site.expectNextRun(where);
  });
});

describe('the commit of publishing', () => {
  test('whose answer is lost is found to have happened: the run succeeds', async () => {
    const proxy = await openProxy();
    const happened = proxy.at(/commit\0$/, (link) => {
      link.insteadOfAnswer(() => link.cut());
      return undefined;
    });
    const pipeline = await site.pipeline({ connection: proxy.url(site.url) });
    await pipeline.run([site.next]);
    await happened;
    expect(await site.expectOldOrNew('a lost answer')).toBe('new');
  });
});
