import { describe, expect, test } from 'vitest';
import { RunError } from '../../../src/errors.ts';
import { openPlace } from '../../support/postgres/place.ts';
import { errorOf } from '../../support/run-shop.ts';
import { buildSnapshot, publishSnapshot } from '../../support/small-snapshot.ts';

describe('the lock of a server', () => {
  test('keeps a second machine away and says who has it', async () => {
    const place = openPlace();
    const unlock = await place.engine().lock({ runId: 'first', command: 'run' });
    const error = await errorOf(RunError, place.engine().lock({ runId: 'second', command: 'run' }));
    expect(error.message).toMatch(
      /^another run is under way in postgres:\/\/.*: marketing-pipeline first from .*server process \d+$/,
    );
    expect(error.message).not.toContain('password');
    expect(error.remedy.join()).toMatch(/wait .*pg_terminate_backend\(\d+\)/);
    await unlock();
    await (await place.engine().lock({ runId: 'third', command: 'run' }))();
  });

  test('does not keep a pipeline of another prefix away', async () => {
    const unlock = await openPlace().engine().lock({ runId: 'first', command: 'run' });
    await (await openPlace().engine().lock({ runId: 'second', command: 'run' }))();
    await unlock();
  });

  test('is free as soon as the session that has it is gone, and that one can no longer publish', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    const unlock = await engine.lock({ runId: 'two', command: 'run' });
    const second = await buildSnapshot(engine, 'two', 2);
    await place.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marketing-pipeline two' and state = 'idle'`,
    );
    const other = place.engine();
    const unlockOther = await other.lock({ runId: 'three', command: 'run' });
    await errorOf(RunError, engine.publish(second));
    expect((await other.published())?.snapshotId).toBe('one');
    await unlock();
    await unlockOther();
  });
});
