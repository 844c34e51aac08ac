import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasPassword,
  maskPassword,
  parseConnectionUrl,
  withoutPassword,
} from '../../../src/engines/postgres/connection-url.ts';
import { resolveServer } from '../../../src/engines/postgres/server.ts';
import { UsageError } from '../../../src/errors.ts';

const resolve = (connection: string | null, env: Record<string, string> = {}) =>
  resolveServer({ connection, passwordFile: null }, env);

describe('a URL is taken apart as libpq does', () => {
  test.each([
    ['postgres://', {}],
    ['postgresql://shop@db', { user: 'shop', host: 'db' }],
    ['postgres://shop@db:5433/sales', { user: 'shop', host: 'db', port: '5433', dbname: 'sales' }],
    ['postgres://shop@/sales', { user: 'shop', dbname: 'sales' }],
    ['postgres:///sales?host=/var/run/postgresql', { dbname: 'sales', host: '/var/run/postgresql' }],
    ['postgres://%2Fvar%2Frun/sales', { host: '/var/run', dbname: 'sales' }],
    ['postgres://[::1]:5433/sales', { host: '::1', port: '5433', dbname: 'sales' }],
    ['postgres://a%40b:p%3A%2Fw@db/%C3%A4 b', { user: 'a@b', password: 'p:/w', host: 'db', dbname: 'ä b' }],
    ['postgres://u:a:b?c@db', { user: 'u', password: 'a:b?c', host: 'db' }],
    ['postgres://db?user=u&password=p&sslmode=require', { host: 'db', user: 'u', password: 'p', sslmode: 'require' }],
    ['postgres://db?ssl=true', { host: 'db', sslmode: 'require' }],
    ['postgres://u:@db', { user: 'u', host: 'db' }],
  ])('%s', (url, parts) => expect(parseConnectionUrl(url)).toEqual(parts));
});

describe('a URL that cannot be used is refused', () => {
  test.each([
    ['host=db user=shop', 'does not begin with postgres://'],
    ['mysql://db', 'does not begin with postgres://'],
    ['postgres://a,b/sales', 'several hosts'],
    ['postgres://u@x@db/sales', 'more than one "@"'],
    ['postgres://db:1:2/sales', 'its host is not one'],
    ['postgres://u:pass/word@db/sales', 'its password is not percent-encoded'],
    ['postgres://%zz@db', 'its user is not percent-encoded'],
    ['postgres://db/%00', 'its database is not percent-encoded'],
    ['postgres://db?sslmod=require', 'unknown parameter "sslmod" (did you mean "sslmode"?)'],
    ['postgres://db?options=-c%20jit=on', 'unknown parameter "options"'],
  ])('%s', (url, why) => expect(() => parseConnectionUrl(url)).toThrow(why));

  test.each([
    ['postgres://db:0/sales', '"0" is not a port'],
    ['postgres://db:70000/sales', '"70000" is not a port'],
    ['postgres://db?sslmode=requird', '"requird" is not an sslmode (did you mean "require"?)'],
    ['postgres://db?channel_binding=yes', '"yes" is not a channel_binding'],
    ['postgres://db?connect_timeout=soon', '"soon" is not a connect timeout'],
  ])('%s', async (url, why) => expect(resolve(url)).rejects.toThrow(why));
});

describe('a password in a URL', () => {
  const secret = fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(...'qZ7@:/?#&%=[] \\"\'') });
  const urlWith = (password: string) =>
    fc.constantFrom(
      `postgres://u:${password}@db:5432/sales?sslmode=require`,
      `postgresql://:${password}@db`,
      `postgres:/u:${password}@db`,
      `u:${password}@db/sales`,
      `host=db password=${password}`,
      `postgres://u:${encodeURIComponent(password)}@db`,
      `postgres://db/sales?password=${password}`,
      `postgres://db/sales?password=${encodeURIComponent(password)}&sslmode=require`,
      `postgres://u:${encodeURIComponent(password)}@db/?sslmod=x`,
    );
  const urls = secret
    .filter((text) => !text.startsWith(' '))
    .chain((password) => fc.tuple(fc.constant(`S3cret${password}S3cret`).chain(urlWith)));

  test('is noticed, and never shown, however wrongly it is written', () => {
    fc.assert(
      fc.property(urls, ([url]) => {
        expect(hasPassword(url)).toBe(true);
        expect(maskPassword(url)).not.toContain('S3cret');
        try {
          parseConnectionUrl(url);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error)).not.toContain('S3cret');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('is all that is taken out', () => {
    const part = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(part, part, part, fc.constantFrom('', '?sslmode=require'), (user, password, dbname, query) => {
        const [u, p, d] = [user, password, dbname].map(encodeURIComponent);
        const stripped = `postgres://${u}@db:5433/${d}${query}`;
        expect(withoutPassword(`postgres://${u}:${p}@db:5433/${d}${query}`)).toBe(stripped);
        expect(withoutPassword(stripped)).toBe(stripped);
        expect(hasPassword(stripped)).toBe(false);
        const { password: none, ...rest } = parseConnectionUrl(`postgres://${u}:${p}@db:5433/${d}${query}`);
        expect(none).toBe(password);
        expect(parseConnectionUrl(stripped)).toEqual(rest);
      }),
    );
    expect(withoutPassword('postgres://db/s?password=p')).toBe('postgres://db/s');
    expect(withoutPassword('postgres://db/s?password=p&sslmode=require')).toBe('postgres://db/s?sslmode=require');
    expect(withoutPassword('postgres://db/s?sslmode=require&password=p')).toBe('postgres://db/s?sslmode=require');
  });

  test.each(['postgres://shop@db:5432/sales?sslrootcert=/a@b', 'postgres://db/sales?passfile=/secret/passfile'])(
    '%s has none',
    (url) => expect(hasPassword(url)).toBe(false),
  );
});

describe('where the URL says nothing', () => {
  const env = { PGHOST: 'db', PGPORT: '5433', PGUSER: 'shop', PGDATABASE: 'sales', PGCONNECT_TIMEOUT: '1' };

  test('the environment counts, as for psql', async () => {
    expect(await resolve(null, env)).toMatchObject({
      host: 'db',
      port: 5433,
      user: 'shop',
      database: 'sales',
      name: 'postgres://shop@db:5433/sales',
      connectTimeoutSeconds: 2,
    });
    expect(await resolve('postgres://me@there:1/mine?connect_timeout=0', env)).toMatchObject({
      name: 'postgres://me@there:1/mine',
      connectTimeoutSeconds: 0,
    });
  });

  test('the database is called like the role, and ten seconds are enough', async () => {
    expect(await resolve('postgres://shop@db')).toMatchObject({ database: 'shop', connectTimeoutSeconds: 10 });
  });

  test('the names of odd places can be written as URLs', async () => {
    expect((await resolve('postgres://%2Ftmp%2Fsockets/s')).name).toMatch(/@%2Ftmp%2Fsockets:5432\/s$/);
    const { name } = await resolve('postgres://a%40b@[::1]/x%2Fy');
    expect(name).toBe('postgres://a%40b@[::1]:5432/x%2Fy');
    expect(parseConnectionUrl(name)).toEqual({ user: 'a@b', host: '::1', port: '5432', dbname: 'x/y' });
  });

  test.each(['PGSERVICE', 'PGHOSTADDR', 'PGSSLCRL'])('%s is refused rather than passed over', async (name) => {
    await expect(resolve('postgres://db', { [name]: 'x' })).rejects.toThrow(`${name} is set in the environment`);
  });
});
