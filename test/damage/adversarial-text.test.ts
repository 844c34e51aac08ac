import { describe, expect, test } from 'vitest';
import { emailOf } from '../../src/export/campaigns/email-address.ts';
import { columnKey, foldedKey, valueKey } from '../../src/ingest/mapping/column-name.ts';
import { targetByWords, wordsOf } from '../../src/ingest/mapping/name-words.ts';
import { splitAmount } from '../../src/ingest/values/amount-cell.ts';
import { currencyOf } from '../../src/ingest/values/currency.ts';
import { dateCell } from '../../src/ingest/values/date-cell.ts';
import { parseDecimal } from '../../src/ingest/values/decimal.ts';
import { markEvidence, numberWithMark, simpleNumber } from '../../src/ingest/values/grouped-number.ts';
import { isPlainAmount, readAmount } from '../../src/ingest/values/read-amount.ts';
import { readTimeOfDay } from '../../src/ingest/values/time-of-day.ts';
import { zoneFromName } from '../../src/ingest/values/zone-names.ts';

/** All that reads a cell or a name of a column by its letters. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  emailOf,
  columnKey,
  foldedKey,
  valueKey,
  wordsOf,
  targetByWords,
  splitAmount,
  currencyOf,
  dateCell,
  parseDecimal,
  simpleNumber,
  zoneFromName,
  isPlainAmount,
  markEvidence,
  withPoint: (text) => numberWithMark(text, '.'),
  withComma: (text) => numberWithMark(text, ','),
  readAmount: (text) => readAmount(text, { decimalMark: '.', isMixed: false }),
  readTimeOfDay: (text) => readTimeOfDay(text, 0),
};

/** What makes a careless pattern try again and again: long runs, repeated groups, an end that does not fit. */
const pieces = (length: number): readonly string[] => {
  const filled = (piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  return [
    `${filled(' ')}x`,
    `x${filled(' ')}x`,
    `${filled('\t \r\n')}x`,
    `${filled('1')}x`,
    `1${filled(',000')}x`,
    `1${filled('.000')},`,
    `${filled('1,')}`,
    `${filled('a@')}`,
    `a@${filled('a-')}`,
    `a@${filled('a.')}`,
    `${filled('a.')}@b`,
    `${filled('2024-01-05 ')}!`,
    `${filled('00:')}`,
    `${filled('((')}1`,
    `$${filled('-')}1`,
    `${filled("'")}1`,
    `${filled('aA')}_`,
    `${filled('_-')}`,
    `${filled('\u00a0')}1 €x`,
    `${filled('e\u0301')}`,
  ];
};

describe.each(Object.entries(READERS))('[S27] %s takes time in proportion to the length of a text', (_name, read) => {
  test('a megabyte that a careless pattern would try for minutes is read at once', () => {
    for (const text of pieces(1_000_000)) {
      const start = performance.now();
      read(text);
      expect(performance.now() - start, JSON.stringify(text.slice(0, 12))).toBeLessThan(1_000);
    }
  });
});
