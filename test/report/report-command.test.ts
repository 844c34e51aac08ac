import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';

let shop: CliFolder;

beforeAll(async () => {
  shop = await openCliShop();
  await shop.write('orders.csv', csvOf([row('2024-01-01', 'a', 'a1', '10.00'), row('2024-02-01', 'b', 'b1', '5.50')]));
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
});

afterAll(() => shop[Symbol.asyncDispose]());

const read = (name: string) => readFile(join(shop.path, name), 'utf8');

test('without options the report is text as before; --json is that of run', async () => {
  const text = await shop.run('report');
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toMatch(/^Published data of .*, as of 2024-02-01, snapshot /);
  expect(await shop.run('report', '--format', 'text')).toEqual(text);
  expect(onlyObject(await shop.run('report', '--json'))).toMatchObject({ status: 'success', asOf: '2024-02-01' });
});

test.each(['html', 'md', 'json'])(
  '--format %s writes one file that is named by the as-of date, for its owner only',
  async (format) => {
    const { code, stdout, stderr } = await shop.run('report', '--format', format);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const name = `report-2024-02-01.${format}`;
    expect(stdout).toMatch(new RegExp(`^Wrote .*/${name}: [\\d.]+ (kB|MB), as of 2024-02-01, snapshot \\S+\\n$`));
    expect((await stat(join(shop.path, name))).mode & 0o777).toBe(0o600);
    const printed = await shop.run('report', '--format', format, '--output', '-');
    expect(printed).toEqual({ code: 0, stdout: await read(name), stderr: '' });
    expect((await readdir(shop.path)).filter((file) => file.startsWith('.unfinished'))).toEqual([]);
  },
);

test('--json says what was written', async () => {
  const said = onlyObject(await shop.run('report', '--format', 'json', '--output', 'figures.json', '--json'));
  const { size } = await stat(join(shop.path, 'figures.json'));
  expect(said).toEqual({
    format: 'json',
    asOf: '2024-02-01',
    snapshotId: expect.any(String),
    path: join(shop.path, 'figures.json'),
    bytes: size,
  });
});

test('an earlier report is replaced; what is none stays as it is: the orders, a folder', async () => {
  expect(await shop.run('report', '--format', 'md', '--output', 'again.md')).toMatchObject({ code: 0 });
  const first = await read('again.md');
  expect(await shop.run('report', '--format', 'json', '--output', 'again.md')).toMatchObject({ code: 0 });
  expect(await read('again.md')).not.toBe(first);
  const orders = await read('orders.csv');
  const refused = await shop.run('report', '--format', 'md', '--output', 'orders.csv');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^error: .*orders\.csv is there and is not a report\n {2}- name another file/);
  expect(await read('orders.csv')).toBe(orders);
  await mkdir(join(shop.path, 'folder'));
  const folder = await shop.run('report', '--format', 'md', '--output', 'folder');
  expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a file that can be replaced') });
  const nowhere = await shop.run('report', '--format', 'md', '--output', 'no/where.md');
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no folder') });
});

test('a link is replaced, and not what it leads to', async () => {
  await writeFile(join(shop.path, 'precious.md'), '<!-- marketing-pipeline report, version 1 -->');
  await symlink('precious.md', join(shop.path, 'link.md'));
  expect(await shop.run('report', '--format', 'md', '--output', 'link.md')).toMatchObject({ code: 0 });
  expect(await read('precious.md')).toBe('<!-- marketing-pipeline report, version 1 -->');
});

test('wrong options are explained: exit code 2', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['--format', 'htm'],
      /^error: "htm" is not a format of reports \(did you mean "html"\?\)\n {2}- one of text, html,/,
    ],
    [['--output', 'x.txt'], /^error: --output does not belong to --format text\n/],
    [['--customers'], /^error: --customers does not belong to --format text\n/],
    [['--format', 'html', '--customers', 'all'], /^error: "all" is not a way to list customers\n/],
    [['--format', 'html', '--browser', 'x'], /^error: --browser belongs to --format pdf\n/],
    [['--format', 'pdf', '--browser', 'no-browser'], /^error: .*no-browser is not a program .*\n {2}- --browser names/],
  ];
  for (const [args, message] of cases) {
    const result = await shop.run('report', ...args);
    expect({ args, ...result }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(message) });
  }
});

test('before the first run, and without a browser, it says what to do', async () => {
  await using fresh = await openCliShop();
  const empty = await fresh.run('report', '--format', 'html');
  expect(empty).toMatchObject({ code: 2, stdout: '' });
  expect(empty.stderr).toMatch(/^error: nothing has been published in .* yet\n {2}- run the pipeline first/);
  const program = join(shop.path, 'not-a-program');
  await writeFile(program, '');
  await chmod(program, 0o600);
  await using blind = await openCliShop({ PATH: '/nowhere', CHROME_PATH: program });
  const unusable = await blind.run('report', '--format', 'pdf');
  expect(unusable.stderr).toMatch(
    /^error: .*not-a-program is not a program that can be started\n {2}- CHROME_PATH names/,
  );
  await using bare = await openCliShop({ PATH: '/nowhere' });
  const none = await bare.run('report', '--format', 'pdf');
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect(none.stderr).toMatch(
    /^error: no browser is found .*\n {2}- install Chromium.*\n {2}- or say .*CHROME_PATH\n {2}- or write/,
  );
});
