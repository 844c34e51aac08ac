import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScannedSource } from '../../src/ingest/scan-source.ts';
import { header, makeFolder, placedCells, readValues, recordCells, setAsideCells } from './support.ts';

type Way = 'in place' | 'copied' | 'by rules';

/** Which of the three ways a file went. */
function wayOf({ records, path, recordColumns }: ScannedSource): Way {
  if (records.path === path) return 'in place';
  return recordColumns.includes('sales_read') ? 'by rules' : 'copied';
}

const good = '0,2021-01-01,C1,1,10.00\n';

test.each<[string, string | Buffer, Way]>([
  ['plain', header + good, 'in place'],
  ['with a byte order mark', `\ufeff${header}${good}`, 'in place'],
  ['all cells quoted', `${header}"0","2021-01-01","C1","1","10.00"\n`, 'in place'],
  ['with semicolons', (header + good).replaceAll(',', ';'), 'in place'],
  ['in CRLF', (header + good).replaceAll('\n', '\r\n'), 'copied'],
  ['in CR', (header + good).replaceAll('\n', '\r'), 'copied'],
  ['compressed', gzipSync(header + good), 'copied'],
  ['with a blank line', `${header}\n${good}`, 'copied'],
  ['with a damaged line', `${header}${good}damaged\n`, 'copied'],
  ['with a cell of two lines', `${header}${good}1,2021-01-01,"C\n2",2,5\n`, 'copied'],
  ['below notes', `Orders\n${header}${good}`, 'copied'],
  ['with an amount of three decimals', `${header}${good}1,2021-01-01,C1,2,1.005\n`, 'by rules'],
  ['with an amount that has a sign', `${header}${good}1,2021-01-01,C1,2,$5\n`, 'by rules'],
  ['with a time', `${header}${good}1,2021-01-01 10:00,C1,2,5\n`, 'by rules'],
  ['with a date that is none', `${header}${good}1,,C1,2,5\n`, 'by rules'],
  ['in windows-1252', Buffer.from(`${header}0,2021-01-01,\xfc,1,10.00\n`, 'latin1'), 'by rules'],
  ['of e-mail addresses', 'Date,Email,Order ID,Sales\n2021-01-01,A@x.de,1,10.00\n', 'by rules'],
])('a file %s goes its way', async (_, content, way) => {
  await using folder = await makeFolder();
  const source = await folder.scan(content);
  expect(wayOf(source)).toBe(way);
  expect((await readValues(source))[0]).toMatchObject({ date: '2021-01-01', order: '1', amount: '10.00' });
  expect(source.understanding.dates.evidence).toMatch(/\d of \d cells are written year-month-day/);
  expect(source.understanding.dates.counts.iso).toBeGreaterThan(0);
  expect(source.understanding.amounts.decimalMark).toBe('.');
});

const cell = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('a', ',', ';', '"', ' ', '\u00a0', '\u3000', '\ufeff', 'é', '0', '\\', "'") }),
    fc.constantFrom('NULL', '00123', '1e5', '-', 'Total', '1.23E+11', '9007199254740993'),
  )
  .map((text) => text.replace(/[\r\n\0]/g, ''));
const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const amount = fc
  .tuple(fc.boolean(), fc.nat({ max: 10_000_000 }), fc.constantFrom('', '.5', '.05', '.00'))
  .map(([isNegative, whole, decimals]) => `${isNegative && whole > 0 ? '-' : ''}${whole}${decimals}`);
const rows = fc.array(fc.record({ day, customer: cell, order: cell, amount }), { minLength: 1, maxLength: 10 });

test('[C07] [C32] all three ways give the same dates, ids and amounts', async () => {
  await using folder = await makeFolder();
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 60 }), async (table, chunkBytes) => {
      const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const records = table.map(
        (row, at) => `${at},${row.day},${quoted(row.customer)},${quoted(row.order)},${row.amount}\n`,
      );
      const text = header + records.join('');
      const expected = table.map((row) => ({
        date: row.day,
        customer: row.customer,
        order: row.order,
        amount: row.amount,
      }));
      const check = async (content: string | Buffer, way: Way): Promise<void> => {
        const source = await folder.scan(content, { chunkBytes });
        expect(wayOf(source)).toBe(way);
        const values = (await readValues(source)).slice(0, table.length);
        expect(values.map(({ date, customer, order, amount }) => ({ date, customer, order, amount }))).toEqual(
          expected,
        );
        expect(values.every(({ dateProblem, amountProblem }) => dateProblem + amountProblem === '')).toBe(true);
      };
      await check(text, 'in place');
      await check(text.replaceAll('\n', '\r\n'), 'copied');
      await check(gzipSync(text), 'copied');
      await check(`${text}odd,2021-01-01,C,O,1.2345\n`, 'by rules');
      await check(`${text}odd,"01 Jan 2021 10:00",C,O,1\n`.replaceAll('\n', '\r\n'), 'by rules');
    }),
    { numRuns: 40 },
  );
});

test('rows, lines and texts of a file are the same whichever way it goes', async () => {
  await using folder = await makeFolder();
  const text = `${header}${good}1,2021-01-02,"a, ""b""",2,-5.50\n2,2021-01-03,,3,7\n`;
  const expected = await placedCells(await folder.scan(text));
  expect(expected).toHaveLength(3);
  for (const other of [text.replaceAll('\n', '\r\n'), `${text}x,y,z,1,2\n`]) {
    expect((await placedCells(await folder.scan(other))).slice(0, 3)).toEqual(expected);
  }
});

test('a copy of a file with semicolons keeps cells that hold commas, and footers below it are known', async () => {
  await using folder = await makeFolder();
  const text = 'Date;Customer ID;Order ID;Sales\r\n2021-01-01;Smith, Jo;"1;2";10.00\r\nTotal;10.00\r\n';
  const source = await folder.scan(text);
  expect(wayOf(source)).toBe('copied');
  expect((await recordCells(source)).map((row) => row.slice(1))).toEqual([['2021-01-01', 'Smith, Jo', '1;2', '10.00']]);
  expect(await setAsideCells(source)).toEqual([['2', 'FOOTER', 'a line below the table']]);
  expect(source).toMatchObject({ footerCount: 1, malformedCount: 1, lineEnding: 'crlf' });
});
