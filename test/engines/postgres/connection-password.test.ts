import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { passfilePath, passwordFor } from '../../../src/engines/postgres/password.ts';
import { resolveServer } from '../../../src/engines/postgres/server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CONNECTION = 'postgres://shop@db:5433/sales';

function privateFile(content: string, name = 'password', mode = 0o600): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

async function passwordOf(
  env: Record<string, string>,
  { passwordFile = null, connection = CONNECTION }: { passwordFile?: string | null; connection?: string } = {},
): Promise<string | undefined> {
  return (await resolveServer({ connection, passwordFile }, env)).password();
}

describe('a line of a password file', () => {
  const login = { host: 'db', port: 5433, database: 'sales', user: 'shop' };
  test.each([
    ['db:5433:sales:shop:secret', 'secret'],
    ['*:*:*:*:secret', 'secret'],
    ['db:5433:sales:shop:a\\:b\\\\c', 'a:b\\c'],
    ['db:5433:sales:shop:a b#c\r', 'a b#c'],
    ['# db:5433:sales:shop:no\n\ndb:5433:*:shop:secret\ndb:5433:sales:shop:late', 'secret'],
    ['other:*:*:*:no\n*:5432:*:*:no\n*:*:other:*:no\n*:*:*:other:no', undefined],
    ['db:5433:sales:shop', undefined],
    ['db:5433:sales:shop:', undefined],
  ])('%j', (text, password) => expect(passwordFor(login, text)).toBe(password));

  test('names fields with colons and backslashes by escapes, and a Unix socket also as localhost', () => {
    const odd = { host: '::1', port: 1, database: 'a\\b', user: 'c:d' };
    expect(passwordFor(odd, '\\:\\:1:1:a\\\\b:c\\:d:secret')).toBe('secret');
    expect(passwordFor({ ...login, host: '/tmp' }, 'localhost:5433:sales:shop:secret')).toBe('secret');
  });
});

describe('a password is taken', () => {
  const url = 'postgres://shop:from-url@db:5433/sales';
  const passwordFile = () => privateFile('from-file\nsecond line\n');
  const home = () => {
    const path = privateFile('db:5433:sales:shop:from-home', '.pgpass');
    return join(path, '..');
  };

  test('from the URL of the environment, then the setting, then PGPASSWORD, then ~/.pgpass', async () => {
    const env = { MARKETING_PIPELINE_CONNECTION: url, PGPASSWORD: 'from-variable', HOME: home() };
    expect(await passwordOf(env, { passwordFile: passwordFile() })).toBe('from-url');
    expect(await passwordOf({ ...env, MARKETING_PIPELINE_CONNECTION: '' }, { passwordFile: passwordFile() })).toBe(
      'from-file',
    );
    expect(await passwordOf({ PGPASSWORD: 'from-variable', HOME: env.HOME })).toBe('from-variable');
    expect(await passwordOf({ HOME: env.HOME })).toBe('from-home');
    expect(await passwordOf({ PGPASSFILE: join(env.HOME, '.pgpass') })).toBe('from-home');
    expect(await passwordOf({})).toBeUndefined();
  });

  test.each(['postgres://shop@other:5433/sales', 'postgres://shop@db:5434/sales', 'postgres://boss@db:5433/sales'])(
    'from the environment for its own server and role only, not for %s',
    async (connection) => {
      expect(await passwordOf({ MARKETING_PIPELINE_CONNECTION: url }, { connection })).toBeUndefined();
    },
  );

  test('and is in nothing that prints a server', async () => {
    const server = await resolveServer({ connection: CONNECTION, passwordFile: null }, { PGPASSWORD: 'S3cret' });
    expect(inspect(server, { depth: 9, showHidden: true }) + JSON.stringify(server)).not.toContain('S3cret');
  });
});

describe('a file with a password is refused', () => {
  test.each([0o640, 0o604, 0o660])('when its mode is %o, as psql does', async (mode) => {
    const passwordFile = privateFile('S3cret', 'password', mode);
    await expect(passwordOf({}, { passwordFile })).rejects.toMatchObject({
      message: expect.stringMatching(/may be read by others/),
      remedy: [`chmod 600 ${passwordFile}`],
    });
    const passfile = privateFile('*:*:*:*:S3cret', '.pgpass', mode);
    await expect(passwordOf({ PGPASSFILE: passfile })).rejects.toThrow(`${passfile} may be read by others`);
  });

  test('when it is missing, empty or a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    const missing = join(folder, 'missing');
    await expect(passwordOf({}, { passwordFile: missing })).rejects.toThrow(`${missing} does not exist`);
    await expect(passwordOf({}, { passwordFile: join(folder, 'sub') })).rejects.toThrow('is not a file with lines');
    await expect(passwordOf({}, { passwordFile: privateFile('\nS3cret') })).rejects.toThrow('empty first line');
  });

  test('a .pgpass that is not there is no error', async () => {
    expect(await passwordOf({ HOME: temporaryFolder() })).toBeUndefined();
  });
});

test('the file of libpq is found on every system', () => {
  expect(passfilePath({ HOME: '/the/home' }, 'linux')).toBe('/the/home/.pgpass');
  expect(passfilePath({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'postgresql', 'pgpass.conf'));
  expect(passfilePath({}, 'linux')).toBeUndefined();
});
