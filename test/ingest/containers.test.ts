import { createHash } from 'node:crypto';
import { appendFile, mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CancelledError } from '../../src/errors.ts';
import { assertUnchanged, readIdentity } from '../../src/ingest/file-identity.ts';
import { scanSource } from '../../src/ingest/scan-source.ts';
import { header, makeFolder, recordCells } from './support.ts';

const good = '0,2021-01-01,C1,1,10.00\n';
const rows = Array.from({ length: 20_000 }, (_, row) => `${row},2021-01-01,C${row},${row},1.5\n`).join('');

test('[C71] gzip cut off anywhere fails', async () => {
  await using folder = await makeFolder();
  const packed = gzipSync(header + rows);
  for (const length of [2, 9, 10, 15, Math.floor(packed.length * 0.6), packed.length - 8, packed.length - 1]) {
    const error = await folder.scanError(packed.subarray(0, length));
    expect(error.message).toMatch(/cut off/);
  }
});

test('[C72] gzip with a wrong checksum, a wrong length, or damaged data fails', async () => {
  await using folder = await makeFolder();
  const packed = gzipSync(header + rows);
  for (const fromEnd of [8, 4, Math.floor(packed.length / 2)]) {
    const damaged = Buffer.from(packed);
    const at = damaged.length - fromEnd;
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    expect((await folder.scanError(damaged)).message).toMatch(/damaged|cut off|header/);
  }
});

test('[C73] gzip is known by its content; members are joined; what follows them fails', async () => {
  await using folder = await makeFolder();
  const two = Buffer.concat([gzipSync(header + good), gzipSync(''), gzipSync(good)]);
  for (const chunkBytes of [1, 7, 64, 1 << 20]) {
    const source = await folder.scan(two, { chunkBytes });
    expect(source).toMatchObject({ compression: 'gzip', recordCount: 2, bytes: two.length });
    expect(source.sha256).toBe(createHash('sha256').update(two).digest('hex'));
    expect(await recordCells(source)).toHaveLength(2);
    for (const tail of ['x', 'garbage after it', '\0', '\0'.repeat(512)]) {
      const error = await folder.scanError(Buffer.concat([two, Buffer.from(tail)]), { chunkBytes });
      expect(error.message).toMatch(/after the end of its gzip data|damaged|cut off/);
    }
  }
  const plain = await folder.write('orders.csv.gz', header + good);
  expect(await scanSource(plain, { tempDir: folder.path })).toMatchObject({ compression: 'none', recordCount: 1 });
});

test('[C74] a gzip bomb is stopped by ratio and by size', async () => {
  await using folder = await makeFolder();
  const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20, '\n'), { level: 9 });
  expect((await folder.scanError(Buffer.concat([gzipSync(header), bomb]))).message).toMatch(/more than 200 times/);
  const large = await folder.scanError(gzipSync(header + rows), { maxInflatedBytes: 100_000 });
  expect(large.message).toMatch(/more than 100,000 bytes/);
});

test('[C02] [C03] UTF-16 without a byte order mark is known by its NULs and decoded', async () => {
  await using folder = await makeFolder();
  const little = Buffer.from(`${header}${good}`, 'utf16le');
  for (const [bytes, encoding] of [
    [little, 'utf-16le'],
    [Buffer.from(little).swap16(), 'utf-16be'],
  ] as const) {
    const source = await folder.scan(bytes);
    expect(source).toMatchObject({ encoding, hasByteOrderMark: false, recordCount: 1 });
    expect(source.encodingEvidence).toMatch(/NUL/);
    expect(source.warnings.join()).toContain(`read as ${encoding.toUpperCase()}`);
    expect(await recordCells(source)).toEqual([['0', '2021-01-01', 'C1', '1', '10.00']]);
  }
});

test.each([
  ['a PDF', '%PDF-1.7\n'],
  ['an HTML page', '\n <!DOCTYPE html><html><body>Sign in, please'],
  ['a SQLite database', 'SQLite format 3\0\x10'],
  ['an XML document', '<?xml version="1.0"?>'],
  ['an old Excel workbook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
])('[C75] %s is no table of orders and is named', async (meaning, bytes) => {
  await using folder = await makeFolder();
  expect((await folder.scanError(Buffer.from(bytes, 'latin1'))).message).toContain(meaning);
  expect((await folder.scanError(gzipSync(Buffer.from(bytes, 'latin1')))).message).toContain(meaning);
});

test.each([
  ['a workbook', 'PK\x03\x04\x14\0\x06\0[Content_Types].xml', /cut off or damaged/],
  ['a zip archive', 'PK\x03\x04\x14\0\x06\0orders.csv', /cut off or damaged/],
  ['a Parquet file', 'PAR1\x15\x04', /damaged|cut off|Parquet/],
  ['JSON', '[{"Date": "2021-01-01", ', /cut off|damaged|JSON/],
])('[C75] %s that is cut off is refused', async (_, bytes, message) => {
  await using folder = await makeFolder();
  expect((await folder.scanError(Buffer.from(bytes, 'latin1'))).message).toMatch(message);
});

test('[C75] a workbook inside gzip is one wrapping too many', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(gzipSync(Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1')));
  expect(error.message).toMatch(/holds an Excel workbook \(\.xlsx\) inside gzip/);
});

test('JSON, an array or an object a line, is a table like others', async () => {
  await using folder = await makeFolder();
  const orders = [
    { Date: '2021-01-01', 'Customer ID': 'C1', 'Order ID': 1, Sales: 10.5 },
    { Date: '2021-01-02', 'Customer ID': 'C"2', 'Order ID': 2, Sales: -3 },
  ];
  for (const [container, text] of [
    ['json', JSON.stringify(orders)],
    ['jsonl', orders.map((order) => `${JSON.stringify(order)}\n`).join('')],
  ] as const) {
    const source = await folder.scan(text);
    expect(source).toMatchObject({ container, table: 'table', recordCount: 2 });
    expect((await recordCells(source)).map((row) => row.slice(1))).toEqual([
      ['2021-01-01', 'C1', '1', '10.5'],
      ['2021-01-02', 'C"2', '2', '-3'],
    ]);
  }
  expect((await folder.scanError('{"orders": []}')).message).toMatch(/^no rows in/);
});

test('[O21] [O22] a file that grows, shrinks or is replaced while being read fails', async () => {
  await using folder = await makeFolder();
  const path = await folder.write('orders.csv', header + rows);
  let once = true;
  const tamper = (change: () => Promise<unknown>, source = path) => {
    once = true;
    let changed: Promise<unknown> = Promise.resolve();
    const scanned = scanSource(source, {
      tempDir: folder.path,
      chunkBytes: 4096,
      onProgress: () => {
        if (once) changed = change();
        once = false;
      },
    });
    return scanned.finally(() => changed);
  };
  await expect(tamper(() => appendFile(path, good))).rejects.toThrow(/changed while being read/);
  await expect(tamper(() => writeFile(path, header))).rejects.toThrow(/changed while being read/);
  await writeFile(path, header + rows);
  const other = await folder.write('other.csv', header + rows);
  await expect(tamper(() => rename(other, path))).rejects.toThrow(/changed while being read/);
  // The file itself stays as it was, but its path leads to another one: the folder was exchanged.
  await mkdir(join(folder.path, 'in'));
  await mkdir(join(folder.path, 'next'));
  const inside = await folder.write('in/orders.csv', header + rows);
  await folder.write('next/orders.csv', header + rows);
  const exchange = async (): Promise<void> => {
    await rename(join(folder.path, 'in'), join(folder.path, 'old'));
    await rename(join(folder.path, 'next'), join(folder.path, 'in'));
  };
  await expect(tamper(exchange, inside)).rejects.toThrow(/another file has taken its place/);
});

test('[O22] a later change is found by the identity', async () => {
  await using folder = await makeFolder();
  const path = await folder.write('orders.csv', header + good);
  const then = new Date('2021-01-01T00:00:00Z');
  await utimes(path, then, then);
  const identity = await readIdentity(path);
  await expect(assertUnchanged(path, identity)).resolves.toBeUndefined();
  await writeFile(path, header + good.replace('10.00', '99.00'));
  await utimes(path, then, then);
  await expect(assertUnchanged(path, identity)).rejects.toThrow(/changed while being read/);
  await expect(assertUnchanged(join(folder.path, 'gone.csv'), identity)).rejects.toThrow(/gone/);
});

test('aborting cancels, before and during the scan, compressed or not', async () => {
  await using folder = await makeFolder();
  for (const content of [header + rows, gzipSync(header + rows)]) {
    const controller = new AbortController();
    const during = folder.scan(content, {
      signal: controller.signal,
      chunkBytes: 1024,
      onProgress: () => controller.abort(new CancelledError(143)),
    });
    await expect(during).rejects.toMatchObject({ name: 'CancelledError', exitCode: 143 });
    const before = folder.scan(content, { signal: AbortSignal.abort() });
    await expect(before).rejects.toBeInstanceOf(CancelledError);
  }
});

test('progress rises to the size of the file, also when the file is read a second time', async () => {
  await using folder = await makeFolder();
  for (const content of [header + rows, `${header}${rows}\n\n`, gzipSync(header + rows)]) {
    const seen: number[] = [];
    let total = 0;
    const source = await folder.scan(content, {
      chunkBytes: 4096,
      onProgress: (done, all) => {
        seen.push(done);
        total = all;
      },
    });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(source.bytes);
    expect(total).toBe(source.bytes);
  }
});

test('a path that the engine could take for something else is read from a copy', async () => {
  await using folder = await makeFolder();
  for (const name of ['o[1].csv', "o'1.csv", 'o*.csv', 'ö.csv']) {
    const source = await scanSource(await folder.write(name, header + good), { tempDir: folder.path });
    expect(source.records.path).not.toBe(source.path);
    expect(await recordCells(source)).toEqual([['0', '2021-01-01', 'C1', '1', '10.00']]);
  }
  await folder.write('real orders.csv', header + good);
  await symlink('real orders.csv', join(folder.path, 'link.csv'));
  const linked = await scanSource(join(folder.path, 'link.csv'), { tempDir: folder.path });
  expect(linked).toMatchObject({ name: 'real orders.csv', records: { path: linked.path, hasPosition: false } });
});
