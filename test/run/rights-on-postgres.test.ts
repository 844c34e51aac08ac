import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { FaultSite } from '../support/postgres/fault-site.ts';
import { Network } from '../support/postgres/network.ts';
import { PostgresServer } from '../support/postgres/server.ts';
import { serverUser } from '../support/postgres/server-user.ts';
import { errorOf } from '../support/run-shop.ts';

/** Of a shop that keeps no superuser for its pipeline. */
const ROLE = 'shop pipeline';
const ROLE_SQL = `"${ROLE}"`;

let server: PostgresServer;
let site: FaultSite;

beforeAll(async () => {
  server = await PostgresServer.create(18, { settings: { max_connections: '25', max_locks_per_transaction: '10' } });
  await server.sql(`create role ${ROLE_SQL} login; create role analyst login`);
  await server.sql(`create database shop owner ${ROLE_SQL}`);
  site = await FaultSite.open(server.url('shop'), 'my_', server.url('shop', ROLE));
});

afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** A session of somebody else, ended with the test. */
async function otherSession(database = 'shop') {
  const client = new pg.Client({ connectionString: server.url(database) });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

describe('a right that the role has no longer', () => {
  test('to create schemas, taken between two runs: the error says what to grant, and that is enough', async () => {
    await site.sql(`alter database shop owner to postgres; revoke create on database shop from ${ROLE_SQL}`);
    const running = (await site.pipeline()).run([site.next]);
    const error = await site.expectFailure(running, {
      message: /^role "shop pipeline" may not create schemas in database "shop"$/,
      remedy: /^GRANT CREATE ON DATABASE "shop" TO "shop pipeline";$/m,
      exitCode: 2,
    });
    await site.sql(error.remedy[0] ?? '');
    await site.expectNextRun('a grant');
  });

  test('to create schemas, taken in the middle of a run', async () => {
    await using network = await Network.open(site.url);
    const pipeline = await site.pipeline({ connection: network.url(server.url('shop', ROLE)) });
    let revoked: Promise<unknown> | undefined;
    network.at(/create table .*"fact_sales"/, () => {
      revoked = site.sql(`revoke create on database shop from ${ROLE_SQL}`);
    });
    await site.expectFailure(pipeline.run([site.next]), {
      message: /^role "shop pipeline" may not create schemas in database "shop"$/,
      remedy: /^GRANT CREATE ON DATABASE "shop" TO "shop pipeline";$/m,
      exitCode: 2,
    });
    await revoked;
    await site.sql(`grant create on database shop to ${ROLE_SQL}`);
    await site.expectNextRun('a right was taken in the middle');
  });

  test('to use the schema of the snapshots', async () => {
    await site.sql(`revoke usage on schema "{p}pipeline" from ${ROLE_SQL}`);
    const failed = await errorOf(UsageError, (await site.pipeline()).run([site.next]));
    expect(failed.message).toBe(
      'role "shop pipeline" may not use schema my_pipeline: permission denied for schema my_pipeline',
    );
    expect(failed.remedy).toContain('GRANT USAGE ON SCHEMA "my_pipeline" TO "shop pipeline";');
    await site.sql(failed.remedy[0] ?? '');
    expect(await site.expectOldOrNew('a schema that may not be used')).toBe('old');
    await site.expectNextRun('a schema that may not be used');
  });
});

describe('a role that may only read', () => {
  const READING = ['usage on schema', 'select on all tables in schema'];
  const SCHEMAS = '"{p}pipeline", "{p}staging", "{p}warehouse", "{p}business"';

  afterEach(() => site.sql('drop owned by analyst'));

  test('gets there by what the errors say, one right after the other, without opening a new session', async () => {
    const pipeline = await site.pipeline({ connection: server.url('shop', 'analyst') });
    const sql = 'select count(*) from business.monthly_metrics as m, staging.stg_sales_clean as s';
    const granted: string[] = [];
    const ask = async () => {
      const reader = await pipeline.openReader();
      try {
        for (;;) {
          const answer = await reader.query(sql).catch((error: unknown) => error);
          if (!(answer instanceof UsageError)) return answer;
          await grant(answer);
          if (granted.length > 12) return answer;
        }
      } finally {
        await reader.close();
      }
    };
    const grant = async (error: UsageError) => {
      const [remedy = ''] = error.remedy;
      expect(remedy).toMatch(/^GRANT (USAGE|SELECT) ON .* TO "analyst";$/);
      expect(granted).not.toContain(remedy);
      granted.push(remedy);
      await site.sql(remedy);
    };
    let answer: unknown;
    do {
      answer = await ask().catch((error: unknown) => error);
      if (answer instanceof UsageError) await grant(answer);
    } while (answer instanceof UsageError && granted.length < 12);
    expect(answer).toMatchObject({ rows: [[expect.any(Number)]] });
    expect(granted).toHaveLength(6);
  });

  test('that may not even look where the layers are for a while goes on with the same reader afterwards', async () => {
    for (const right of READING) await site.sql(`grant ${right} ${SCHEMAS} to analyst`);
    const reader = await (await site.pipeline({ connection: server.url('shop', 'analyst') })).openReader();
    const count = async () => (await reader.query('select count(*) from staging.stg_sales_raw')).rows;
    const before = await count();
    await site.sql('revoke usage on schema "{p}pipeline" from analyst');
    await expect(count()).rejects.toThrow('may not use schema my_pipeline');
    await site.sql('grant usage on schema "{p}pipeline" to analyst');
    expect(await count()).toEqual(before);
    await reader.close();
  });

  test('and has the rights of the documentation queries, reports and exports, also after the next run; and runs nothing', async () => {
    for (const right of READING) await site.sql(`grant ${right} ${SCHEMAS} to analyst`);
    await site.expectNextRun('a grant to somebody else');
    const pipeline = await site.pipeline({ connection: server.url('shop', 'analyst') });
    const reader = await pipeline.openReader();
    expect((await reader.query('select count(*) from staging.stg_sales_raw')).rows).toEqual([[expect.any(Number)]]);
    await expect(reader.query('delete from staging.stg_sales_raw')).rejects.toThrow(UsageError);
    await reader.close();
    const { files } = await pipeline.export({ format: 'csv', outDir: join(site.folder, 'out') });
    expect(files.length).toBeGreaterThan(5);
    await site.expectFailure(pipeline.run([site.next]), {
      message: /^role "analyst" may not create schemas/,
      remedy: /^GRANT CREATE ON DATABASE "shop" TO "analyst";$/m,
      exitCode: 2,
    });
  });
});

describe('a limit of the role', () => {
  afterEach(() => site.sql(`alter role ${ROLE_SQL} reset all; alter role ${ROLE_SQL} connection limit -1`));

  test('on connections', async () => {
    await site.sql(`alter role ${ROLE_SQL} connection limit 2`);
    await site.expectFailure((await site.pipeline()).run([site.next]), {
      message: /^postgres:.* has too many connections: too many connections for role "shop pipeline"/,
      remedy: /connection limit of the role.*\n.*maxConcurrentModels/,
    });
    await site.sql(`alter role ${ROLE_SQL} connection limit -1`);
    await site.expectNextRun('a limit on connections');
  });

  test.each([
    "statement_timeout = '50ms'",
    "idle_session_timeout = '100ms'",
    "idle_in_transaction_session_timeout = '1ms'",
    "transaction_timeout = '50ms'",
    "lock_timeout = '1ms'",
    'default_transaction_isolation = serializable',
    'transform_null_equals = on',
    "search_path = 'my_business'",
    "client_encoding = 'LATIN1'",
    'quote_all_identifiers = on',
  ])('%s does not end a run that is well', async (setting) => {
    await site.sql(`alter role ${ROLE_SQL} set ${setting}`);
    await site.expectNextRun(setting);
  });

  test('that it may change nothing', async () => {
    await site.sql(`alter role ${ROLE_SQL} set default_transaction_read_only = on`);
    await site.expectFailure((await site.pipeline()).run([site.next]), {
      message: /^postgres:.* accepts no changes: cannot execute CREATE SCHEMA in a read-only transaction$/,
      remedy: /primary server.*\n.*alter role "shop pipeline" set default_transaction_read_only = off/,
    });
    await site.sql(`alter role ${ROLE_SQL} reset default_transaction_read_only`);
    await site.expectNextRun('a role that was read-only');
  });

  test('on temporary files', async () => {
    await site.sql(`alter role ${ROLE_SQL} set temp_file_limit = '64kB'`);
    const select = `select count(*) as n from (select n from generate_series(1, 300000) as s(n) order by md5(cast(n as varchar))) as t`;
    const model = await site.withModel('spills', select);
    const pipeline = await site.pipeline({ ...model, memoryLimit: '64MB' });
    await site.expectFailure(pipeline.run([site.next]), {
      message: /stopped a statement at a limit: temporary file size exceeds/,
      remedy: /temp_file_limit/,
    });
    await site.expectNextRun('a limit on temporary files');
  });
});

test('statementTimeoutSeconds ends a model that takes longer; the error names both', async () => {
  const settings = {
    ...(await site.withModel('sleeps', 'select 1 as n from pg_sleep(60)')),
    statementTimeoutSeconds: 1,
  };
  await site.expectFailure((await site.pipeline(settings)).run([site.next]), {
    message: /^model business\.sleeps failed: a statement took longer than statementTimeoutSeconds allows/,
    remedy: /the model is .*sleeps\.sql\n.*\nraise statementTimeoutSeconds/,
  });
  expect(await site.lastRun()).toMatchObject({ status: 'failed' });
  await site.expectNextRun('a model that took too long');
});

describe('a server', () => {
  test('whose connections are all taken', async () => {
    const others: pg.Client[] = [];
    for (let n = 0; n < 15; n++) others.push(await otherSession());
    const role = async () => new pg.Client({ connectionString: server.url('shop', ROLE) });
    for (let isFull = false; !isFull; ) {
      const client = await role();
      client.on('error', () => undefined);
      isFull = await client.connect().then(
        () => false,
        () => true,
      );
      if (!isFull) others.push(client);
    }
    const failed = await errorOf(Error, (await site.pipeline()).run([site.next]));
    for (const client of others) await client.end();
    await site.expectFailure(Promise.reject(failed), {
      message: /too many connections: (remaining connection slots are reserved|sorry, too many clients)/,
      remedy: /max_connections/,
    });
    await site.expectNextRun('too many connections');
  });

  test('that has no room for more locks', async () => {
    const hoarder = await otherSession();
    await hoarder
      .query('select count(pg_advisory_lock_shared(n)) from generate_series(1, 1000000) as s(n)')
      .catch(() => undefined);
    const failed = await errorOf(Error, (await site.pipeline()).run([site.next]));
    await hoarder.end();
    await site.expectFailure(Promise.reject(failed), {
      message: /has no room for more locks: out of shared memory/,
      remedy: /max_locks_per_transaction/,
    });
    await site.expectNextRun('no room for locks');
  });

  test.each(['LATIN1', 'SQL_ASCII'])('with a database in %s: nothing is made there', async (encoding) => {
    const database = `in_${encoding.toLowerCase()}`;
    await server.sql(`create database ${database} encoding '${encoding}' locale 'C' template template0`);
    const error = await errorOf(
      UsageError,
      (await site.pipeline({ connection: server.url(database), dataDir: join(site.folder, database) })).run([
        site.next,
      ]),
    );
    expect(error.message).toContain(`"${database}" has the encoding ${encoding}`);
    expect(error.remedy.join()).toContain("encoding 'UTF8' template template0");
    const made = await server.sql(`select nspname from pg_namespace where nspname like 'my%'`, { database });
    expect(made).toEqual([]);
  });
});

/** A disk of two megabytes that the server may write to; undefined where this user cannot mount one. */
function mountSmallDisk(): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const { uid, gid } = serverUser();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=2m,uid=${uid},gid=${gid},mode=700`, 'tmpfs', disk], {
      stdio: 'ignore',
    });
  } catch {
    rmSync(disk, { recursive: true });
    return undefined;
  }
  chmodSync(disk, 0o700);
  onTestFinished(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return disk;
}

test('a disk of the server that is full: the error says so, and all is well once there is space', async (context) => {
  const disk = mountSmallDisk();
  if (disk === undefined) return context.skip('needs the right to mount a tmpfs');
  await server.sql(`create tablespace small location '${disk}'`);
  await server.sql(
    `grant create on tablespace small to ${ROLE_SQL}; alter role ${ROLE_SQL} set default_tablespace = small`,
  );
  const file = await site.bigFile(50_000);
  await site.expectFailure((await site.pipeline()).run([file]), {
    message: /the server's disk is full at postgres:.*No space left on device/,
    remedy: /free space on the disk of the server/,
  });
  await server.sql(`alter role ${ROLE_SQL} reset default_tablespace`);
  await site.expectNextRun('a full disk');
  await server.sql('drop tablespace small');
});
