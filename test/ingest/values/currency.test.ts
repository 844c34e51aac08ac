import { expect, test } from 'vitest';
import { currencyOf } from '../../../src/ingest/values/currency.ts';
import { CURRENCY_CODES, CURRENCY_SIGNS } from '../../../src/ingest/values/currency-codes.ts';

test.each([
  ['usd', 'USD'],
  [' EUR ', 'EUR'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['৳', 'BDT'],
  ['₹', 'INR'],
  ['R$', 'BRL'],
  ['us$', 'USD'],
  ['Kč', 'CZK'],
  ['$', '$'],
  ['kr', 'kr'],
  ['¥', '¥'],
  ['₿', '₿'],
])('[C50] a cell %j names the currency %s', (text, currency) => {
  expect(currencyOf(text)).toBe(currency);
});

test.each(['', ' ', 'dollars', 'XXX', 'abc', 'US', '5', '$$'])('[C50] a cell %j names no currency', (text) => {
  expect(currencyOf(text)).toBeUndefined();
});

test('every sign stands for a known code, and every code is three capitals', () => {
  for (const codes of CURRENCY_SIGNS.values())
    for (const code of codes.split(' ')) expect(CURRENCY_CODES).toContain(code);
  for (const code of CURRENCY_CODES) expect(code).toMatch(/^[A-Z]{3}$/);
  expect(CURRENCY_CODES.size).toBeGreaterThan(150);
});
