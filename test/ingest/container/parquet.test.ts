import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { CancelledError } from '../../../src/errors.ts';
import { cells, type Folder, makeFolder } from './support.ts';

async function write(folder: Folder, name: string, sql: string, options = ''): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const path = join(folder.path, name);
  await connection.run(`set TimeZone = 'Asia/Kolkata'`);
  await connection.run(`copy (${sql}) to '${path.replaceAll("'", "''")}' (format parquet${options})`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

test('every type comes out as exact text', async () => {
  await using folder = await makeFolder();
  const columns: [sql: string, text: string][] = [
    [`date '2024-02-29'`, '2024-02-29'],
    [`timestamp '2024-02-29 12:30:45.5'`, '2024-02-29T12:30:45.5'],
    [`timestamp_ns '2024-02-29 12:30:45.123456789'`, '2024-02-29T12:30:45.123456789'],
    [`timestamptz '2024-02-29 12:30:45+05:30'`, '2024-02-29T07:00:45Z'],
    [`cast(1234567890123456.10 as decimal(38,2))`, '1234567890123456.10'],
    [`cast(0.1 as double) + cast(0.2 as double)`, '0.30000000000000004'],
    [`cast(112233445566 as double)`, '112233445566'],
    [`cast(1.5 as float)`, '1.5'],
    ['9223372036854775807', '9223372036854775807'],
    ['true', 'true'],
    [`'a "b", c' || chr(10) || 'ü'`, 'a "b", c\nü'],
    [`chr(65279) || 'x'`, '\ufeffx'],
    ['cast(null as integer)', ''],
    [`{'sku': 'a', 'price': 1.25}`, '{"sku":"a","price":1.25}'],
    [`[1, 2]`, '[1,2]'],
    [`cast('01234567-89ab-cdef-0123-456789abcdef' as uuid)`, '01234567-89ab-cdef-0123-456789abcdef'],
    [`cast('paid' as enum('paid', 'void'))`, 'paid'],
    [`encode('bytes')`, 'bytes'],
  ];
  const path = await write(folder, 'types', `select ${columns.map(([sql], at) => `${sql} as "c ""${at}"`).join(', ')}`);
  const { content, text } = await folder.readPath(path);
  expect(content).toMatchObject({ container: 'parquet', compression: 'none', form: 'table', others: [] });
  expect(cells(text)).toEqual([columns.map((_, at) => `c "${at}`), columns.map(([, expected]) => expected)]);
  expect(await content.sha256()).toBe(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );
});

test('columns named __proto__ and case twins keep their place; rows keep their order over row groups', async () => {
  await using folder = await makeFolder();
  const sql = `select range as "__proto__", 'x' || range as "constructor" from range(50000)`;
  const path = await write(folder, 'many.parquet', sql, ', row_group_size 4096');
  const seen: number[] = [];
  const { text } = await folder.readPath(path, { chunkBytes: 1000, onBytes: (done) => seen.push(done) });
  const lines = text.split('\n');
  expect(lines).toHaveLength(50_002);
  expect(lines.slice(0, 3)).toEqual(['"__proto__","constructor"', '"0","x0"', '"1","x1"']);
  expect(lines.every((line, at) => at === 0 || at > 50_000 || line === `"${at - 1}","x${at - 1}"`)).toBe(true);
  expect(seen.at(-1)).toBe((await readFile(path)).length);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('no row: the header alone', async () => {
  await using folder = await makeFolder();
  const path = await write(folder, 'none.parquet', 'select 1 as a, 2 as b where false');
  expect((await folder.readPath(path)).text).toBe('"a","b"\n');
});

test('a path of any characters is one local file; folder names are no columns', async () => {
  await using folder = await makeFolder();
  await mkdir(join(folder.path, 'year=2024'));
  await write(folder, 'other.parquet', `select 'other' as a`);
  for (const name of [
    '*.parquet',
    "o'[r].parquet",
    'ö?.parquet',
    'year=2024/orders.parquet',
    '{a,b}.parquet',
    'orders.csv',
  ]) {
    const path = await write(folder, name, `select 'right' as a`);
    for (const tempDir of [folder.tempDir, join(folder.path, 'year=2024')]) {
      expect([name, (await folder.readPath(path, { tempDir })).text]).toEqual([name, '"a"\n"right"\n']);
    }
  }
});

test('Parquet that is cut off, damaged or encrypted fails with the name of the file', async () => {
  await using folder = await makeFolder();
  const path = await write(folder, 'orders.parquet', 'select range as a, hash(range) as b from range(20000)');
  const bytes = await readFile(path);
  for (const damaged of [bytes.subarray(0, bytes.length - 10), bytes.subarray(0, 2000), Buffer.from('PAR1')]) {
    const error = await folder.error(damaged);
    expect(error.message).toMatch(/^orders\d+ cannot be read as Parquet: /);
    expect(error.message).not.toContain(folder.path);
  }
  expect((await folder.error(Buffer.concat([Buffer.from('PARE'), bytes.subarray(4)]))).message).toMatch(/encrypted/);
});

test('aborting cancels', async () => {
  await using folder = await makeFolder();
  const path = await write(folder, 'orders.parquet', 'select range as a from range(100000)');
  const controller = new AbortController();
  const options = {
    chunkBytes: 1000,
    signal: controller.signal,
    onBytes: () => controller.abort(new CancelledError(143)),
  };
  await expect(folder.readPath(path, options)).rejects.toBeInstanceOf(CancelledError);
});
