import { createHash } from 'node:crypto';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CancelledError } from '../../../src/errors.ts';
import { makeFolder, zip } from './support.ts';

const header = 'Date,Customer ID,Order ID,Sales\n';
const rows = Array.from({ length: 5000 }, (_, row) => `2021-01-01,C${row},${row},1.5\n`).join('');
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const skipped = Buffer.concat([Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')]);

test('plain text comes out as it is, whatever its bytes, with its hash', async () => {
  await using folder = await makeFolder();
  for (const text of [header + rows, '', 'x', '\ufeffa;b\r\n', 'sep=;\n', '{not json', '[note] a,b\n']) {
    const { content, text: read } = await folder.read(text);
    expect(read).toBe(text);
    expect(content).toMatchObject({ container: 'plain', compression: 'none', form: 'text', others: [] });
    expect(await content.sha256()).toBe(createHash('sha256').update(text).digest('hex'));
  }
});

test('[C73] gzip by content: all members, in any chunks; the hash is that of the bytes on disk', async () => {
  await using folder = await makeFolder();
  const packed = Buffer.concat([gzipSync(header), gzipSync(''), gzipSync(rows)]);
  for (const chunkBytes of [7, 64, 1 << 20]) {
    const { content, text } = await folder.read(packed, { chunkBytes });
    expect(text).toBe(header + rows);
    expect(content).toMatchObject({ container: 'gzip', compression: 'gzip', form: 'text' });
    expect(await content.sha256()).toBe(createHash('sha256').update(packed).digest('hex'));
  }
});

test('zstd: frames one after the other and skippable ones, wherever chunks end', async () => {
  await using folder = await makeFolder();
  const a = zstdCompressSync(header, checked);
  const b = zstdCompressSync(rows);
  for (const packed of [a, Buffer.concat([a, b]), Buffer.concat([skipped, a, skipped, b, skipped])]) {
    const expected = packed === a ? header : header + rows;
    for (const chunkBytes of [1, 7, a.length, a.length + skipped.length, 1 << 20]) {
      const { content, text } = await folder.read(packed, { chunkBytes });
      expect(text).toBe(expected);
      expect(content).toMatchObject({ container: 'zstd', compression: 'zstd' });
    }
  }
});

test('zstd: any frames of any data in any chunks are read as they were written', async () => {
  await using folder = await makeFolder();
  const frame = fc.record({
    data: fc.uint8Array({ maxLength: 5000 }),
    repeat: fc.integer({ min: 1, max: 100 }),
    isChecked: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(frame, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 500 }),
      async (frames, chunkBytes) => {
        const contents = frames.map(({ data, repeat }) => `,${Buffer.from(data).toString('hex').repeat(repeat)}\n`);
        const packed = frames.map(({ isChecked }, at) =>
          zstdCompressSync(contents[at] ?? '', isChecked ? checked : {}),
        );
        expect((await folder.read(Buffer.concat(packed), { chunkBytes })).text).toBe(contents.join(''));
      },
    ),
    { numRuns: 30 },
  );
});

test('[C71] [C72] zstd that is cut off, damaged or followed by something fails', async () => {
  await using folder = await makeFolder();
  const first = zstdCompressSync(header, checked);
  const packed = Buffer.concat([first, zstdCompressSync(rows, checked)]);
  for (const length of [
    first.length + 1,
    first.length + 3,
    first.length + 6,
    5,
    9,
    30,
    Math.floor(packed.length * 0.6),
    packed.length - 4,
    packed.length - 1,
  ]) {
    for (const chunkBytes of [10, 1 << 20]) {
      expect((await folder.error(packed.subarray(0, length), { chunkBytes })).message).toMatch(/cut off/);
    }
  }
  const skippedCut = Buffer.concat([first, skipped.subarray(0, -1)]);
  for (const chunkBytes of [10, 1 << 20])
    expect((await folder.error(skippedCut, { chunkBytes })).message).toMatch(/cut off/);
  const damaged = Buffer.from(packed);
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 0xff;
  expect((await folder.error(damaged)).message).toMatch(/damaged: zstd says/);
  for (const chunkBytes of [10, 1 << 20]) {
    const error = await folder.error(Buffer.concat([packed, Buffer.from('garbage')]), { chunkBytes });
    expect(error.message).toMatch(/damaged: (0x\w+ begins no zstd frame|zstd says)/);
  }
});

test('[C74] bombs are stopped by ratio and by size: gzip, zstd, zip', async () => {
  await using folder = await makeFolder();
  const bytes = Buffer.alloc(80 * 2 ** 20, '\n');
  const packed = [gzipSync(bytes), zstdCompressSync(bytes), zip([{ name: 'a.csv', bytes }])];
  for (const bomb of packed) {
    expect((await folder.error(bomb)).message).toMatch(/inflates to more than 200 times its size: stopped/);
    const limits = { maxInflatedBytes: 100_000, maxInflationRatio: 1e9 };
    expect((await folder.error(bomb, { limits })).message).toMatch(/inflates to more than 100,000 bytes: stopped/);
  }
});

test('[C75] a zip archive with one file in it loads; what systems add does not count', async () => {
  await using folder = await makeFolder();
  const junk = ['__MACOSX/orders.csv', '.DS_Store', 'export/.hidden.csv', 'Thumbs.db'].map((name) => ({
    name,
    bytes: 'x',
  }));
  for (const method of [0, 8]) {
    const packed = zip([
      { name: 'export/', bytes: '', method: 0 },
      ...junk,
      { name: 'export/orders.csv', bytes: header + rows, method },
    ]);
    const { content, text } = await folder.read(packed);
    expect(text).toBe(header + rows);
    expect(content).toMatchObject({
      container: 'zip',
      compression: 'zip',
      member: 'export/orders.csv',
      others: [],
      form: 'text',
    });
    expect(await content.sha256()).toBe(createHash('sha256').update(packed).digest('hex'));
  }
});

test('a zip archive with several files asks which; a member is named by path or by name', async () => {
  await using folder = await makeFolder();
  const members = ['a/orders.csv', 'a/customers.csv', 'b/customers.csv'].map((name) => ({ name, bytes: `${name}\n` }));
  const packed = zip(members);
  const error = await folder.error(packed);
  expect(error.message).toContain('holds 3 files: "a/orders.csv", "a/customers.csv", "b/customers.csv"');
  expect(error.remedy.join()).toContain('--sheet "a/orders.csv"');
  for (const member of ['a/orders.csv', 'orders.csv']) {
    const { content, text } = await folder.read(packed, { member });
    expect(text).toBe('a/orders.csv\n');
    expect(content.others).toEqual(['a/customers.csv', 'b/customers.csv']);
  }
  expect((await folder.error(packed, { member: 'customers.csv' })).message).toMatch(/2 files called "customers.csv"/);
  expect((await folder.error(packed, { member: 'a/order.csv' })).message).toMatch(/did you mean "a\/orders.csv"/);
  expect((await folder.error(zip([]))).message).toMatch(/without a file in it/);
});

test('a zip archive that is encrypted, damaged, cut off, or packed by an unknown method fails', async () => {
  await using folder = await makeFolder();
  const member = { name: 'orders.csv', bytes: header + rows };
  const encrypted = await folder.error(zip([{ ...member, flags: 1 }]));
  expect(encrypted.message).toMatch(/orders.csv in orders\d+ is encrypted/);
  expect((await folder.error(zip([{ ...member, checksum: 1 }]))).message).toMatch(/damaged: wrong checksum/);
  expect((await folder.error(zip([{ ...member, method: 9 }]))).message).toMatch(/compressed by method 9/);
  const packed = zip([member]);
  expect((await folder.error(packed.subarray(0, packed.length - 30))).message).toMatch(/cut off or damaged/);
  const flipped = Buffer.from(packed);
  flipped.fill(0xff, 200, 260);
  expect((await folder.error(flipped)).message).toMatch(/cut off or damaged/);
});

test('what is wrapped twice is refused by name', async () => {
  await using folder = await makeFolder();
  const inner = zip([{ name: 'orders.csv', bytes: header }]);
  expect((await folder.error(zip([{ name: 'inner.zip', bytes: inner }]))).message).toMatch(/a zip archive inside zip/);
  expect((await folder.error(gzipSync(inner))).message).toMatch(/a zip archive inside gzip/);
  expect((await folder.error(gzipSync(gzipSync(header)))).message).toMatch(/gzip-compressed data inside gzip/);
  expect((await folder.error(zstdCompressSync('PAR1 and so on'))).message).toMatch(/a Parquet file inside zstd/);
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  expect((await folder.error(zip([{ name: 'a.xls', bytes: ole }]))).message).toMatch(
    /an old Excel workbook \(.xls\) inside zip/,
  );
});

test('aborting cancels every container, progress stays within the file', async () => {
  await using folder = await makeFolder();
  const json = JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id, amount: '1.5' })));
  const packed = [header + rows, gzipSync(rows), zstdCompressSync(rows), zip([{ name: 'a.csv', bytes: rows }]), json];
  for (const bytes of packed) {
    const controller = new AbortController();
    const seen: number[] = [];
    const options = { chunkBytes: 1024, onBytes: (done: number) => void seen.push(done) };
    const { content } = await folder.read(bytes, options);
    expect(Math.max(...seen)).toBe(Buffer.from(bytes).length);
    expect(content.warnings()).toEqual([]);
    const cancelled = folder.read(bytes, {
      chunkBytes: 1024,
      signal: controller.signal,
      onBytes: () => controller.abort(new CancelledError(143)),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'CancelledError', exitCode: 143 });
    const before = folder.read(bytes, { signal: AbortSignal.abort() });
    await expect(before).rejects.toBeInstanceOf(CancelledError);
  }
});
