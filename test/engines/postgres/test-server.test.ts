import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, globSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { findBinaries, nativeFolder } from '../../support/postgres/binaries.ts';
import { PostgresServer } from '../../support/postgres/server.ts';
import { serverUser } from '../../support/postgres/server-user.ts';
import { dropSchemas, ensureDatabase } from '../../support/postgres/test-database.ts';
import { POSTGRES_VERSIONS } from '../../support/postgres/versions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SERVER_CHILD = fileURLToPath(new URL('../../support/postgres/server-child.ts', import.meta.url));
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));

/** An environment in which servers have their folders in a folder of their own, and what is in it. */
function foldersOfServers() {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  return {
    env: { ...process.env, TMPDIR: folder },
    find: (pattern = '') => globSync(`postgres-*${pattern}`, { cwd: folder }),
  };
}

async function gone(isThere: () => boolean): Promise<void> {
  for (let tries = 0; isThere() && tries < 1000; tries++) await delay(10);
  expect(isThere()).toBe(false);
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe.each(POSTGRES_VERSIONS)('a server of version %i', (version) => {
  test('keeps committed rows over both ways to stop, and leaves nothing behind', async () => {
    const server = await PostgresServer.create(version);
    const [answer] = await server.sql('select version()');
    expect(answer?.version).toMatch(new RegExp(`^PostgreSQL ${version}\\.`));
    await server.sql('create table kept (n integer)');
    for (const mode of ['fast', 'immediate'] as const) {
      await server.sql('insert into kept values (1)');
      await server.sql('checkpoint');
      await server.stop(mode);
      expect(await listens(server.port)).toBe(false);
      await server.start();
    }
    expect(await server.sql('select count(*)::integer as rows from kept')).toEqual([{ rows: 2 }]);
    await server[Symbol.asyncDispose]();
    expect(await listens(server.port)).toBe(false);
    expect(existsSync(server.folder)).toBe(false);
  });
});

describe('a server of the tests', () => {
  test('is reachable from this machine by its port only, and does not run as root', async () => {
    await using server = await PostgresServer.create(18, { settings: { work_mem: '5MB' } });
    const settings = await server.sql(`select name, setting from pg_settings where name in
      ('listen_addresses', 'unix_socket_directories', 'work_mem', 'fsync') order by name`);
    expect(settings.map(({ setting }) => setting)).toEqual(['off', '127.0.0.1', '', '5120']);
    expect((await stat(server.folder)).uid).not.toBe(0);
  });

  test('that cannot start says what the server said', async () => {
    await expect(PostgresServer.create(18, { settings: { shared_buffers: 'many' } })).rejects.toThrow(
      /invalid value for parameter "shared_buffers"/,
    );
  });

  test('asks for passwords where it is told to', async () => {
    await using server = await PostgresServer.create(18, {
      access: ['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'],
    });
    await server.sql(`create role visitor login password 'secret'`);
    await expect(server.sql('select 1', { role: 'visitor' })).rejects.toThrow(/password/);
  });

  test('goes with the process that started it, however that ends', async () => {
    const endBy = async (signal: NodeJS.Signals) => {
      const child = spawn(process.execPath, [SERVER_CHILD], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = await once(child.stdout, 'data');
      const { folder, port }: { folder: string; port: number } = JSON.parse(String(line));
      expect(await listens(port)).toBe(true);
      child.kill(signal);
      await once(child, 'exit');
      await gone(() => existsSync(folder));
      expect(await listens(port)).toBe(false);
    };
    await Promise.all((['SIGKILL', 'SIGINT', 'SIGTERM'] as const).map(endBy));
  });

  test('goes with a process that was killed while initdb was at work', async () => {
    const temporary = foldersOfServers();
    const child = spawn(process.execPath, [SERVER_CHILD], { stdio: 'ignore', env: temporary.env });
    while (temporary.find('/data/*').length === 0) await delay(5);
    child.kill('SIGKILL');
    await gone(() => temporary.find().length > 0);
    await delay(300);
    expect(temporary.find()).toEqual([]);
  });

  test('goes with vitest, whether that is interrupted by Ctrl-C or killed', async () => {
    const endBy = async (signal: NodeJS.Signals, isForGroup: boolean) => {
      const temporary = foldersOfServers();
      const command = [
        VITEST,
        'run',
        '--config',
        'vitest.long.config.ts',
        '--project',
        'postgres',
        fileURLToPath(import.meta.url),
        '-t',
        'runs until it is killed',
      ];
      const env = { ...temporary.env, TEST_ENDLESS: 'yes' };
      const child = spawn(process.execPath, command, { stdio: 'ignore', env, detached: true });
      const exited = once(child, 'exit');
      while (temporary.find('/endless').length === 0)
        await Promise.race([delay(20), exited.then(() => Promise.reject())]);
      process.kill(isForGroup ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
      await gone(() => temporary.find().length > 0);
      await exited;
    };
    await Promise.all([endBy('SIGINT', true), endBy('SIGKILL', false)]);
  });

  if (process.env.TEST_ENDLESS === 'yes') {
    test('runs until it is killed', async () => {
      const [found] = globSync('postgres-*', { cwd: tmpdir() });
      await writeFile(join(tmpdir(), found ?? '', 'endless'), '');
      await delay(60_000);
    });
  }
});

describe('the programs of the server', () => {
  test('run from a shared copy where the install scripts did not run and the server may not read the clone', async () => {
    const folder = temporaryFolder();
    const clone = join(folder, 'clone');
    const native = join(clone, 'native');
    await mkdir(clone, { mode: 0o700 });
    const original = await nativeFolder(18);
    await cp(original, native, { recursive: true, verbatimSymlinks: true });
    await cp(join(original, '..', 'package.json'), join(clone, 'package.json'));
    const links: readonly { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links) await rm(join(clone, target));
    await chmod(folder, 0o755);
    const found = await Promise.all([1, 2].map(() => findBinaries(18, serverUser(), { native, copies: folder })));
    expect(new Set(found.map(({ postgres }) => postgres)).size).toBe(1);
    expect(found[0]?.postgres).not.toContain(clone);
    expect(globSync('*', { cwd: folder }).sort()).toEqual([
      'clone',
      expect.stringMatching(/^pipeline-tests-postgres-18/),
    ]);
    const copied = (await stat(found[0]?.postgres ?? '')).mtimeMs;
    await findBinaries(18, serverUser(), { native, copies: folder });
    expect((await stat(found[0]?.postgres ?? '')).mtimeMs).toBe(copied);
  });
});

describe('the database of a worker', () => {
  test('loses the schemas with a prefix, and no others', async () => {
    const url = await ensureDatabase(inject('postgresUrl'), 'schemas_test');
    expect(await ensureDatabase(inject('postgresUrl'), 'schemas_test')).toBe(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    for (const name of ['t1_staging', 't1_Staging__"x"', 't2_staging', 't1xstaging']) {
      await client.query(`create schema ${client.escapeIdentifier(name)}`);
    }
    await client.query('create table t1_staging.a (n integer); create view t2_staging.b as select * from t1_staging.a');
    expect(await dropSchemas(url, 't1_')).toEqual(['t1_Staging__"x"', 't1_staging']);
    expect(await dropSchemas(url, '')).toEqual(['t1xstaging', 't2_staging']);
  });
});
