import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CsvFile } from '../../src/engines/csv-file.ts';
import type { ResultSet } from '../../src/engines/result-set.ts';
import { makeEngine, openWorkspace } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Reads an approved file as the engine sees it. */
async function staged(path: string, text: string, file: Partial<CsvFile> = {}): Promise<ResultSet> {
  writeFileSync(path, text);
  const workspace = await openWorkspace(makeEngine(temporaryFolder()));
  const relation = await workspace.stageCsv({
    path,
    delimiter: ',',
    columns: ['c0', 'c1'],
    skipLines: 1,
    longestRecordBytes: 100,
    recordCount: 2,
    hasPosition: false,
    ...file,
  });
  return workspace.query(`select * from ${relation} as records order by record_no`);
}

const inFolder = (name = 'orders.csv') => join(temporaryFolder(), name);

describe('reading a file that the scanner has approved', () => {
  test('numbers the records from 1 and leaves every field text', async () => {
    const { columns, rows } = await staged(inFolder(), 'id,amount\n007,1e3\n008,2024-01-05\n');
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['record_no', 'integer'],
      ['c0', 'text'],
      ['c1', 'text'],
    ]);
    expect(rows).toEqual([
      [1, '007', '1e3'],
      [2, '008', '2024-01-05'],
    ]);
  });

  test('[C47] empty fields, quoted empty fields, NULL and NA are texts, not nulls', async () => {
    const { rows } = await staged(inFolder(), 'a,b\n,""\nNULL,NA\n');
    expect(rows).toEqual([
      [1, '', ''],
      [2, 'NULL', 'NA'],
    ]);
  });

  test('[C09] [C15] quoted delimiters, doubled quotes and newlines inside quotes are kept byte for byte', async () => {
    const { rows } = await staged(inFolder(), 'a,b\n"x,""y""","1\n2\r\n3"\n" s ",\u00e9\n');
    expect(rows).toEqual([
      [1, 'x,"y"', '1\n2\r\n3'],
      [2, ' s ', 'é'],
    ]);
  });

  test('another delimiter splits, and a comma does not', async () => {
    const { rows } = await staged(inFolder(), 'a;b\n1;2,5\n3;4\n', { delimiter: ';' });
    expect(rows).toEqual([
      [1, '1', '2,5'],
      [2, '3', '4'],
    ]);
  });

  test('[C29] [C30] a last record far longer than the default line limit arrives whole', async () => {
    const long = 'x'.repeat(3_000_000);
    const { rows } = await staged(inFolder(), `a,b\n1,2\n"${long}",end`, { longestRecordBytes: 3_000_010 });
    expect(rows.map((row) => [String(row[1]).length, row[2]])).toEqual([
      [1, '2'],
      [3_000_000, 'end'],
    ]);
  });

  test('a record with a field too many is an error, not a shifted value', async () => {
    await expect(staged(inFolder(), 'a,b\n1,1,234.50\n')).rejects.toThrow(
      /Expected Number of Columns: 2|extra data after last expected column/,
    );
  });

  test.each(['o[1].csv', 'o*.csv', 'o?.csv', "it's.csv", '{a,b}.csv', '-rf.csv', 'ü😀 x.csv', 'a\nb.csv', '#a%20.csv'])(
    '[S21] a file called %j is read itself, not what a pattern would match',
    async (name) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'o1.csv'), 'a,b\nwrong,wrong\n');
      writeFileSync(join(folder, 'other.csv'), 'a,b\nwrong,wrong\n');
      const { rows } = await staged(join(folder, name), 'a,b\n1,2\n');
      expect(rows).toEqual([[1, '1', '2']]);
    },
  );

  test('[S21] so is a file in a folder whose name looks like a pattern', async () => {
    const folder = temporaryFolder();
    for (const name of ['in[1]', 'in1', 'x*', 'xy']) await mkdir(join(folder, name));
    for (const name of ['in1', 'xy']) writeFileSync(join(folder, name, 'o.csv'), 'a,b\nwrong,wrong\n');
    for (const name of ['in[1]', 'x*']) {
      const { rows } = await staged(join(folder, name, 'o.csv'), 'a,b\n1,2\n');
      expect(rows).toEqual([[1, '1', '2']]);
    }
  });
});
