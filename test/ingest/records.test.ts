import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { header, makeFolder, malformedCells, placedCells, recordCells, setAsideCells } from './support.ts';

const good = '0,2021-01-01,C1,1,10.00\n';

test('a plain file is read in place, at any chunk size', async () => {
  await using folder = await makeFolder();
  const text = `${header}${good}1,2021-01-02,"Smith, ""Jo""",2,5\n`;
  for (const chunkBytes of [1, 2, 7, 1 << 20]) {
    const source = await folder.scan(text, { chunkBytes });
    expect(source.records.path).toBe(source.path);
    expect(source.records).toMatchObject({ hasPosition: false, skipLines: 1, recordCount: 2 });
    expect(source.records.longestRecordBytes).toBe(32);
    expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(source).toMatchObject({ recordCount: 2, malformedCount: 0, blankCount: 0, warnings: [] });
    expect(await recordCells(source)).toEqual([
      ['0', '2021-01-01', 'C1', '1', '10.00'],
      ['1', '2021-01-02', 'Smith, "Jo"', '2', '5'],
    ]);
  }
});

test('[C01] a byte order mark before a plain and before a quoted first header leaves the header clean', async () => {
  await using folder = await makeFolder();
  for (const first of ['', 'Unnamed: 0', '"Unnamed: 0"', '"Unnamed:\n0"']) {
    const source = await folder.scan(`\ufeff${first},Date,Customer ID,Order ID,Sales\n${good}`);
    expect(source.hasByteOrderMark).toBe(true);
    expect(source.columns[0]).toBe(first.replaceAll('"', ''));
    expect(await recordCells(source)).toEqual([['0', '2021-01-01', 'C1', '1', '10.00']]);
  }
});

test('[C05] invalid UTF-8 rejects its own row only', async () => {
  await using folder = await makeFolder();
  for (const chunkBytes of [3, 1 << 20]) {
    const text = `${header}${good}1,2021-01-02,M\xfcller,2,5\n2,2021-01-03,M\xc3\xbcller,3,7\n`;
    const source = await folder.scan(Buffer.from(text, 'latin1'), { chunkBytes });
    expect(source).toMatchObject({ encoding: 'utf-8', invalidUtf8Count: 1 });
    expect(await malformedCells(source)).toEqual([['2', '3', 'invalid UTF-8', '1,2021-01-02,M\ufffdller,2,5']]);
    expect((await placedCells(source)).map((row) => row.slice(0, 3))).toEqual([
      ['1', '2', '0'],
      ['3', '4', '2'],
    ]);
    expect(source.warnings.join()).toContain('windows-1252');
  }
});

test('[C06] a NUL inside a field, quoted or not, and a line of NULs are rejected', async () => {
  await using folder = await makeFolder();
  const nuls = '\0'.repeat(40);
  const source = await folder.scan(`${header}${good}1,2021\0,C,2,5\n2,2021,"C\0",2,5\n${nuls}\n${good}`);
  expect(await malformedCells(source)).toEqual([
    ['2', '3', 'NUL byte', '1,2021\u2400,C,2,5'],
    ['3', '4', 'NUL byte', '2,2021,"C\u2400",2,5'],
    ['4', '5', 'NUL byte', '\u2400'.repeat(40)],
  ]);
  expect(source.wellFormedCount).toBe(2);
});

test('[C07] [C08] LF, CRLF, CR and mixed line ends give the same table, mixed ones with a warning', async () => {
  await using folder = await makeFolder();
  const lines = [header.trim(), '0,2021-01-01,"a,b",1,1', '1,2021-01-02,,2,2', '2,2021-01-03,"",3,3'];
  const expected = await recordCells(await folder.scan(`${lines.join('\n')}\n`));
  for (const [ending, name] of [
    ['\n', 'lf'],
    ['\r\n', 'crlf'],
    ['\r', 'cr'],
  ] as const) {
    for (const chunkBytes of [1, 5, 1 << 20]) {
      const source = await folder.scan(lines.join(ending) + ending, { chunkBytes });
      expect(source.lineEnding).toBe(name);
      expect(source.warnings).toEqual([]);
      expect(source.records.hasPosition).toBe(name !== 'lf');
      expect(await recordCells(source)).toEqual(expected);
    }
  }
  const [first, second, third, fourth] = lines;
  const mixed = await folder.scan(`${first}\r\n${second}\n${third}\r${fourth}\r\n`);
  expect(mixed.lineEnding).toBe('mixed');
  expect(mixed.warnings.join()).toContain('line endings');
  expect(await recordCells(mixed)).toEqual(expected);
});

test('[C09] newline kinds inside quoted fields are kept byte for byte', async () => {
  await using folder = await makeFolder();
  const value = 'a\nb\r\nc\rd\r\r\n"\n';
  for (const ending of ['\n', '\r\n']) {
    for (const chunkBytes of [1, 2, 3, 1 << 20]) {
      const record = `0,2021-01-01,"${value.replaceAll('"', '""')}",1,1`;
      const text = `${header.trim()}${ending}${record}${ending}1,2021-01-02,C2,2,2${ending}`;
      const source = await folder.scan(text, { chunkBytes });
      expect(source.lineEnding).toBe(ending === '\n' ? 'lf' : 'crlf');
      expect(await placedCells(source)).toEqual([
        ['1', '2', '0', '2021-01-01', value, '1', '1'],
        ['2', '9', '1', '2021-01-02', 'C2', '2', '2'],
      ]);
    }
  }
});

test('[C10] no final newline, a double one, trailing blanks: no row more, no row less', async () => {
  await using folder = await makeFolder();
  for (const [tail, blankCount] of [
    ['', 0],
    ['\n', 0],
    ['\n\n', 1],
    ['\r\n\r\n', 1],
    ['\n   \n\n', 2],
    ['\n \t', 1],
  ] as const) {
    const source = await folder.scan(`${header}0,2021-01-01,C1,1,10.00${tail}`);
    expect(source).toMatchObject({ recordCount: 1, blankCount, endsWithNewline: /\n$/.test(tail) });
    expect(await recordCells(source)).toEqual([['0', '2021-01-01', 'C1', '1', '10.00']]);
  }
});

test('[C11] a file cut in the middle of a number is loaded with a warning', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}${good}1,2021-01-02,C2,2,12`);
  expect(source.endsWithNewline).toBe(false);
  expect(source.warnings.join()).toContain('no newline at the end');
  expect(source.recordCount).toBe(2);
});

test('[C14] overlong forms and surrogates are rejected, noncharacters and the last code point kept', async () => {
  await using folder = await makeFolder();
  const kept = '\uffff\u{10ffff}\ufdd0\u2028\u0085';
  const line = (bytes: number[]): Buffer =>
    Buffer.concat([Buffer.from('0,d,'), Buffer.from(bytes), Buffer.from(',1,1\n')]);
  const source = await folder.scan(
    Buffer.concat([
      Buffer.from(header),
      line([0xc0, 0xaf]),
      line([0xed, 0xa0, 0x80]),
      Buffer.from(`0,d,${kept},1,1\n`),
    ]),
  );
  expect(source.malformedCount).toBe(2);
  expect(await recordCells(source)).toEqual([['0', 'd', kept, '1', '1']]);
});

test('[C16] unquoted thousands separator is rejected', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(
    'Date,Customer ID,Order ID,Sales,Note\n2021-01-01,C1,1,1,234.50,\n2021-01-01,C1,1,1234.50,\n',
  );
  expect(await malformedCells(source)).toEqual([['1', '2', '6 fields, expected 5', '2021-01-01,C1,1,1,234.50,']]);
  expect(source.wellFormedCount).toBe(1);
});

test('[C17] empty trailing fields on a row are rejected, and accepted where the header has them too', async () => {
  await using folder = await makeFolder();
  const some = await folder.scan(`${header}${good}1,2021-01-02,C2,2,5,\n1,2021-01-02,C2,2,5,,,\n`);
  expect((await malformedCells(some)).map((row) => row[2])).toEqual(['6 fields, expected 5', '8 fields, expected 5']);
  const all = await folder.scan('Date,Customer ID,Order ID,Sales,,\n2021-01-01,C1,1,2,,\n');
  expect(all).toMatchObject({ malformedCount: 0, wellFormedCount: 1 });
  expect(await recordCells(all, ['sales_text'])).toEqual([['2']]);
});

test('[C18] [C19] one field more and one field less are rejected with both counts', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}1,2021-01-02,C2,2,5,x\n2,2021-01-02,C2,2\n\nsingle\n${good}`);
  expect(await malformedCells(source)).toEqual([
    ['1', '2', '6 fields, expected 5', '1,2021-01-02,C2,2,5,x'],
    ['2', '3', '4 fields, expected 5', '2,2021-01-02,C2,2'],
    ['3', '5', '1 field, expected 5', 'single'],
  ]);
  expect(await placedCells(source)).toEqual([['4', '6', '0', '2021-01-01', 'C1', '1', '10.00']]);
});

test('[C20] rows that gain a column from row 101 on are rejected from there, the rows before are kept', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(header + good.repeat(100) + good.replace('\n', ',x\n').repeat(50));
  expect(source).toMatchObject({ wellFormedCount: 100, malformedCount: 50 });
  expect((await malformedCells(source))[0]?.slice(0, 3)).toEqual(['101', '102', '6 fields, expected 5']);
  expect(await recordCells(source)).toHaveLength(100);
});

test('[C21] an unterminated quote in the header fails the file', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(`,"Date,Customer ID,Order ID,Sales\n${good}`);
  expect(error.message).toMatch(/unterminated quote in the header: orders0\.csv, line 1/);
  expect((await folder.scanError(`,"Date,Customer ID,Order ID,Sales\n1,"2",3\n`)).message).toContain('in the header');
});

test('[C22] an unterminated quote with later quotes costs one row', async () => {
  await using folder = await makeFolder();
  for (const chunkBytes of [1, 4, 1 << 20]) {
    const source = await folder.scan(
      `${header}0,2021-01-01,"C1,1,1\n${good}1,2021-01-02,"C,2",2,2\n2,2021-01-03,"multi\nline",3,3\n`,
      { chunkBytes },
    );
    expect(await malformedCells(source)).toEqual([['1', '2', 'text after a closing quote', '0,2021-01-01,"C1,1,1']]);
    expect((await placedCells(source)).map((row) => [row[0], row[1], row[4]])).toEqual([
      ['2', '3', 'C1'],
      ['3', '4', 'C,2'],
      ['4', '5', 'multi\nline'],
    ]);
  }
});

test('a rejected line that ends in CRLF is one line, wherever the chunks are cut', async () => {
  await using folder = await makeFolder();
  for (const chunkBytes of [1, 2, 3]) {
    const source = await folder.scan(`${header}${'x"\r\n'.repeat(2000)}${good}`, { chunkBytes });
    expect(source).toMatchObject({ malformedCount: 2000, blankCount: 0, lineEnding: 'mixed' });
    expect((await placedCells(source))[0]?.slice(0, 2)).toEqual(['2001', '2002']);
  }
});

test('[C23] an unterminated quote without a later one costs its line, not the rest of the file', async () => {
  await using folder = await makeFolder();
  for (const chunkBytes of [1, 64, 1 << 20]) {
    const source = await folder.scan(`${header}0,2021-01-01,"C1,1,1\n${good.repeat(300)}`, { chunkBytes });
    expect(await malformedCells(source)).toEqual([['1', '2', 'unterminated quote', '0,2021-01-01,"C1,1,1']]);
    expect(await recordCells(source)).toHaveLength(300);
  }
});

test('unterminated quotes do not make the time quadratic nor the memory large', async () => {
  await using folder = await makeFolder();
  const filler = good.repeat(3000);
  const source = await folder.scan(header + `9,"open\n${filler}`.repeat(200));
  expect(source).toMatchObject({ malformedCount: 200, wellFormedCount: 600_000 });
  const details = new Set((await malformedCells(source)).map((row) => row[2]));
  expect(details).toEqual(new Set(['text after a closing quote', 'unterminated quote']));
});

test('[C24] [C25] stray and backslash-escaped quotes are rejected with the reason', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(
    `${header}0,d,24" monitor,1,1\n0,d, "x",1,1\n0,d,"x" ,1,1\n0,d,"a\\"b",1,1\n${good}`,
  );
  expect((await malformedCells(source)).map((row) => row[2])).toEqual([
    'stray quote in an unquoted field',
    'stray quote in an unquoted field',
    'text after a closing quote',
    'text after a closing quote',
  ]);
  expect(source.wellFormedCount).toBe(1);
});

test('[C27] a footer of another shape is damaged and known as a footer', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}${good}Total,,11\n`);
  expect(await malformedCells(source)).toEqual([['2', '3', '3 fields, expected 5', 'Total,,11']]);
  expect(await setAsideCells(source)).toEqual([['2', 'FOOTER', 'a line below the table']]);
});

test('[C28] blank lines and lines of only delimiters are counted as blank, not as records', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`\n\r\n${header},,,,\n\n , ,,, \n,,\n${good}`);
  expect(source).toMatchObject({ recordCount: 1, blankCount: 6 });
  expect(await placedCells(source)).toEqual([['1', '8', '0', '2021-01-01', 'C1', '1', '10.00']]);
});

test('[C29] a record up to the limit is loaded, a longer one rejected, and the lines after it kept', async () => {
  await using folder = await makeFolder();
  const record = (length: number): string => `0,2021-01-01,${'x'.repeat(length - 17)},1,1`;
  for (const chunkBytes of [61, 1000, 1 << 20]) {
    for (const ending of ['\n', '\r\n', '\r']) {
      const text = [header.trim(), record(5000), record(5001), record(40_000), record(4999), ''].join(ending);
      const source = await folder.scan(text, { chunkBytes, maxRecordBytes: 5000 });
      expect((await placedCells(source)).map((row) => [row[0], row[1], row[4]?.length])).toEqual([
        ['1', '2', 4983],
        ['4', '5', 4982],
      ]);
      expect(source.blankCount).toBe(0);
      expect(await malformedCells(source)).toEqual([
        ['2', '3', 'record longer than 5,000 bytes', record(5001).slice(0, 5000)],
        ['3', '4', 'record longer than 5,000 bytes', record(40_000).slice(0, 5000)],
      ]);
    }
  }
  const big = await folder.scan(`${header}0,d,${'x'.repeat(3_000_000)},1,1\n1,d,"${'y\n'.repeat(400_000)}",1,1\n`);
  expect(big).toMatchObject({ malformedCount: 1, wellFormedCount: 1 });
  expect((await recordCells(big))[0]?.[2]).toHaveLength(800_000);
});

test('[C29] a quoted field that does not close within the limit costs its first line', async () => {
  await using folder = await makeFolder();
  for (const chunkBytes of [1, 50, 1 << 20]) {
    const source = await folder.scan(`${header}0,d,"${`${'x'.repeat(48)},\n`.repeat(10)}",1,1\n${good}`, {
      chunkBytes,
      maxRecordBytes: 300,
    });
    const malformed = await malformedCells(source);
    expect(malformed[0]?.[2]).toBe('unterminated quote: not closed within 300 bytes');
    expect(source).toMatchObject({ malformedCount: 11, wellFormedCount: 1 });
  }
});

test('[C30] a final record longer than the buffers is present', async () => {
  await using folder = await makeFolder();
  const long = 'z'.repeat(900_000);
  const source = await folder.scan(`${header}${good.repeat(10)}1,d,${long},1,1`, { chunkBytes: 65_536 });
  expect((await recordCells(source)).at(-1)).toEqual(['1', 'd', long, '1', '1']);
});

test('quoted records of several lines across the boundaries of chunks of 1 MiB are read as they are', async () => {
  await using folder = await makeFolder();
  const lines: string[] = [];
  for (let row = 0; row < 70_000; row++) lines.push(`${row},2021-01-01,"${'a\r\n""b'.repeat(row % 13)}",${row},"1\n0"`);
  const text = `${header}${lines.join('\n')}\n`;
  expect(text.length).toBeGreaterThan(4 * 2 ** 20);
  const source = await folder.scan(text);
  const small = await folder.scan(text, { chunkBytes: 4093 });
  expect({ ...source, path: '', origin: '', name: '', identity: '', records: '' }).toEqual({
    ...small,
    path: '',
    origin: '',
    name: '',
    identity: '',
    records: '',
  });
  const cells = await placedCells(source);
  expect(cells).toEqual(await placedCells(small));
  let line = 2;
  for (let row = 0; row < lines.length; row++) {
    const value = 'a\r\n"b'.repeat(row % 13);
    expect(cells[row]).toEqual([`${row + 1}`, `${line}`, `${row}`, '2021-01-01', value, `${row}`, '1\n0']);
    line += (row % 13) + 2;
  }
});

test('canonical files are private and are removed when the scan fails', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}\n${good}x\n`);
  for (const file of [source.records, source.malformed]) {
    expect(file && (await stat(file.path)).mode & 0o777).toBe(0o600);
  }
  const { readdir, mkdir } = await import('node:fs/promises');
  const tempDir = `${folder.path}/empty`;
  await mkdir(tempDir);
  await folder.scanError(`${header}\n\n`, { tempDir });
  expect(await readdir(tempDir)).toEqual([]);
});
