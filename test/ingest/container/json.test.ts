import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordScanner, rfc4180 } from '../../../src/ingest/record-scanner.ts';
import { cells, makeFolder, zip } from './support.ts';

test('an array of flat objects: numbers as they are written, columns in order of first appearance', async () => {
  await using folder = await makeFolder();
  const json = `[
    {"id": 12345678901234567890, "amount": 1.10, "note": "a \\"b\\"\\nc, d", "paid": true},
    {"id": -0.0, "__proto__": "x", "amount": 1E5, "note": null},
    {}
  ]`;
  for (const chunkBytes of [1, 7, 1 << 16]) {
    const { content, text } = await folder.read(json, { chunkBytes });
    expect(content).toMatchObject({ container: 'json', compression: 'none', form: 'table' });
    expect(cells(text)).toEqual([
      ['id', 'amount', 'note', 'paid', '__proto__'],
      ['12345678901234567890', '1.10', 'a "b"\nc, d', 'true', ''],
      ['-0.0', '1E5', '', '', 'x'],
      ['', '', '', '', ''],
    ]);
  }
});

test('[C39] keys such as __proto__ and constructor are ordinary columns', async () => {
  await using folder = await makeFolder();
  const line = '{"__proto__":"1","constructor":"2","toString":{"__proto__":"3"},"hasOwnProperty":4}';
  for (const json of [`[${line}]`, `${line}\n${line}\n`]) {
    const table = cells((await folder.read(json)).text);
    expect(table.slice(0, 2)).toEqual([
      ['__proto__', 'constructor', 'toString.__proto__', 'hasOwnProperty'],
      ['1', '2', '3', '4'],
    ]);
  }
});

test('nested objects are flattened with dots, arrays stay JSON with their numbers as written', async () => {
  await using folder = await makeFolder();
  const json = `[{"customer": {"id": 7, "address": {"city": "Ulm"}}, "lines": [{"sku": "a\\u00e9", "price": 1.10, "tags": []}, null, [1e2, true]], "total": 3}]`;
  expect(cells((await folder.read(json)).text)).toEqual([
    ['customer.id', 'customer.address.city', 'lines', 'total'],
    ['7', 'Ulm', '[{"sku":"aé","price":1.10,"tags":[]},null,[1e2,true]]', '3'],
  ]);
});

test('an object that holds the one array of objects, whatever else it holds', async () => {
  await using folder = await makeFolder();
  const json =
    '{"page": 1, "tags": ["a", {"b": 1}], "none": [], "meta": {"rows": [{"x": 1}]}, "orders": [{"id": 1}, {"id": 2}], "next": null}';
  for (const text of [
    json,
    JSON.stringify(JSON.parse(json), null, 2),
    `\ufeff${json}`,
    `{"orders": [\n{"id":1},\n{"id":2}\n]}`,
  ]) {
    const { content, text: read } = await folder.read(text);
    expect(content.container).toBe('json');
    expect(read).toBe('"id"\n"1"\n"2"\n');
  }
  const utf16 = await folder.read(Buffer.from(`\ufeff${json}`, 'utf16le'));
  expect(utf16.text).toBe('"id"\n"1"\n"2"\n');
});

test.each([
  ['[{"a": 1}, "x"]', /holds "x" where an object should stand, as element 2/],
  ['[[{"a": 1}]]', /holds an array where an object should stand, as element 1/],
  ['[{"a": 1}, [2]]', /holds an array where an object should stand, as element 2/],
  ['{"a": [{"x": 1}], "b": [{"x": 1}]}', /holds two arrays of objects, "a" and "b"/],
  ['{\n"a": {"b": [{"x": 1}]}\n}', /holds no array of objects/],
  ['[]', /no rows in .*: its array is empty/],
  ['[{}]', /no rows in/],
  ['[{"a": 1}, {"a": 2', /cut off in the middle of its JSON/],
  ['[{"a": 1}, {"a" 2}]', /not valid JSON, somewhere after record 0/],
  ['[{"a": 1}] x', /not valid JSON, somewhere after record 0/],
  ['[{"a": 1, "a": 2}]', /has the key "a" twice in record 1/],
  ['[{"a.b": 1, "a": {"b": 2}}]', /has the key "a.b" twice in record 1/],
  [`[{"a": ${'['.repeat(5000)}`, /nested more than 100 levels deep/],
])('%s is refused with its reason', async (json, reason) => {
  await using folder = await makeFolder();
  expect((await folder.error(json)).message).toMatch(reason);
});

test('JSON that is not UTF-8 fails; half a surrogate pair stays visible as invalid UTF-8', async () => {
  await using folder = await makeFolder();
  expect((await folder.error(Buffer.from('[{"a": "M\xfcller"}]', 'latin1'))).message).toMatch(
    /bytes that are not UTF-8/,
  );
  const { bytes } = await folder.read('[{"a": "x\\ud800y"}]');
  expect(bytes.toString('latin1')).toBe('"a"\n"x\xed\xa0\x80y"\n');
});

test('thousands of keys are values, not columns', async () => {
  await using folder = await makeFolder();
  const json = JSON.stringify([Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`k${at}`, at]))]);
  expect((await folder.error(json)).message).toMatch(/more than 2,000 different keys/);
});

test('JSON lines: one object a line, also compressed', async () => {
  await using folder = await makeFolder();
  const lines = '{"id":1,"total":1.10}\r\n\n{"id":2,"customer":{"id":12345678901234567890}}';
  const expected = '"id","total","customer.id"\n"1","1.10",""\n\n"2","","12345678901234567890"\n';
  for (const [bytes, compression] of [
    [lines, 'none'],
    [`\ufeff${lines}\n`, 'none'],
    [gzipSync(lines), 'gzip'],
    [zstdCompressSync(lines), 'zstd'],
    [zip([{ name: 'orders.jsonl', bytes: lines }]), 'zip'],
  ] as const) {
    for (const chunkBytes of [3, 1 << 16]) {
      const { content, text } = await folder.read(bytes, { chunkBytes });
      expect(text).toBe(expected);
      expect(content).toMatchObject({ container: 'jsonl', compression, form: 'table' });
    }
  }
  expect((await folder.read('{"id":1,"tags":["a"]}')).content.container).toBe('jsonl');
});

test('a broken JSON line stops nothing: the scanner counts it as malformed, with its text', async () => {
  await using folder = await makeFolder();
  const broken = [
    '{"id":2,"x":',
    '{"id":1} {"id":2}',
    'garbage,x',
    '"2","3"',
    'a,"b"',
    '[1,2]',
    '"open',
    '{"id":1,"id":2}',
    'null',
  ];
  const file = Buffer.concat([
    Buffer.from(`{"id":1,"x":2}\n${broken.join('\n')}\n`),
    Buffer.from('{"id":"M\xfcller","x":1}\n', 'latin1'),
    Buffer.from('{"id":3,"x":4}\n'),
  ]);
  const { bytes: csv } = await folder.read(file);
  const good: string[] = [];
  const bad: string[] = [];
  const sink = {
    header: () => {},
    wellFormed: (bytes: Buffer, start: number, end: number) => void good.push(bytes.toString('latin1', start, end)),
    malformed: (bytes: Buffer, start: number, end: number) => void bad.push(bytes.toString('latin1', start, end)),
  };
  new RecordScanner(sink, rfc4180, 1 << 20).scan(csv, 0, csv.length, true);
  expect(good).toEqual(['"1","2"', '"3","4"']);
  expect(bad).toHaveLength(broken.length + 1);
  for (const [at, line] of [...broken, '{"id":"M\xfcller","x":1}'].entries()) expect(bad[at]).toContain(line);
  expect((await folder.error('{"a\n{}\n{}\n')).message).toMatch(/no line of it is a JSON object/);
});

test('any flat objects come out as they were, as a document and as lines', async () => {
  await using folder = await makeFolder();
  const key = fc.string({ minLength: 1 }).filter((text) => !/[."\n]/.test(text));
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
  const record = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 200 }),
      async (records, chunkBytes) => {
        const columns = [...new Set(records.flatMap((each) => Object.keys(each)))];
        const document = cells((await folder.read(JSON.stringify(records), { chunkBytes })).text);
        const lines = cells(
          (await folder.read(records.map((each) => `${JSON.stringify(each)}\n`).join(''), { chunkBytes })).text,
        );
        expect(lines).toEqual(document);
        expect(new Set(document[0])).toEqual(new Set(columns));
        const table = document.slice(1).map((row) => new Map(row.map((cell, at) => [document[0]?.[at] ?? '', cell])));
        for (const [at, each] of records.entries()) {
          for (const column of columns) {
            const expected = Object.hasOwn(each, column) ? each[column] : null;
            expect(table[at]?.get(column)).toBe(expected === null || expected === undefined ? '' : String(expected));
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});
