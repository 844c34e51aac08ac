import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { explainPostgres } from '../../../src/engines/postgres/explain-error.ts';
import { openClient } from '../../../src/engines/postgres/open-client.ts';
import { resolveServer } from '../../../src/engines/postgres/server.ts';
import { QueryError } from '../../../src/engines/query-error.ts';
import { PipelineError, RunError, UsageError } from '../../../src/errors.ts';
import { PostgresServer } from '../../support/postgres/server.ts';

const ACCESS = ['host all nobody_here all reject', 'host all guarded all scram-sha-256', 'host all all all trust'];

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.create(18, { access: ACCESS });
  await server.sql(`create role guarded login password 'right'`);
  await server.sql('create role reader login; create role crowd login connection limit 0');
  await server.sql('create database closed');
  await server.sql('revoke connect on database closed from public');
  await server.sql(
    'create schema vault; create table vault.gold (n int); create schema "open Door"; create table "open Door"."My Table" (n int)',
  );
  await server.sql('grant usage on schema "open Door" to reader');
});
afterAll(() => server[Symbol.asyncDispose]());

interface Who {
  readonly role?: string;
  readonly database?: string;
  readonly env?: Record<string, string>;
  readonly statementTimeoutSeconds?: number;
}

async function withSession<T>(
  { role = 'postgres', database = 'postgres', env = {}, statementTimeoutSeconds }: Who,
  use: (client: Client, explain: (error: unknown, sql?: string) => unknown) => Promise<T>,
): Promise<T> {
  const found = await resolveServer({ connection: server.url(database, role), passwordFile: null }, env);
  const client = await openClient(found, {
    applicationName: 'test',
    statementTimeoutSeconds: statementTimeoutSeconds ?? null,
  });
  try {
    return await use(client, (error, sql) => explainPostgres(error, found, sql));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What users are told when the statement fails. */
async function told(sql: string, who: Who = {}): Promise<PipelineError> {
  const error = await withSession(who, async (client, explain) => {
    return client.query(sql).then(
      () => undefined,
      (failure: unknown) => explain(failure, sql),
    );
  });
  if (error instanceof PipelineError) return error;
  throw new Error('expected an error for users', { cause: error });
}

async function refused(who: Who): Promise<unknown> {
  return withSession(who, async () => 'connected').catch((error: unknown) => error);
}

const raised = (code: string, message = 'it went wrong') =>
  `do $$ begin raise exception '${message}' using errcode = '${code}'; end $$`;

describe('coming in', () => {
  test('with a wrong password names role and places, never the password', async () => {
    const error = await refused({ role: 'guarded', env: { PGPASSWORD: 'S3cret' } });
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      message: `${server.url('postgres', 'guarded')} does not accept the password of role "guarded": password authentication failed for user "guarded"`,
      remedy: [expect.stringContaining('PGPASSWORD'), expect.stringContaining('passwordFile')],
    });
    expect(JSON.stringify(error)).not.toContain('S3cret');
    expect(await refused({ role: 'guarded', env: { PGPASSWORD: 'right' } })).toBe('connected');
  });

  test('without a password says that one is asked for', async () => {
    expect(await refused({ role: 'guarded' })).toMatchObject({
      message: expect.stringContaining('asks for the password of role "guarded", and none is given'),
      remedy: [expect.stringContaining('PGPASSWORD'), expect.stringContaining('passwordFile')],
    });
  });

  test.each(['nobody_here', 'never_made'])('as %s names the role', async (role) => {
    const error = await refused({ role });
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: expect.stringContaining(`does not let role "${role}" in`) });
  });

  test('to a database that does not exist says how to make it', async () => {
    expect(await refused({ database: 'sales' })).toMatchObject({
      name: 'UsageError',
      message: `database "sales" does not exist on ${server.url('sales')}`,
      remedy: ['createdb --encoding=UTF8 --template=template0 sales'],
    });
    expect(await refused({ database: 'a "b"; c' })).toMatchObject({
      remedy: [`create database "a ""b""; c" encoding 'UTF8' template template0`],
    });
  });

  test('to a database that is closed to the role gives the grant, which helps', async () => {
    const error = await refused({ database: 'closed', role: 'reader' });
    expect(error).toMatchObject({
      message: 'role "reader" may not connect to database "closed"',
      remedy: expect.arrayContaining(['GRANT CONNECT ON DATABASE "closed" TO "reader";']),
    });
    await server.sql('GRANT CONNECT ON DATABASE "closed" TO "reader";');
    expect(await refused({ database: 'closed', role: 'reader' })).toBe('connected');
  });

  test('when there is no room names the limit', async () => {
    expect(await refused({ role: 'crowd' })).toMatchObject({
      name: 'RunError',
      message: expect.stringContaining('too many connections for role "crowd"'),
      remedy: expect.arrayContaining([expect.stringContaining('max_connections')]),
    });
  });
});

describe('a role without the right gets the statement that gives it, and it helps', () => {
  const reader = { role: 'reader' };
  const cases: readonly (readonly [sql: string, message: string, grant: string])[] = [
    [
      'create schema shop',
      'role "reader" may not create schemas in database "postgres"',
      'GRANT CREATE ON DATABASE "postgres" TO "reader";',
    ],
    [
      'create table vault.mine (n int)',
      'role "reader" may not use schema vault: permission denied for schema vault',
      'GRANT USAGE, CREATE ON SCHEMA "vault" TO "reader";',
    ],
    [
      'select * from "open Door"."My Table"',
      'role "reader" may not read or change table My Table: permission denied for table My Table',
      'GRANT SELECT ON "open Door"."My Table" TO "reader";',
    ],
    [
      'drop schema vault cascade',
      'role "reader" may not change schema vault, which belongs to another role',
      'ALTER SCHEMA "vault" OWNER TO "reader"; or connect as its owner',
    ],
    [
      'alter system set jit = on',
      'role "reader" may not do what it was asked to: permission denied to set parameter "jit"',
      'grant the missing right to role "reader"',
    ],
  ];
  test.each(cases)('%s', async (sql, message, grant) => {
    const error = await told(sql, reader);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      message,
      remedy: [grant, `as the owner or a superuser of ${server.url('postgres', 'reader')}`],
    });
    if (!grant.startsWith('GRANT')) return;
    await server.sql(`set search_path to "open Door"; ${grant}`);
    expect(await withSession(reader, async (client) => (await client.query(sql)).command)).toMatch(/CREATE|SELECT/);
  });
});

describe('a statement', () => {
  test('that takes too long names the setting', async () => {
    expect(await told('select pg_sleep(30)', { statementTimeoutSeconds: 1 })).toMatchObject({
      message: expect.stringContaining('took longer than statementTimeoutSeconds allows'),
      remedy: [expect.stringContaining('statementTimeoutSeconds')],
    });
  });

  test('that somebody else cancels says so', async () => {
    const error = await withSession({}, async (client, explain) => {
      const { rows } = await client.query('select pg_backend_pid() as pid');
      const ended = client.query('select pg_sleep(30)').catch((failure: unknown) => explain(failure));
      // Before the server has begun with the statement there is nothing to cancel.
      const isActive = `select from pg_stat_activity where pid = $1 and query like '%pg_sleep%' and state = 'active'`;
      await vi.waitFor(async () => expect(await server.sql(isActive, { params: [rows[0].pid] })).toHaveLength(1));
      await server.sql('select pg_cancel_backend($1)', { params: [rows[0].pid] });
      return ended;
    });
    expect(error).toMatchObject({
      message: expect.stringContaining('a statement was cancelled'),
      remedy: ['somebody cancelled it on the server: run again'],
    });
  });

  test('that waits too long for a lock says who to look for', async () => {
    const error = await withSession({}, async (holder) => {
      await holder.query('begin; lock table vault.gold');
      return told(`set lock_timeout = '10ms'; select * from vault.gold`);
    });
    expect(error).toMatchObject({
      remedy: [expect.stringContaining('publishWaitSeconds'), expect.stringContaining('pg_stat_activity')],
    });
  });

  test('that fills the disk says whose disk', async () => {
    expect(await told(`copy (select repeat('x', 1000) from generate_series(1, 10000)) to '/dev/full'`)).toMatchObject({
      name: 'RunError',
      message: expect.stringMatching(
        new RegExp(`^the server's disk is full at ${server.url()}: .*No space left on device`),
      ),
      remedy: [expect.stringContaining('free space on the disk of the server'), expect.any(String)],
    });
    expect(await told(raised('XX000', 'could not extend file "x": Disk quota exceeded'))).toMatchObject({
      message: expect.stringContaining("the server's disk is full"),
    });
    expect(await told(raised('58030', 'could not read file: Input/output error'))).toMatchObject({
      message: expect.stringContaining("the server's disk fails"),
    });
  });

  test('that needs more temporary space than allowed names the limit', async () => {
    const sql = `set temp_file_limit = '64kB'; set work_mem = '64kB'; select n from generate_series(1, 300000) n order by -n limit 1 offset 299999`;
    expect(await told(sql)).toMatchObject({
      message: expect.stringContaining('stopped a statement at a limit'),
      remedy: [expect.stringContaining('temp_file_limit')],
    });
  });

  test('in a session that may only read says how to write', async () => {
    expect(await told('set transaction_read_only = on; create table vault.silver (n int)')).toMatchObject({
      remedy: [
        'connect to the primary server instead of a standby',
        expect.stringContaining('default_transaction_read_only'),
      ],
    });
  });

  test.each([
    ['53200', 'out of memory', /ran out of memory/, /maxConcurrentModels/],
    ['53200', 'out of shared memory', /no room for more locks/, /max_locks_per_transaction/],
    ['40P01', 'deadlock detected', /gave way/, /run again/],
    ['40001', 'could not serialize', /gave way/, /run again/],
    ['XX001', 'invalid page in block 7', /damaged data/, /backup/],
  ])('that ends with %s %s', async (code, message, text, remedy) => {
    const error = await told(raised(code, message));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(text);
    expect(error.remedy.join()).toMatch(remedy);
  });

  test('that is wrong is a query error with its SQL, the place, the detail and the hint', async () => {
    const sql = "select 'é🙂' as x,\n  2 as y,\n  datnam from pg_database";
    const error = await told(sql);
    expect(error).toBeInstanceOf(QueryError);
    expect(error).toHaveProperty('sql', sql);
    expect(error.message.split('\n')).toEqual([
      'column "datnam" does not exist',
      'LINE 3:   datnam from pg_database',
      '          ^',
      'HINT: Perhaps you meant to reference the column "pg_database.datname".',
    ]);
    const duplicate = await told('create temp table t (n int primary key); insert into t values (1), (1)');
    expect(duplicate.message).toContain('DETAIL: Key (n)=(1) already exists.');
    expect(await told('select 1 for update of nothing')).toBeInstanceOf(QueryError);
  });
});

describe('a connection that is lost', () => {
  const lost = (cause: string) => ({
    name: 'RunError',
    message: expect.stringMatching(new RegExp(`^the connection to ${server.url()} was lost: ${cause}$`)),
    remedy: [expect.stringContaining('run again')],
  });

  test('because an administrator ended it, in the middle of a statement and between two', async () => {
    await withSession({}, async (client, explain) => {
      const { rows } = await client.query('select pg_backend_pid() as pid');
      const ended = client.query('select pg_sleep(30)').catch((failure: unknown) => explain(failure));
      await server.sql('select pg_terminate_backend($1)', { params: [rows[0].pid] });
      expect(await ended).toMatchObject(lost('terminating connection due to administrator command'));
      const after: unknown = await client.query('select 1').catch((failure: unknown) => explain(failure));
      expect(after).toMatchObject(lost('.+'));
    });
  });

  test('because the server crashed, and then is not there', async () => {
    await withSession({}, async (client, explain) => {
      const ended = client.query('select pg_sleep(30)').catch((failure: unknown) => explain(failure));
      await server.stop('immediate');
      expect(await ended).toMatchObject(lost('.+'));
    });
    expect(await refused({})).toMatchObject({ message: expect.stringContaining('cannot be reached') });
    await server.start();
    expect(await refused({})).toBe('connected');
  });
});

test('what is no error of a server or a connection stays as it is', async () => {
  const found = await resolveServer({ connection: server.url(), passwordFile: null }, {});
  for (const error of [new TypeError('a defect'), new UsageError('known'), 'text', undefined]) {
    expect(explainPostgres(error, found)).toBe(error);
  }
});
