import { expect, test } from 'vitest';
import { DELIMITERS, findTable } from '../../src/ingest/find-table.ts';
import { header, makeFolder, malformedCells, placedCells, recordCells } from './support.ts';

const columns = ['Date', 'Customer ID', 'Order ID', 'Sales'];
const rows = '2021-01-01,C1,1,10.00\n2021-01-02,C2,2,5.50\n';
const texts = ['order_date_text', 'customer_id_text', 'order_id_text', 'sales_text'] as const;

test('[C27] the header is found below 1 to 40 lines of notes, whose lines are counted and reported', async () => {
  await using folder = await makeFolder();
  for (const count of [1, 2, 3, 7, 40]) {
    for (const note of ['Orders of our shop', 'Period: 2021-01-01, all channels', '"Report, ""final"""', 'a;b|c']) {
      const source = await folder.scan(`${`${note}\n`.repeat(count)}${columns}\n${rows}`);
      expect(source).toMatchObject({ headerLine: count + 1, recordCount: 2, malformedCount: 0 });
      expect(source.preamble).toEqual(Array(count).fill(note));
      expect(source.warnings.join()).toContain(`passed over ${count} line${count === 1 ? '' : 's'} above the header`);
      expect((await placedCells(source, texts)).map((row) => row.slice(0, 3))).toEqual([
        ['1', `${count + 2}`, '2021-01-01'],
        ['2', `${count + 3}`, '2021-01-02'],
      ]);
    }
  }
});

test('[C27] notes, blank lines and any line ends above a header in another dialect', async () => {
  await using folder = await makeFolder();
  for (const ending of ['\n', '\r\n', '\r']) {
    for (const delimiter of DELIMITERS) {
      const lines = ['Shop export', '', 'created by somebody', '', columns.join(delimiter)];
      const table = rows.trim().replaceAll(',', delimiter).replaceAll('\n', ending);
      const source = await folder.scan(`${lines.join(ending)}${ending}${table}${ending}`);
      expect(source).toMatchObject({ delimiter, headerLine: 5, blankCount: 2, recordCount: 2 });
      expect(source.preamble).toEqual(['Shop export', 'created by somebody']);
      expect((await placedCells(source, texts))[1]).toEqual(['2', '7', '2021-01-02', 'C2', '2', '5.50']);
    }
  }
});

test('a line "sep=" decides the delimiter and is no record', async () => {
  await using folder = await makeFolder();
  for (const [line, delimiter] of [
    ['sep=;', ';'],
    ['"sep=|"', '|'],
    ['SEP=^', '^'],
    ['sep=\t', '\t'],
  ] as const) {
    const source = await folder.scan(`${line}\r\n${columns.join(delimiter)}\r\n${rows.replaceAll(',', delimiter)}`);
    expect(source).toMatchObject({ delimiter, headerLine: 2, recordCount: 2, malformedCount: 0 });
    expect(await recordCells(source, texts)).toEqual([
      ['2021-01-01', 'C1', '1', '10.00'],
      ['2021-01-02', 'C2', '2', '5.50'],
    ]);
  }
});

test('a line "sep=" is not taken for the header of a file that has none', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError('sep=;\nfoo;bar\n1;2\n');
  expect(error.message).toMatch(/^missing columns .*; found "foo", "bar" in/);
});

test('a header cell of several lines keeps the lines of the records right', async () => {
  await using folder = await makeFolder();
  for (const preamble of ['', 'Note\n']) {
    const source = await folder.scan(
      `${preamble}Date,"Customer\nID",Order ID,Sales,"Long\n\nname"\n2021-01-01,C1,1,10,x\n`,
    );
    const line = preamble === '' ? 5 : 6;
    expect(source.columns[4]).toBe('Long\n\nname');
    expect(await placedCells(source, texts)).toEqual([['1', `${line}`, '2021-01-01', 'C1', '1', '10']]);
  }
});

test('a declared delimiter is taken, also where the header would be found with another', async () => {
  await using folder = await makeFolder();
  const text = `${columns.join(';')};a,b\n2021-01-01;C1;1;10;x,y\n`;
  expect(await folder.scan(text, { delimiter: ';' })).toMatchObject({ delimiter: ';', recordCount: 1 });
  expect((await folder.scanError(text, { delimiter: '\t' })).message).toMatch(/^missing column/);
  const odd = await folder.scan(text.replaceAll(';', '#'), { delimiter: '#' });
  expect(await recordCells(odd, texts)).toEqual([['2021-01-01', 'C1', '1', '10']]);
});

test('columns that only the user can name are found with --map, below notes as well', async () => {
  await using folder = await makeFolder();
  const map = { date: 'when', customer: 'who', order: 'which', amount: 'much' };
  const source = await folder.scan('My list\n\nwhen;who;which;much\n2021-01-01;C1;1;10\n', { map });
  expect(source).toMatchObject({ headerLine: 3, delimiter: ';' });
  expect(await recordCells(source, texts)).toEqual([['2021-01-01', 'C1', '1', '10']]);
  const wrong = await folder.scanError('when;who;which;much\n2021-01-01;C1;1;10\n', {
    map: { ...map, amount: 'mutch' },
  });
  expect(wrong.message).toMatch(/mutch.* in orders\d\.csv/);
});

test('[C37] without a header no order is taken for one, whatever stands above', async () => {
  await using folder = await makeFolder();
  for (const text of [rows, `\n${rows}`, rows.replaceAll(',', ';'), `"${rows.trim().replaceAll(',', '","')}"\n`]) {
    expect((await folder.scanError(text)).message).toMatch(/^no header row: the first line looks like data/);
  }
  expect((await folder.scanError(`Orders\n${rows}`)).message).toMatch(/^missing columns/);
});

test('[C27] a second table below, of other columns, is no order', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}0,2021-01-01,C1,1,10.00\n\nChannel,Orders\nweb,1\n`);
  expect(source).toMatchObject({ wellFormedCount: 1, malformedCount: 2 });
  expect((await malformedCells(source)).map((row) => row[3])).toEqual(['Channel,Orders', 'web,1']);
});

test('the head of a file without any header is looked through quickly', () => {
  const wide = `${Array.from({ length: 3000 }, (_, at) => `some name ${at}`).join(',')}\n`;
  const start = performance.now();
  expect(findTable(wide, undefined, undefined).headerLine).toBe(1);
  expect(findTable(`${'x,y;z|'.repeat(60)}\n`.repeat(60), undefined, undefined).headerLine).toBe(1);
  expect(performance.now() - start).toBeLessThan(5000);
});
