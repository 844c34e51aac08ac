import { execFileSync } from 'node:child_process';
import { link, mkdir, realpath, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { resolveSources } from '../../src/ingest/resolve-sources.ts';
import { scanSource } from '../../src/ingest/scan-source.ts';
import { makeFolder } from './support.ts';

test('a literal file comes before a glob; a glob is sorted; the order given is kept; a file counts once', async () => {
  await using folder = await makeFolder();
  for (const name of ['o1.csv', 'o[1].csv', 'b.csv', 'a.csv']) await folder.write(name, 'x');
  await symlink('a.csv', join(folder.path, 'c.csv'));
  await link(join(folder.path, 'b.csv'), join(folder.path, 'd.csv'));
  const root = await realpath(folder.path);
  const names = async (...patterns: string[]): Promise<string[]> =>
    (await resolveSources(patterns, folder.path)).map((path) => path.replace(`${root}/`, ''));
  expect(await names('o[1].csv')).toEqual(['o[1].csv']);
  expect(await names('o[0-9].csv')).toEqual(['o1.csv']);
  expect(await names('[a-d].csv')).toEqual(['a.csv', 'b.csv']);
  expect(await names('o1.csv', './b.csv', '*.csv', join(folder.path, 'o1.csv'))).toEqual([
    'o1.csv',
    'b.csv',
    'a.csv',
    'o[1].csv',
  ]);
  expect(await names(`${folder.path}/{a,b}.csv`)).toEqual(['a.csv', 'b.csv']);
  expect(await resolveSources([], folder.path)).toEqual([]);
});

test('[O23] a folder, a named pipe, a device, a socket and a broken link are refused, not read', async () => {
  await using folder = await makeFolder();
  await mkdir(join(folder.path, 'sub'));
  execFileSync('mkfifo', [join(folder.path, 'pipe')]);
  await symlink('nowhere', join(folder.path, 'broken'));
  const server = createServer().listen(join(folder.path, 'socket'));
  await new Promise((done) => server.once('listening', done));
  try {
    for (const [name, kind] of [
      ['sub', 'a folder'],
      ['pipe', 'a named pipe'],
      ['/dev/zero', 'a device'],
      ['socket', 'a socket'],
      ['broken', 'a link to a file that does not exist'],
    ] as const) {
      const error: unknown = await resolveSources([name], folder.path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(`${name} is ${kind}`);
    }
    for (const name of ['sub', 'pipe', 'socket']) {
      await expect(scanSource(join(folder.path, name), { tempDir: folder.path })).rejects.toBeInstanceOf(InputError);
    }
  } finally {
    server.close();
  }
});

test('missing files are named, with the nearest name in their folder', async () => {
  await using folder = await makeFolder();
  await folder.write('orders_2021.csv', 'x');
  await expect(resolveSources(['order_2021.csv'], folder.path)).rejects.toThrow(
    'order_2021.csv does not exist (did you mean "orders_2021.csv"?)',
  );
  await expect(resolveSources(['no/such/file.csv'], folder.path)).rejects.toThrow(/there is no folder/);
  await expect(resolveSources(['orders_2021.csv/x.csv'], folder.path)).rejects.toBeInstanceOf(InputError);
  await expect(resolveSources(['*.parquet'], folder.path)).rejects.toThrow(/\*\.parquet matches no file/);
});

test('addresses are refused', async () => {
  for (const address of [
    'http://shop.example/orders.csv',
    'https://shop.example/o.csv',
    's3://bucket/o.csv',
    'file:///o.csv',
  ]) {
    await expect(resolveSources([address], '/')).rejects.toThrow(/is an address, not a file/);
  }
});
