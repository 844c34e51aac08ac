import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { type CliFolder, openCliShop, type StartedCli } from '../support/run-cli.ts';

/** Starts `serve` and gives back the address that it prints. */
async function startServing(shop: CliFolder, ...args: readonly string[]): Promise<StartedCli & { readonly url: URL }> {
  const started = shop.start('serve', ...args);
  let text = '';
  const printed = new Promise<string>((resolve, reject) => {
    started.child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    void started.result.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { ...started, url: new URL(await printed) };
}

test('serve prints an address that leads to the published data; Ctrl-C ends it with exit code 0', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', csvOf([row('2024-01-01', 'a', 'a1', '1.00')]));
  const run = await shop.run('run', 'orders.csv');
  expect(run.stdout).toContain('\n  npx marketing-pipeline serve\n');
  const serving = await startServing(shop, '--port', '0');
  const token = serving.url.searchParams.get('token') ?? '';
  const headers = { Authorization: `Bearer ${token}` };
  const months = await fetch(new URL('/api/revenue/months', serving.url), { headers });
  expect(await months.json()).toMatchObject({
    asOf: '2024-01-01',
    rows: [{ period_month: '2024-01', total_sales: 1 }],
  });
  const page = await fetch(serving.url, { redirect: 'manual' });
  expect(page.status).toBe(303);
  serving.child.kill('SIGINT');
  const { code, stdout, stderr } = await serving.result;
  expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 });
  expect(stderr).toContain('Ctrl-C');
  expect(stderr).not.toContain(token);
});

test('serve works before the first run; SIGTERM ends it too', async () => {
  await using shop = await openCliShop();
  const serving = await startServing(shop, '--port', '0');
  const headers = { Authorization: `Bearer ${serving.url.searchParams.get('token')}` };
  expect((await fetch(new URL('/api/snapshot', serving.url), { headers })).status).toBe(503);
  serving.child.kill('SIGTERM');
  expect((await serving.result).code).toBe(0);
});

test('a port that is taken is an error that says so, and wrong flags are explained', async () => {
  await using shop = await openCliShop();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    expect(await shop.run('serve', '--port', String(port))).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^error: the server cannot listen on 127\\.0\\.0\\.1, port ${port}: it is taken\n {2}- choose`),
      ),
    });
  } finally {
    other.close();
  }
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--port', 'x'], /^error: "x" is not a port\n/],
    [['--port', '70000'], /^error: "70000" is not a port\n/],
    [['--host', '0.0.0.0'], /^error: other machines could reach 0\.0\.0\.0\n {2}- say under which name/],
    [['--allow-host', 'a/b'], /^error: "a\/b" is not the name of a host\n/],
  ];
  for (const [args, message] of cases) {
    expect(await shop.run('serve', ...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  }
});

test('the usual port is taken: the next free one is used and said', async () => {
  await using shop = await openCliShop();
  const first = await startServing(shop);
  const second = await startServing(shop);
  expect(Number(second.url.port)).toBeGreaterThan(Number(first.url.port));
  second.child.kill('SIGINT');
  first.child.kill('SIGINT');
  expect((await second.result).stderr).toContain(`note: port 8787 is taken, ${second.url.port} is used\n`);
  expect((await first.result).code).toBe(0);
});
