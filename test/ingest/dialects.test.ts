import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELIMITERS, findTable } from '../../src/ingest/find-table.ts';
import { header, makeFolder, placedCells, recordCells } from './support.ts';

const rows = [
  ['0', '2021-01-01', 'Müller', 'a,b;c|d\te', '10.00'],
  ['1', '2021-01-02', 'said "yes"', '2\n3', '-5.50'],
];

function table(delimiter: string): string {
  const quoted = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter));
  return `${header.replaceAll(',', delimiter)}${quoted.map((line) => `${line}\n`).join('')}`;
}

/** Row, line and cells, as the engine reads them. */
const expected = [
  ['1', '2', ...(rows[0] ?? [])],
  ['2', '3', ...(rows[1] ?? [])],
];

describe('[C26] the delimiter', () => {
  test.each(DELIMITERS)('%j is found by the header and stated', async (delimiter) => {
    await using folder = await makeFolder();
    const source = await folder.scan(table(delimiter));
    expect(source.delimiter).toBe(delimiter);
    expect(await placedCells(source)).toEqual(expected);
    const stated = source.warnings.filter((warning) => warning.includes('between the columns'));
    expect(stated).toHaveLength(delimiter === ',' ? 0 : 1);
  });

  test('is found in a compressed file and after blank lines', async () => {
    await using folder = await makeFolder();
    const source = await folder.scan(gzipSync(`\r\n\n${table(';').replaceAll('\n', '\r\n')}`));
    expect(source).toMatchObject({ delimiter: ';', recordCount: 2, compression: 'gzip' });
  });

  test('that is given is not questioned, and a file that fits none is refused with what it has', async () => {
    await using folder = await makeFolder();
    const given = await folder.scanError(table(';'), { delimiter: ',' });
    expect(given.message).toMatch(/missing column/);
    const unknown = await folder.scanError(table('!'));
    expect(unknown.message).toMatch(/missing column/);
    const note = await folder.scanError('Date;Note;Order ID;Sales\n2021-01-01;a;1;2\n');
    expect(note.message).toMatch(/^missing column Customer ID; found "Date", "Note", "Order ID", "Sales"/);
    const german = await folder.scan('Datum;Kunde;Bestellung;Betrag\n2021-01-01;a;1;2\n');
    expect(await recordCells(german)).toEqual([[null, '2021-01-01', 'a', '1', '2']]);
  });

  test('is not taken from a name that holds one', () => {
    const found = (head: string) => findTable(head, undefined, undefined).delimiter;
    expect(found('Date,Customer ID,Order ID,Sales,"a;b|c"\n')).toBe(',');
    expect(found('Date;Customer ID;Order ID;Sales;a,b\n')).toBe(';');
    expect(found('')).toBe(',');
    expect(found('Orders')).toBe(',');
  });
});

describe('UTF-16 with a byte order mark', () => {
  const little = Buffer.from(`\ufeff${table('\t')}`, 'utf16le');
  const big = Buffer.from(little).swap16();

  test.each([
    ['[C02] little-endian', little, 'utf-16le'],
    ['[C03] big-endian', big, 'utf-16be'],
  ] as const)('%s is decoded, in chunks of any size, compressed or not', async (_, bytes, encoding) => {
    await using folder = await makeFolder();
    for (const chunkBytes of [1, 3, 64, undefined]) {
      for (const content of [bytes, gzipSync(bytes)]) {
        const source = await folder.scan(content, chunkBytes === undefined ? {} : { chunkBytes });
        expect(source).toMatchObject({ encoding, hasByteOrderMark: true, delimiter: '\t', recordCount: 2 });
        expect(source.columns[1]).toBe('Date');
        expect(await placedCells(source)).toEqual(expected);
      }
    }
  });

  test('[C14] that holds half a character or half a pair is refused, not repaired', async () => {
    await using folder = await makeFolder();
    const lone = Buffer.from(`\ufeff${header}0,2021-01-01,\ud800x,1,10.00\n`, 'utf16le');
    for (const bytes of [lone, little.subarray(0, little.length - 1)]) {
      expect((await folder.scanError(bytes)).message).toMatch(/begins like UTF-16LE but holds bytes that are not/);
    }
  });

  test('gives the same records as the same text in UTF-8', async () => {
    await using folder = await makeFolder();
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => !/[",\r\n\0\ufeff]/.test(text) && text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 40 }),
        async (ids, chunkBytes) => {
          const text = `${header}${ids.map((id, row) => `${row},2021-01-01,${id},${row},1.00\n`).join('')}`;
          const utf8 = await folder.scan(text);
          const utf16 = await folder.scan(Buffer.from(`\ufeff${text}`, 'utf16le'), { chunkBytes });
          expect(utf16.recordCount).toBe(utf8.recordCount);
          expect(await recordCells(utf16)).toEqual(await recordCells(utf8));
        },
      ),
      { numRuns: 40 },
    );
  });
});
