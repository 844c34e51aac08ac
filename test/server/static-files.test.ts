import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openShop } from '../support/run-shop.ts';
import { sendBytes, serveForTest } from '../support/serve-shop.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A built web app beside a file that is nobody's business. */
function builtApp(): string {
  const folder = temporaryFolder();
  const root = join(folder, 'dashboard');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html><style nonce="__STYLE_NONCE__"></style><title>app</title>');
  writeFileSync(join(root, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(root, '.hidden.txt'), 'secret');
  writeFileSync(join(root, 'con.txt'), 'secret');
  writeFileSync(join(root, 'assets', 'page.html'), '<script>secret</script>');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(folder, join(root, 'up'));
  return root;
}

test('[S12] files of the web app are served, and nothing outside its folder, whatever the address', async () => {
  await using shop = await openShop();
  const server = await serveForTest(shop.pipeline, {}, { dashboardDir: builtApp() });
  expect(server.hasDashboard).toBe(true);
  const script = await server.get('/assets/app-1a2b.js');
  expect(script).toMatchObject({
    status: 200,
    text: 'export {};',
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
  expect((await server.get('/')).headers['cache-control']).toBe('no-store');
  const head = `Host: localhost\r\nAuthorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`;
  const paths = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/....//secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '/%00',
    '/app.js%00.txt',
    '/link.txt',
    '/up/secret.txt',
    '/.hidden.txt',
    '/con.txt',
    '/CON',
    '/C:/secret.txt',
    '/C%3A%5Csecret.txt',
    '/secret.txt',
    '/assets/page.html',
    '/assets/',
    '/%c0%ae%c0%ae/secret.txt',
    '/%E0%A4%A',
  ];
  for (const path of paths) {
    const text = await sendBytes(server.port, `GET ${path} HTTP/1.1\r\n${head}`);
    expect(text, path).not.toContain('secret');
    if (!['/CON', '/assets/'].includes(path)) expect(text, path).toMatch(/^HTTP\/1\.1 404 /);
  }
});

test('the start page of the web app answers every address of its own, with a nonce for its styles that is new each time', async () => {
  await using shop = await openShop();
  const server = await serveForTest(shop.pipeline, {}, { dashboardDir: builtApp() });
  const nonces = new Set<string>();
  for (const path of ['/', '/customers', '/customers/detail', '/index.html']) {
    const { status, text, headers } = await server.get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    const nonce = /nonce="([\w-]+)"/.exec(text)?.[1] ?? '';
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}';`);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(4);
  expect((await server.get('/missing.js')).status).toBe(404);
  expect((await server.get('/api/missing')).status).toBe(404);
  expect((await server.get('/plain')).text).toContain('No data yet');
});
