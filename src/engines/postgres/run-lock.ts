import { setTimeout as delay } from 'node:timers/promises';
import { RunError } from '../../errors.ts';
import { quotedString } from '../quote.ts';
import { singleValue } from '../result-set.ts';
import type { Schemas } from './schemas.ts';
import type { Server } from './server.ts';
import type { Session } from './session.ts';

/** The key of the advisory lock by which runs over the same schemas exclude each other, on whatever machine they are. */
function keySql(schemas: Schemas): string {
  return `pg_catalog.hashtextextended(${quotedString(`marketing-analytics-pipeline ${schemas.control}`)}, 0)`;
}

/** The server looks every two seconds whether the process of a session that works is still there. */
const WAIT_MS = 4_000;
const PAUSE_MS = 200;

/**
 * Takes the lock for as long as the session lives; waits a little for what a killed run may still do on the server.
 * @throws RunError that names who has it.
 */
export async function takeRunLock(session: Session, schemas: Schemas, server: Server): Promise<void> {
  const key = keySql(schemas);
  for (let waitedMs = 0; waitedMs <= WAIT_MS; waitedMs += PAUSE_MS) {
    if (waitedMs > 0) await delay(PAUSE_MS);
    const taken = await session.query(`select pg_catalog.pg_try_advisory_lock(${key})`);
    if (singleValue(taken) === true) return;
  }
  const { rows } = await session.query(`
    select activity.pid, activity.application_name, activity.client_addr, activity.backend_start
    from pg_catalog.pg_locks as locks
    inner join pg_catalog.pg_stat_activity as activity on activity.pid = locks.pid
    where locks.locktype = 'advisory' and locks.granted and locks.objsubid = 1
      and (cast(locks.classid as bigint) << 32) | cast(locks.objid as bigint) = ${key}
      and locks.database = (select oid from pg_catalog.pg_database where datname = current_database())`);
  const [pid, application, address, since] = rows[0] ?? [];
  const holder =
    pid === undefined
      ? ''
      : `: ${application || 'a session'} from ${address ?? 'this machine'}, connected since ${since}, server process ${pid}`;
  throw new RunError(`another run is under way in ${server.name}${holder}`, {
    remedy: [
      'wait for it to finish',
      ...(pid === undefined ? [] : [`or end it on the server: select pg_terminate_backend(${pid})`]),
    ],
  });
}
