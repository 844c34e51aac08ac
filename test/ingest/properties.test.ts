import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header, makeFolder, malformedCells, placedCells, recordCells } from './support.ts';

/** Four cells, and which of the five cells of the record are quoted without need. */
type Row = [string, string, string, string, boolean[]];

interface Layout {
  endings: string[];
  bom: boolean;
  gzip: boolean;
  finalEnd: boolean;
  chunkBytes: number;
}

const cell = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '0')),
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '\\', '\u2028', "'") }),
  fc.constantFrom('', '""', 'NULL', '=1+1', '-', '#', '\ufeff'),
);
const table = fc.array(fc.tuple(cell, cell, cell, cell, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })), {
  minLength: 1,
  maxLength: 12,
});
const chunk = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(1 << 20));

test('any table, quoted in any way that is allowed, with any line ends, compressed or not, is read back exactly', async () => {
  await using folder = await makeFolder();
  const endings = fc.oneof(
    fc.constantFrom('\n', '\r\n', '\r').map((ending) => [ending]),
    fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
  );
  const layout = fc.record({
    endings,
    bom: fc.boolean(),
    gzip: fc.boolean(),
    finalEnd: fc.boolean(),
    chunkBytes: chunk,
  });
  const run = async (rows: Row[], how: Layout): Promise<void> => {
    const expected = rows.map(([a, b, c, d], row) => [`r${row}`, a, b, c, d]);
    const records = rows.map(([, , , , quotes], row) =>
      (expected[row] ?? [])
        .map((text, at) => (quotes[at] === true || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join(','),
    );
    let text = how.bom ? '\ufeff' : '';
    const lines = [header.trim(), ...records];
    for (const [at, line] of lines.entries()) {
      text += line;
      if (at < lines.length - 1 || how.finalEnd) text += how.endings[at % how.endings.length];
    }
    const source = await folder.scan(how.gzip ? gzipSync(text) : text, { chunkBytes: how.chunkBytes });
    expect(await recordCells(source)).toEqual(expected);
    expect(source).toMatchObject({ malformedCount: 0, blankCount: 0, hasByteOrderMark: how.bom });
    expect(source.columns).toEqual(['', 'Date', 'Customer ID', 'Order ID', 'Sales']);
  };
  await fc.assert(fc.asyncProperty(table, layout, run), { numRuns: 60 });
});

/** The same rules as the scanner's, said with a regular expression over the whole text. */
function reference(text: string, fieldCount: number): { records: string[]; malformed: string[]; blanks: number } {
  const field = '(?:"(?:[^"\\0]|"")*"|[^",\\r\\n\\0]*)';
  const record = new RegExp(`(${field}(?:,${field})*)(?:\\r\\n|\\n|\\r|$)`, 'y');
  const result = { records: [] as string[], malformed: [] as string[], blanks: 0 };
  for (let at = 0; at < text.length; ) {
    const line = /[^\r\n]*/y;
    const end = /\r\n|\n|\r|$/y;
    record.lastIndex = at;
    line.lastIndex = at;
    const found = record.exec(text);
    if (found !== null && /^[, \t]*$/.test(found[1] ?? '')) {
      result.blanks++;
      at = record.lastIndex;
    } else if (found !== null && fieldsOf(found[1] ?? '') === fieldCount) {
      result.records.push(found[1] ?? '');
      at = record.lastIndex;
    } else {
      result.malformed.push(line.exec(text)?.[0] ?? '');
      end.lastIndex = line.lastIndex;
      end.exec(text);
      at = end.lastIndex;
    }
  }
  return result;
}

function fieldsOf(record: string): number {
  return record.replace(/"(?:[^"]|"")*"/g, '').split(',').length;
}

test('any soup of delimiters, quotes and line ends is cut as a reference cuts it, at any chunk size', async () => {
  await using folder = await makeFolder();
  const soup = fc
    .array(
      fc.constantFrom(
        'a',
        ',',
        ',b,c,d,e',
        '"',
        '"",',
        '\n',
        '\r\n',
        '\r',
        ' ',
        '\0',
        'x,y,z,v,w\n',
        '1,"2",3,"4\n4",5\n',
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(soup, chunk, async (text, chunkBytes) => {
      const expected = reference(`0,0,0,0,0\n${text}`, 5);
      const source = await folder.scan(`${header}0,0,0,0,0\n${text}`, { chunkBytes });
      expect((await malformedCells(source)).map((row) => row[3])).toEqual(
        expected.malformed.map((line) => line.replaceAll('\0', '␀')),
      );
      expect(source.blankCount).toBe(expected.blanks);
      expect(source.wellFormedCount).toBe(expected.records.length);
      expect(source.recordCount).toBe(source.wellFormedCount + source.malformedCount);
      expect(await recordCells(source)).toHaveLength(expected.records.length);
    }),
    { numRuns: 150 },
  );
});

test('damaged bytes cost the line they are in, no other', async () => {
  await using folder = await makeFolder();
  const damage = fc.record({
    at: fc.nat(),
    drop: fc.nat({ max: 5 }),
    insert: fc.uint8Array({ maxLength: 4 }),
    quote: fc.constantFrom('', '"', ',"', '""', '"\n', '\n,"'),
  });
  const lines = Array.from(
    { length: 9 },
    (_, n) => `${n},2021-01-0${n + 1},${n % 2 ? `"C,${n}"` : `C${n}é`},${n},1${n}.5\n`,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 8 }),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      chunk,
      async (victim, damages, chunkBytes) => {
        let bytes = Buffer.from(lines[victim] ?? '').subarray(0, -1);
        for (const { at, drop, insert, quote } of damages) {
          const from = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, from), insert, Buffer.from(quote), bytes.subarray(from + drop)]);
        }
        const parts = lines.map((line, n) =>
          n === victim ? Buffer.concat([bytes, Buffer.from('\n')]) : Buffer.from(line),
        );
        const content = Buffer.concat([Buffer.from(header), ...parts]);
        const source = await folder.scan(content, { chunkBytes });
        expect(source.recordCount).toBe(source.wellFormedCount + source.malformedCount);
        const whole = await folder.scan(content);
        expect(await malformedCells(source)).toEqual(await malformedCells(whole));
        const cells = await recordCells(source);
        expect(cells).toEqual(await recordCells(whole));
        const survivors = cells.map((row) => JSON.stringify(row));
        for (const n of lines.keys()) {
          const customer = n % 2 ? `C,${n}` : `C${n}é`;
          if (n !== victim)
            expect(survivors).toContain(JSON.stringify([`${n}`, `2021-01-0${n + 1}`, customer, `${n}`, `1${n}.5`]));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('rows and lines of the source are the same at any chunk size and record limit', async () => {
  await using folder = await makeFolder();
  const text = fc
    .array(
      fc.constantFrom(
        '0,d,c,1,1\n',
        '0,d,"c\nc",1,1\r\n',
        '\n',
        'short\r',
        `${'long'.repeat(30)}\n`,
        '"open,\n',
        `0,d,"${'y\n'.repeat(30)}",1,1\n`,
        'é',
        '"',
      ),
      {
        minLength: 1,
        maxLength: 30,
      },
    )
    .map((parts) => `${header}0,d,c,1,1\n${parts.join('')}`);
  await fc.assert(
    fc.asyncProperty(text, chunk, fc.integer({ min: 40, max: 100 }), async (content, chunkBytes, maxRecordBytes) => {
      const one = await folder.scan(content, { chunkBytes, maxRecordBytes });
      const two = await folder.scan(content, { maxRecordBytes });
      expect(await placedCells(one)).toEqual(await placedCells(two));
      expect(await malformedCells(one)).toEqual(await malformedCells(two));
    }),
    { numRuns: 50 },
  );
});
