import { expect, test } from 'vitest';
import { isSameCurrency } from '../../src/ingest/record-reader.ts';
import { makeFolder, readValues, setAsideCells } from './support.ts';

const named = (currencies: readonly string[]): string =>
  `Date,Customer ID,Order ID,Sales,Currency\n${currencies.map((currency, at) => `2021-01-01,C1,${at + 1},10.50,${currency}\n`).join('')}`;
const written = (amounts: readonly string[]): string =>
  `Date,Customer ID,Order ID,Sales\n${amounts.map((amount, at) => `2021-01-01,C1,${at + 1},"${amount}"\n`).join('')}`;

test('[C50] several currencies in one file are an error that lists them with counts and first records', async () => {
  await using folder = await makeFolder();
  const byColumn = await folder.scanError(named(['EUR', 'USD', 'eur', 'EUR', '']));
  expect(byColumn.message).toMatch(/^orders0\.csv has amounts in 2 currencies/);
  expect(byColumn.remedy).toEqual([
    'EUR: 3 records, the first is record 1',
    'USD: 1 record, the first is record 2',
    'Keep one, for example --currency EUR; the others are set aside and counted.',
  ]);
  const bySign = await folder.scanError(written(['€5.00', '5.00 €', '£7.50', '$3']));
  expect(bySign.remedy.slice(0, 3)).toEqual([
    'EUR: 2 records, the first is record 1',
    'GBP: 1 record, the first is record 3',
    '$: 1 record, the first is record 4',
  ]);
});

test('[C50] one currency, as a sign, a code or a column, is taken off the amounts and named', async () => {
  await using folder = await makeFolder();
  for (const [text, currency] of [
    [named(['EUR', 'eur', '']), 'EUR'],
    [written(['10.50 USD', 'USD 10.50', '10.50']), 'USD'],
    [written(['€10.50', '10.50€', '10.50']), 'EUR'],
    [written(['$10.50', '10.50', '$10.50']), undefined],
  ] as const) {
    const source = await folder.scan(text);
    expect(source.understanding.currency).toBe(currency);
    expect((await readValues(source)).map(({ amount }) => amount)).toEqual(['10.50', '10.50', '10.50']);
    expect(await setAsideCells(source)).toEqual([]);
  }
});

test('--currency keeps one and sets the others aside by name; records without a currency are kept', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(named(['EUR', 'USD', '', 'GBP']), { currency: 'EUR' });
  expect(source.understanding.currency).toBe('EUR');
  expect(await setAsideCells(source)).toEqual([
    ['2', 'OTHER_CURRENCY', 'the amount is in USD, not in EUR'],
    ['4', 'OTHER_CURRENCY', 'the amount is in GBP, not in EUR'],
  ]);
});

test('--currency takes a sign that several currencies share for the one that is wanted', async () => {
  await using folder = await makeFolder();
  const dollars = await folder.scan(written(['$5', '5 USD', 'US$5', 'A$5', '€5']), { currency: 'USD' });
  expect((await setAsideCells(dollars)).map((row) => row[0])).toEqual(['4', '5']);
  const crowns = await folder.scan(written(['5 kr', 'SEK 5', 'NOK 5']), { currency: 'SEK' });
  expect((await setAsideCells(crowns)).map((row) => row[0])).toEqual(['3']);
  expect(isSameCurrency('$', 'EUR')).toBe(false);
  expect(isSameCurrency('kr', 'NOK')).toBe(true);
});

test('the remedy never suggests a sign, which --currency does not take', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(written(['$5', '$6', '7 CAD']));
  expect(error.remedy.at(-1)).toContain('--currency CAD');
  expect((await folder.scanError(written(['$5', '¥6']))).remedy.at(-1)).toMatch(/--currency [A-Z]{3};/);
});

test('currencies of records that are no orders ask no question', async () => {
  await using folder = await makeFolder();
  const text =
    'Date,Customer,Order,Amount,Currency,Status\n2021-01-01,C1,1,10,EUR,paid\n2021-01-01,C1,2,10,USD,cancelled\n';
  expect((await folder.scan(text)).understanding.currency).toBe('EUR');
});
