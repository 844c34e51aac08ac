import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, sendBytes, serveForTest, servePipeline } from '../support/serve-shop.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop();
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

/** One address of each kind. */
const PATHS = [
  '/',
  '/plain',
  '/plain/style.css',
  '/static/app.js',
  '/api/health',
  '/api/snapshot',
  '/api/events',
  '/api/openapi.json',
  '/api/customers',
  '/api/customers.csv',
  '/api/tables/business/x.csv',
  '/nowhere',
];

const withToken = (headers: Record<string, string> = {}) => ({ Authorization: `Bearer ${server.token}`, ...headers });

describe('who may ask', () => {
  test('[S01] the server listens on this machine alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: address, port: server.port, timeout: 2_000 });
        socket.on('connect', () => resolve('connected'));
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
        socket.on('timeout', () => resolve('timeout'));
      });
      expect(outcome).not.toBe('connected');
    }
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });

  test.each(['evil.example', '127.0.0.1.nip.io', 'localhost.evil', 'localhost.', 'evil.localhost', '0.0.0.0', '127.1'])(
    '[S02] a page that makes the name %s lead here gets nothing, whatever it asks for',
    async (name) => {
      for (const path of PATHS) {
        const answer = await server.get(path, { Host: `${name}:${server.port}` });
        expect({ path, status: answer.status }).toEqual({ path, status: 403 });
        expect(answer.text).not.toContain(server.token);
      }
    },
  );

  test('[S03] two Host headers, none, an odd one, and an address with a host of its own are refused', async () => {
    const token = `Authorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`;
    const cases = [
      `GET /api/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n${token}`,
      `GET /api/health HTTP/1.1\r\n${token}`,
      `GET /api/health HTTP/1.1\r\nHost: \r\n${token}`,
      `GET /api/health HTTP/1.1\r\nHost: local host\r\n${token}`,
      `GET /api/health HTTP/1.1\r\nHost: localhost@evil.example\r\n${token}`,
      `GET http://evil.example/api/health HTTP/1.1\r\nHost: localhost\r\n${token}`,
      `GET http://localhost/api/health HTTP/1.1\r\nHost: localhost\r\n${token}`,
    ];
    for (const bytes of cases) expect(await sendBytes(server.port, bytes), bytes).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('[S04] the names of this machine are allowed, with any port and in capitals', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', `LOCALHOST:${server.port}`, 'localhost:9000']) {
      expect((await server.get('/api/health', { Host: host })).status, host).toBe(200);
    }
  });

  test('[S05] an address that other machines reach needs names to allow; then only these and the token lead in', async () => {
    const error = await errorOf(UsageError, shop.pipeline.serve({ host: '0.0.0.0', port: 0 }));
    expect(error.message).toBe('other machines could reach 0.0.0.0');
    expect(error.remedy.join()).toContain('--allow-host NAME');
    const wrong = await errorOf(UsageError, shop.pipeline.serve({ allowHosts: ['reports.example.com:80'], port: 0 }));
    expect(wrong.message).toBe('"reports.example.com:80" is not the name of a host');
    const open = await serveForTest(shop.pipeline, { host: '0.0.0.0', allowHosts: ['Reports.example.com'] });
    const ask = (headers: Record<string, string>) => open.send('/api/health', { headers });
    const token = { Authorization: `Bearer ${open.token}` };
    expect((await ask({ ...token, Host: 'reports.example.com' })).status).toBe(200);
    expect((await ask({ Host: 'reports.example.com' })).status).toBe(401);
    expect((await ask({ ...token, Host: 'example.com' })).status).toBe(403);
  });

  test('[S06] without the token, with a wrong or an old one, every address answers 401', async () => {
    const old = await servePipeline(shop.pipeline);
    await old.close();
    expect(Buffer.from(server.token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(old.token).not.toBe(server.token);
    const attempts: Record<string, string>[] = [
      {},
      { Authorization: 'Bearer ' },
      { Authorization: `Bearer ${old.token}` },
      { Authorization: `Basic ${server.token}` },
      { Authorization: `Bearer ${server.token}x` },
      { Cookie: `marketing-pipeline-${server.port}=${old.token}` },
      { Cookie: `other=${server.token}` },
    ];
    for (const path of PATHS) {
      for (const headers of attempts) {
        const answer = await server.send(path, { headers });
        expect({ path, headers, status: answer.status }).toEqual({ path, headers, status: 401 });
        expect(problemOf(answer)).toMatchObject({ code: 'no-session', remedy: expect.any(Array) });
        expect(answer.text).not.toContain(server.token);
      }
      const inQuery = await server.send(`${path}?token=${old.token}`, { headers: withToken() });
      expect({ path, status: inQuery.status }).toEqual({ path, status: 401 });
    }
  });

  test('[S06] the token in the address becomes a cookie that scripts and other sites cannot use, and leaves the address', async () => {
    const answer = await server.send(`/plain?a=1&token=${server.token}&b=%2F`, {});
    expect(answer).toMatchObject({ status: 303, headers: { location: '/plain?a=1&b=%2F' } });
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toBe(`marketing-pipeline-${server.port}=${server.token}; HttpOnly; SameSite=Strict; Path=/`);
    const Cookie = `theme=dark; ${cookie.split(';', 1)[0]}`;
    expect((await server.send('/api/health', { headers: { Cookie } })).status).toBe(200);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${server.token}`);
  });

  test('[S07] other sites may ask for nothing, and nobody can write', async () => {
    const foreign: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://127.0.0.1:${server.port + 1}` },
    ];
    for (const path of PATHS) {
      for (const headers of foreign) {
        for (const method of ['GET', 'POST']) {
          const answer = await server.send(path, { method, headers: withToken(headers) });
          expect({ path, headers, method, status: answer.status }).toEqual({ path, headers, method, status: 403 });
        }
      }
    }
    const own = withToken({ 'Sec-Fetch-Site': 'same-origin', Origin: `http://127.0.0.1:${server.port}` });
    expect((await server.send('/api/health', { headers: own })).status).toBe(200);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const answer = await server.send('/api/health', { method, headers: withToken() });
      expect(answer, method).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const head = await server.send('/api/health', { method: 'HEAD', headers: withToken() });
    expect(head).toMatchObject({ status: 200, text: '' });
  });

  test('[S08] no answer allows other origins, asked for or not', async () => {
    const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' };
    for (const path of PATHS.filter((path) => path !== '/api/events')) {
      for (const [method, headers] of [
        ['OPTIONS', preflight],
        ['GET', {}],
      ] as const) {
        const answer = await server.send(path, { method, headers: withToken(headers) });
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });

  test('[S09] every answer has the headers that keep a browser from doing what a page should not', async () => {
    const ways = [
      (path: string) => server.get(path),
      (path: string) => server.send(path, {}),
      (path: string) => server.send(path, { method: 'POST' }),
      (path: string) => server.send(`${path}?token=${server.token}`, {}),
    ];
    for (const path of PATHS.filter((path) => path !== '/api/events')) {
      for (const way of ways) {
        const { headers } = await way(path);
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'no-store',
        });
        const policy = headers['content-security-policy'] ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
        expect(headers).not.toHaveProperty('x-powered-by');
      }
    }
  });

  test('[S13] no redirect leads to another site', async () => {
    for (const path of ['//evil.example', '/\\evil.example', '//evil.example/%2e%2e', '///evil.example']) {
      const answer = await server.send(`${path}?token=${server.token}`, {});
      expect(answer.status, path).toBe(404);
      expect(answer.headers).not.toHaveProperty('location');
    }
  });

  test('[S15] a WebSocket is not opened, whoever asks', async () => {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n\r\n';
    const text = await sendBytes(server.port, `GET /api/events HTTP/1.1\r\nHost: evil.example\r\n${upgrade}`);
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
    const open = await sendBytes(server.port, `GET /api/health HTTP/1.1\r\nHost: localhost\r\n${upgrade}`);
    expect(open).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('[S11] what one client may take', () => {
  test('a request with a body, huge headers or too many of them is cut off, and the server goes on', async () => {
    const body = await server
      .send('/api/health', {
        method: 'GET',
        headers: withToken({ 'Content-Length': '1000000' }),
        body: 'x'.repeat(1_000_000),
      })
      .catch((error: Error) => error);
    expect(body instanceof Error || body.status === 413).toBe(true);
    const head = `GET /api/health HTTP/1.1\r\nHost: localhost\r\n`;
    expect(await sendBytes(server.port, `${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await sendBytes(server.port, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    );
    expect(
      await sendBytes(
        server.port,
        'GET /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await sendBytes(server.port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await server.get('/api/health')).status).toBe(200);
  });

  test('a thousand connections that say nothing do not keep the server from ending, nor grow without bound', async () => {
    const other = await servePipeline(shop.pipeline);
    const sockets = Array.from({ length: 1_000 }, () => connect(other.port, '127.0.0.1').on('error', () => undefined));
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const socket of sockets.slice(0, 900)) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(() =>
        other.get('/api/health').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    await other.close();
  });

  test('requests that come in one piece are answered one after another', async () => {
    const one = `GET /api/health HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.token}\r\n`;
    const text = await sendBytes(
      server.port,
      [...Array(20).fill(`${one}\r\n`), `${one}Connection: close\r\n\r\n`].join(''),
    );
    expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(21);
  });
});
