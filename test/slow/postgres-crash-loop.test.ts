import { once } from 'node:events';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { FaultSite } from '../support/postgres/fault-site.ts';
import { Network } from '../support/postgres/network.ts';
import { PostgresServer } from '../support/postgres/server.ts';
import { POSTGRES_VERSIONS } from '../support/postgres/versions.ts';
import { spawnRun } from '../support/spawn-run.ts';

/** 200 in a night; the seed of a loop that failed is printed and repeats its moments. */
const CRASHES = Number(process.env.CRASH_LOOPS ?? 40);
const SEED = Number(process.env.CRASH_SEED ?? Math.trunc(performance.timeOrigin) % 2 ** 31);

test.each(POSTGRES_VERSIONS)(
  `[M02] on PostgreSQL %i, SIGKILL at ${CRASHES} random moments (CRASH_SEED=${SEED}) leaves old or new data, and the next run needs no help`,
  async (version) => {
    await using server = await PostgresServer.create(version);
    await using site = await FaultSite.open(server.url(), 'loop_');
    const generator = xoroshiro128plus(SEED);
    let packets = 0;
    await using counting = await Network.open(site.url);
    counting.onPacket(() => void packets++);
    await (await site.pipeline({ connection: counting.url(site.url) })).run([site.next]);
    site.switch();
    const seen = { old: 0, new: 0, killed: 0 };
    for (let n = 1; n <= CRASHES; n++) {
      await using network = await Network.open(site.url);
      // Half of the moments are between a statement and the server, half between its answer and us.
      const at = 1 + Math.floor(packets * 1.05 * uniformFloat64(generator));
      const isAnswered = uniformFloat64(generator) < 0.5;
      const where = `crash ${n} of CRASH_SEED=${SEED}, ${isAnswered ? 'after' : 'before'} packet ${at} of ${packets}`;
      const killing = Promise.withResolvers<void>();
      void network[isAnswered ? 'at' : 'insteadOf'](
        /^/,
        (link) => (isAnswered ? link.insteadOfAnswer(killing.resolve) : killing.resolve()),
        at,
      );
      const { signal } = await spawnRun(site.request({ connection: network.url(site.url) }), killing.promise);
      if (signal === 'SIGKILL') seen.killed++;
      await site.expectNoSessions(where);
      const found = await site.expectOldOrNew(where);
      if (found === 'new') site.switch();
      seen[found]++;
      // Two of three crashes are of a run that has to recover from the one before.
      if (n % 3 === 0) await site.expectNextRun(where);
    }
    console.log(
      `CRASH_SEED=${SEED} on ${version}: ${seen.killed} killed, ${seen.old} times old, ${seen.new} times new`,
    );
    expect(seen.killed).toBeGreaterThan(CRASHES / 2);
  },
);

test('a run that is suspended while it publishes keeps readers waiting for seconds, not for ever', async () => {
  await using server = await PostgresServer.create(18);
  await using site = await FaultSite.open(server.url(), 'suspended_');
  await using network = await Network.open(site.url);
  const renaming = network.insteadOf(/rename to/, () => undefined);
  const { child, stderr } = site.start(site.next, { connection: network.url(site.url) });
  const closed = once(child, 'close');
  await renaming;
  child.kill('SIGSTOP');
  const begun = performance.now();
  expect(await site.expectOldOrNew('a suspended run')).toBe('old');
  expect(performance.now() - begun).toBeLessThan(15_000);
  child.kill('SIGCONT');
  expect(await closed).toEqual([1, null]);
  expect(stderr()).toMatch(/error: the connection to postgres:.* was lost: .*idle-in-transaction/);
  await site.expectNextRun('a suspended run');
});
