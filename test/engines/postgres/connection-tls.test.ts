import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient } from '../../../src/engines/postgres/open-client.ts';
import { resolveServer } from '../../../src/engines/postgres/server.ts';
import { PipelineError } from '../../../src/errors.ts';
import { PostgresServer } from '../../support/postgres/server.ts';
import { switchTlsOn, type TlsFiles } from '../../support/postgres/tls-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ACCESS = [
  'hostssl all by_certificate all cert',
  'hostssl all tls_only all trust',
  'hostnossl all plain_only all trust',
  'host all locked_out all reject',
  'host all with_password all scram-sha-256',
  'host all with_md5 all md5',
  'host all postgres all trust',
];

let server: PostgresServer;
let withoutTls: PostgresServer;
let files: TlsFiles;
const folder = mkdtempSync(join(tmpdir(), 'tls-test-'));

beforeAll(async () => {
  server = await PostgresServer.create(18, { access: ACCESS });
  withoutTls = await PostgresServer.create(14);
  for (const role of ['by_certificate', 'tls_only', 'plain_only', 'locked_out']) {
    await server.sql(`create role ${role} login`);
  }
  await server.sql(`create role with_password login password 'pass word'`);
  await server.sql(`set password_encryption = 'md5'; create role with_md5 login password 'pass word'`);
  files = await switchTlsOn(server, folder);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await withoutTls[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** How a connection was made: `tls`, `plain`, or the error. */
async function outcome(
  { role = 'postgres', host = 'localhost', ...parameters }: Readonly<Record<string, string>> = {},
  env: Record<string, string> = {},
  on = server,
): Promise<string | PipelineError> {
  const query = new URLSearchParams(parameters).toString().replaceAll('+', '%20');
  const connection = `postgres://${role}@${host}:${on.port}/postgres?${query}`;
  const found = await resolveServer({ connection, passwordFile: null }, { HOME: folder, ...env });
  try {
    const client = await openClient(found, { applicationName: 'test' });
    try {
      const { rows } = await client.query('select ssl from pg_catalog.pg_stat_ssl where pid = pg_backend_pid()');
      return rows[0].ssl ? 'tls' : 'plain';
    } finally {
      await client.end();
    }
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
}

const refusal = (text: string) => expect.objectContaining({ message: expect.stringContaining(text) });

describe('sslmode without a root certificate', () => {
  const cases = [
    // sslmode, TLS server, only TLS allowed, only plain allowed, server without TLS
    ['disable', 'plain', 'does not let role "tls_only" in', 'plain', 'plain'],
    ['allow', 'plain', 'tls', 'plain', 'plain'],
    ['prefer', 'tls', 'tls', 'plain', 'plain'],
    ['require', 'tls', 'tls', 'does not let role "plain_only" in', 'offers no encrypted connections'],
  ] as const;
  test.each(cases)('%s', async (sslmode, either, onlyTls, onlyPlain, none) => {
    const expected = (text: string) => (text === 'tls' || text === 'plain' ? text : refusal(text));
    expect(await outcome({ sslmode })).toEqual(expected(either));
    expect(await outcome({ sslmode, role: 'tls_only' })).toEqual(expected(onlyTls));
    expect(await outcome({ sslmode, role: 'plain_only' })).toEqual(expected(onlyPlain));
    expect(await outcome({ sslmode }, {}, withoutTls)).toEqual(expected(none));
  });

  test('prefer is what counts where nothing is said, and the environment can say something else', async () => {
    expect(await outcome()).toBe('tls');
    expect(await outcome({}, { PGSSLMODE: 'disable' })).toBe('plain');
    expect(await outcome({ sslmode: 'require' }, { PGSSLMODE: 'disable' })).toBe('tls');
  });

  test.each(['verify-ca', 'verify-full'])('%s is refused before anything is sent', async (sslmode) => {
    await expect(outcome({ sslmode })).rejects.toThrow(`sslmode ${sslmode} needs the certificate of the authority`);
  });

  test('a role that is locked out is refused, whichever way was tried first', async () => {
    for (const sslmode of ['allow', 'prefer']) {
      expect(await outcome({ sslmode, role: 'locked_out' })).toEqual(refusal('does not let role "locked_out" in'));
    }
  });
});

describe('sslmode with a root certificate', () => {
  const cases = [
    // sslmode, right authority and name, right authority and wrong name, wrong authority
    ['prefer', 'tls', 'tls', 'plain'],
    ['require', 'tls', 'tls', 'is not from an authority in'],
    ['verify-ca', 'tls', 'tls', 'is not from an authority in'],
    ['verify-full', 'tls', 'is for another host than "127.0.0.1"', 'is not from an authority in'],
  ] as const;
  test.each(cases)('%s', async (sslmode, right, wrongName, wrongAuthority) => {
    const expected = (text: string) => (text === 'tls' || text === 'plain' ? text : refusal(text));
    const { authority, strangeAuthority } = files;
    expect(await outcome({ sslmode, sslrootcert: authority })).toEqual(expected(right));
    expect(await outcome({ sslmode, sslrootcert: authority, host: '127.0.0.1' })).toEqual(expected(wrongName));
    expect(await outcome({ sslmode, sslrootcert: strangeAuthority })).toEqual(expected(wrongAuthority));
  });

  test('prefer tells why TLS failed where plain is not allowed either', async () => {
    expect(await outcome({ role: 'tls_only', sslrootcert: files.strangeAuthority })).toEqual(
      refusal('is not from an authority in'),
    );
  });

  test('is found in ~/.postgresql, and named in the error', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.postgresql'));
    const root = join(home, '.postgresql', 'root.crt');
    copyFileSync(files.strangeAuthority, root);
    const error = await outcome({ sslmode: 'require' }, { HOME: home });
    expect(error).toEqual(refusal(`is not from an authority in ${root}`));
    expect(error).toHaveProperty('remedy', [expect.stringContaining('sslrootcert=FILE')]);
    copyFileSync(files.authority, root);
    expect(await outcome({ sslmode: 'verify-full' }, { HOME: home })).toBe('tls');
  });

  test('that does not exist or is none is refused with its path', async () => {
    const path = join(temporaryFolder(), 'none.crt');
    expect(await outcome({ sslmode: 'verify-ca', sslrootcert: path })).toEqual(refusal(`${path} does not exist`));
    writeFileSync(path, 'not a certificate');
    expect(await outcome({ sslmode: 'verify-ca', sslrootcert: path })).toEqual(refusal(`${path} is not one`));
  });
});

describe('sslrootcert=system', () => {
  test('does not know our authority, and is refused with weaker modes', async () => {
    expect(await outcome({ sslrootcert: 'system' })).toEqual(refusal('is not from an authority in'));
    await expect(outcome({ sslrootcert: 'system', sslmode: 'require' })).rejects.toThrow('too weak');
  });

  test('trusts what the system trusts', async () => {
    const script = `
      import { resolveServer } from ${JSON.stringify(source('server.ts'))};
      import { openClient } from ${JSON.stringify(source('open-client.ts'))};
      const connection = 'postgres://tls_only@localhost:${server.port}/postgres?sslrootcert=system';
      const client = await openClient(await resolveServer({ connection, passwordFile: null }, {}), { applicationName: 'test' });
      await client.end();
      console.log('verified');`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { SSL_CERT_FILE: files.authority },
    });
    expect(stdout).toBe('verified\n');
  });
});

describe('a certificate of our own', () => {
  const own = () => ({ role: 'by_certificate', sslcert: files.clientCertificate, sslkey: files.clientKey });

  test('lets its role in', async () => {
    expect(await outcome({ ...own(), sslmode: 'require' })).toBe('tls');
    const env = { PGSSLCERT: files.clientCertificate, PGSSLKEY: files.clientKey };
    expect(await outcome({ role: 'by_certificate' }, env)).toBe('tls');
  });

  test('is asked for where it is missing', async () => {
    const error = await outcome({ role: 'by_certificate', sslmode: 'require' });
    expect(error).toEqual(refusal('does not let role "by_certificate" in'));
    expect(error).toHaveProperty('remedy', expect.arrayContaining([expect.stringContaining('sslcert')]));
  });

  test('without its key, or with a key that others may read or that is another one, is refused', async () => {
    await expect(outcome({ role: 'by_certificate', sslcert: files.clientCertificate })).rejects.toThrow('not its key');
    const key = join(temporaryFolder(), 'copy.key');
    copyFileSync(files.clientKey, key);
    chmodSync(key, 0o644);
    expect(await outcome({ ...own(), sslkey: key })).toEqual(refusal(`the key ${key} may be read by others`));
    writeFileSync(
      key,
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n',
    );
    chmodSync(key, 0o600);
    expect(await outcome({ ...own(), sslkey: key, sslmode: 'require' })).toEqual(
      refusal('does not belong to the certificate'),
    );
    writeFileSync(key, 'not a key');
    expect(await outcome({ ...own(), sslkey: key, sslmode: 'require' })).toEqual(refusal('cannot be read'));
  });
});

describe('channel_binding', () => {
  const env = { PGPASSWORD: 'pass word' };

  test('require binds the password to the certificate', async () => {
    const wanted = { role: 'with_password', channel_binding: 'require' };
    expect(await outcome(wanted, env)).toBe('tls');
    expect(await outcome({ ...wanted, sslmode: 'disable' }, env)).toEqual(refusal('cannot bind'));
  });

  test('require refuses a server that does not ask for a password, and one that would get it unbound', async () => {
    expect(await outcome({ channel_binding: 'require' })).toEqual(refusal('cannot bind'));
    expect(await outcome({ role: 'with_md5', channel_binding: 'require' }, env)).toEqual(refusal('cannot bind'));
    // Had it been sent, the server would have called it wrong.
    const wrong = { PGPASSWORD: 'wrong' };
    expect(await outcome({ role: 'with_md5', channel_binding: 'require' }, wrong)).toEqual(refusal('cannot bind'));
  });

  test.each(['disable', 'prefer'])('%s lets a password through either way', async (binding) => {
    const wanted = { role: 'with_password', channel_binding: binding };
    expect(await outcome(wanted, env)).toBe('tls');
    expect(await outcome({ ...wanted, sslmode: 'disable' }, env)).toBe('plain');
  });
});

function source(name: string): string {
  return fileURLToPath(new URL(`../../../src/engines/postgres/${name}`, import.meta.url));
}
