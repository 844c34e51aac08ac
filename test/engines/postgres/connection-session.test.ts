import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openClient } from '../../../src/engines/postgres/open-client.ts';
import { refuseUnfit } from '../../../src/engines/postgres/prepare-session.ts';
import { resolveServer, type Server } from '../../../src/engines/postgres/server.ts';
import { freePort } from '../../support/postgres/free-port.ts';
import { PostgresServer } from '../../support/postgres/server.ts';
import { POSTGRES_VERSIONS } from '../../support/postgres/versions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const OPTIONS = { applicationName: 'shop run' };
const run = promisify(execFile);

function serverAt(connection: string): Promise<Server> {
  return resolveServer({ connection, passwordFile: null }, {});
}

describe.each(POSTGRES_VERSIONS)('a session of PostgreSQL %i', (version) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.create(version, {
      settings: { timezone: 'Asia/Kathmandu', datestyle: 'SQL, DMY', statement_timeout: '7s', bytea_output: 'escape' },
    });
    await server.sql(`alter role postgres set search_path = 'pg_temp'; alter role postgres set jit = on`);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('has our formats, whatever server, role and environment say', async () => {
    const client = await openClient(await serverAt(server.url()), OPTIONS);
    onTestFinished(() => client.end());
    const setting = async (name: string): Promise<unknown> =>
      (await client.query('select pg_catalog.current_setting($1) as value', [name])).rows[0]?.value;
    const names = {
      TimeZone: 'UTC',
      DateStyle: 'ISO, YMD',
      IntervalStyle: 'postgres',
      extra_float_digits: '1',
      standard_conforming_strings: 'on',
      client_encoding: 'UTF8',
      bytea_output: 'hex',
      search_path: '""',
      client_min_messages: 'warning',
      statement_timeout: '0',
      synchronize_seqscans: 'off',
      jit: 'off',
      application_name: 'shop run',
      client_connection_check_interval: process.platform === 'linux' ? '2s' : expect.any(String),
    };
    for (const [name, value] of Object.entries(names)) expect([name, await setting(name)]).toEqual([name, value]);
  });

  test('ends a statement after the time that the setting gives it', async () => {
    const client = await openClient(await serverAt(server.url()), { ...OPTIONS, statementTimeoutSeconds: 1 });
    onTestFinished(() => client.end());
    await expect(client.query('select pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
  });

  test('is refused for a database in another encoding', async () => {
    await server.sql(`create database old_shop encoding 'LATIN1' locale 'C' template template0`);
    await expect(openClient(await serverAt(server.url('old_shop')), OPTIONS)).rejects.toMatchObject({
      name: 'UsageError',
      message: 'the database "old_shop" has the encoding LATIN1, in which not every text can be stored',
      remedy: [expect.stringContaining("encoding 'UTF8' template template0")],
    });
    expect(await server.sql(`select from pg_stat_activity where datname = 'old_shop'`)).toHaveLength(0);
  });

  test('is refused for a database without the collation of all machines', async () => {
    await server.sql('create database no_icu');
    await server.sql('alter collation pg_catalog."und-x-icu" rename to gone', { database: 'no_icu' });
    await expect(openClient(await serverAt(server.url('no_icu')), OPTIONS)).rejects.toThrow('was built without ICU');
  });
});

test('a server of an old version is refused, and both versions are named', async () => {
  const facts = { version: 13, versionText: '13.16 (Debian)', encoding: 'UTF8', hasCollation: true };
  const server = await serverAt('postgres://shop@db/sales');
  expect(() => refuseUnfit(facts, server)).toThrow(
    'postgres://shop@db:5432/sales is PostgreSQL 13.16 (Debian); the engine postgres needs version 14',
  );
  expect(() => refuseUnfit({ ...facts, version: 14 }, server)).not.toThrow();
});

test('the environment of the process leads nowhere else', async () => {
  const url = inject('postgresUrl');
  const script = `
    import { resolveServer } from ${JSON.stringify(source('server.ts'))};
    import { openClient } from ${JSON.stringify(source('open-client.ts'))};
    const server = await resolveServer({ connection: ${JSON.stringify(url)}, passwordFile: null }, {});
    const client = await openClient(server, { applicationName: 'test' });
    const { rows } = await client.query("select current_user::text, current_database()::text, current_setting('work_mem')");
    console.log(JSON.stringify(rows[0]));
    await client.end();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGUSER: 'nobody',
      PGDATABASE: 'nothing',
      PGPASSWORD: 'x',
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGOPTIONS: '-c work_mem=65kB',
      PGREPLICATION: 'database',
      PGAPPNAME: 'other',
      PGCLIENT_ENCODING: 'LATIN1',
      PGCONNECT_TIMEOUT: '1',
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    current_user: 'postgres',
    current_database: 'postgres',
    current_setting: '4MB',
  });
});

test('without the package pg, the error says what to install', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) {
      if (!name.startsWith('pg')) return next(name, context);
      throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
    } });
    const { loadPg, loadCopyStreams, loadCursor } = await import(${JSON.stringify(source('driver.ts'))});
    const messages = [loadPg, loadCopyStreams, loadCursor].map((load) => load().catch((error) => [error.name, error.message, ...error.remedy]));
    console.log(JSON.stringify(await Promise.all(messages)));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: {} });
  expect(JSON.parse(stdout)).toEqual(
    ['pg', 'pg-copy-streams', 'pg-cursor'].map((name) => [
      'UsageError',
      `PostgreSQL needs the package ${name}, which is not installed`,
      'npm install pg pg-copy-streams pg-cursor',
    ]),
  );
});

describe('a server that cannot be reached', () => {
  test('because nobody listens, its host is unknown or its socket is not there', async () => {
    const port = await freePort();
    await expect(openClient(await serverAt(`postgres://shop@localhost:${port}`), OPTIONS)).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(`^postgres://shop@localhost:${port}/shop cannot be reached: .*ECONNREFUSED`),
      ),
      remedy: [`check that a server listens on port ${port} of "localhost", and that no firewall is between`],
    });
    await expect(openClient(await serverAt('postgres://shop@host.invalid'), OPTIONS)).rejects.toMatchObject({
      remedy: ['check the name of the host "host.invalid" in the setting connection or PGHOST'],
    });
    const folder = temporaryFolder();
    await expect(openClient(await serverAt(`postgres:///s?host=${folder}`), OPTIONS)).rejects.toMatchObject({
      remedy: [expect.stringContaining(`no server listens at ${folder}/.s.PGSQL.5432`)],
    });
  });

  test('because something else listens there, or nothing answers', async () => {
    for (const answer of ['HTTP/1.1 400 Bad Request\r\n\r\n', undefined]) {
      const listener = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', () => answer !== undefined && socket.end(answer));
      });
      const port = await freePort();
      await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
      onTestFinished(() => void listener.close());
      const server = await serverAt(`postgres://shop@127.0.0.1:${port}/s?connect_timeout=2`);
      await expect(openClient(server, OPTIONS)).rejects.toMatchObject({
        name: 'RunError',
        message: expect.stringContaining(server.name),
      });
    }
  });

  test('over a Unix socket it can', async () => {
    const server = await PostgresServer.create(18);
    onTestFinished(() => server[Symbol.asyncDispose]());
    await server.stop('fast');
    server.settings.unix_socket_directories = server.folder;
    await server.start();
    const url = `postgres://postgres@${encodeURIComponent(server.folder)}:${server.port}/postgres?sslmode=verify-full&sslrootcert=system`;
    const client = await openClient(await serverAt(url), OPTIONS);
    await client.end();
  });
});

function source(name: string): string {
  return fileURLToPath(new URL(`../../../src/engines/postgres/${name}`, import.meta.url));
}
