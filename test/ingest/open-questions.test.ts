import { expect, test } from 'vitest';
import { makeFolder, readValues } from './support.ts';

const dated = (dates: readonly string[]): string =>
  `Date,Customer ID,Order ID,Sales\n${dates.map((date, at) => `"${date}",C1,${at + 1},10\n`).join('')}`;

test('[C57] dates whose days are all up to 12 are refused with both formats as the way out', async () => {
  await using folder = await makeFolder();
  for (const dates of [['01/02/2024'], ['01/02/2024', '03/03/2024', '12/11/2024'], ['1.2.24'], ['01-02-2024 10:00']]) {
    const error = await folder.scanError(dated(dates));
    expect(error.message).toMatch(/^orders\d\.csv: it cannot be decided how the dates in Date are written/);
    expect(error.message).toContain(dates[0]);
    expect(error.remedy.join(' ')).toMatch(/--date-format DD\/MM\/YYYY .* --date-format MM\/DD\/YYYY/);
    expect(error.exitCode).toBe(2);
  }
});

test('[C57] a declared format answers; a date that needs no answer asks none', async () => {
  await using folder = await makeFolder();
  const text = dated(['01/02/2024', '03/04/2024']);
  for (const [dateFormat, expected] of [
    ['DD/MM/YYYY', ['2024-02-01', '2024-04-03']],
    ['day-first', ['2024-02-01', '2024-04-03']],
    ['MM/DD/YYYY', ['2024-01-02', '2024-03-04']],
    ['month-first', ['2024-01-02', '2024-03-04']],
  ] as const) {
    expect((await readValues(await folder.scan(text, { dateFormat }))).map(({ date }) => date)).toEqual(expected);
  }
  const proven = await folder.scan(dated(['01/02/2024', '25/09/2024']));
  expect((await readValues(proven)).map(({ date }) => date)).toEqual(['2024-02-01', '2024-09-25']);
  expect(proven.understanding.dates.evidence).toContain('25/09/2024');
  const same = await folder.scan(dated(['01/01/2024', '05/05/2024']));
  expect((await readValues(same)).map(({ date }) => date)).toEqual(['2024-01-01', '2024-05-05']);
});

test('[C58] a column that mixes both orders is refused with examples of each; declared, the others are rejected by row', async () => {
  await using folder = await makeFolder();
  const text = dated(['25/09/2024', '9/26/2024', '01/02/2024', '9/27/2024']);
  const error = await folder.scanError(text);
  expect(error.message).toMatch(/^orders0\.csv mixes two ways to write dates in Date/);
  expect(error.message).toContain('25/09/2024');
  expect(error.message).toContain('9/26/2024');
  const values = await readValues(await folder.scan(text, { dateFormat: 'month-first' }));
  expect(values.map(({ date }) => date)).toEqual(['', '2024-09-26', '2024-01-02', '2024-09-27']);
  expect(values[0]?.dateProblem).toContain('25/09/2024');
});

test('a known platform adds how it usually writes dates', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(
    'Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Order Value,Order Total,Currency,Status\n05/06/24,1,b,n,1,10,10,EUR,\n',
  );
  expect(error.remedy.join(' ')).toMatch(/Etsy.* usually writes the (day|month) first/);
});

test('a declared format holds for files in year-month-day too: the door does not read past it', async () => {
  await using folder = await makeFolder();
  const text = dated(['2024-01-02', '2024-03-04']);
  expect((await readValues(await folder.scan(text, { dateFormat: 'iso' }))).map(({ date }) => date)).toEqual([
    '2024-01-02',
    '2024-03-04',
  ]);
  const other = await readValues(await folder.scan(text, { dateFormat: 'DD/MM/YYYY' }));
  expect(other.map(({ date }) => date)).toEqual(['', '']);
  expect(other[0]?.dateProblem).toContain('DD/MM/YYYY');
});

test('one date that could be read both ways among many that are clear is refused by row, without a question', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(dated(['2024-09-25', '2024-09-26', '2024-09-27', '01/02/2024']));
  const values = await readValues(source);
  expect(values.map(({ date }) => date)).toEqual(['2024-09-25', '2024-09-26', '2024-09-27', '']);
  expect(values[3]?.dateProblem).toContain('could be 1 February or 2 January');
});
