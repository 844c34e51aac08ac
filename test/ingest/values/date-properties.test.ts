import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DateEvidence } from '../../../src/ingest/values/date-evidence.ts';
import { compileDateFormat } from '../../../src/ingest/values/date-format.ts';
import { dateRules, readDate } from '../../../src/ingest/values/read-date.ts';
import { ShopZone } from '../../../src/ingest/values/shop-zone.ts';

const utc = new ShopZone('UTC');
const days = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2100, 11, 31) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const times = fc.constantFrom('', ' 00:00', 'T23:59:59', ' 12:38:23 AM', ', 11:05 p.m.', ' 23:59:59.999');

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

function partsOf(iso: string): Parts {
  return { year: iso.slice(0, 4), month: iso.slice(5, 7), day: iso.slice(8) };
}

function monthName(month: string, locale: string, style: 'long' | 'short'): string {
  const name = new Intl.DateTimeFormat(locale, { day: 'numeric', month: style, timeZone: 'UTC' })
    .formatToParts(Date.UTC(2024, Number(month) - 1, 1))
    .find((part) => part.type === 'month');
  return name?.value ?? '';
}

const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'da', 'pl'];

/** A way to write a date, and the format that a user would declare for it; without one nothing needs to be declared. */
const WRITINGS: readonly { readonly format?: string; readonly write: (parts: Parts) => string }[] = [
  { write: ({ year, month, day }) => `${year}-${month}-${day}` },
  { write: ({ year, month, day }) => `${year}/${Number(month)}/${Number(day)}` },
  { write: ({ year, month, day }) => `${day} ${monthName(month, 'en', 'short')} ${year}` },
  { write: ({ year, month, day }) => `${monthName(month, 'en', 'long')} ${Number(day)}, ${year}` },
  { write: ({ year, month, day }) => `${monthName(month, 'en', 'short')}-${day}-${year}` },
  ...LOCALES.flatMap((locale) =>
    (['long', 'short'] as const).map((style) => ({
      write: ({ year, month, day }: Parts) => `${Number(day)}. ${monthName(month, locale, style)} ${year}`,
    })),
  ),
  { format: 'day-first', write: ({ year, month, day }) => `${day}/${month}/${year}` },
  { format: 'day-first', write: ({ year, month, day }) => `${Number(day)}.${Number(month)}.${year}` },
  { format: 'month-first', write: ({ year, month, day }) => `${Number(month)}/${day}/${year}` },
  { format: 'DD-MM-YYYY', write: ({ year, month, day }) => `${day}-${month}-${year}` },
  { format: 'YYYY/DD/MM', write: ({ year, month, day }) => `${year}/${day}/${month}` },
  { format: 'D MMMM YYYY', write: ({ year, month, day }) => `${day} ${monthName(month, 'pl', 'long')} ${year}` },
  { format: 'yyyymmdd', write: ({ year, month, day }) => `${year}${month}${day}` },
  { format: 'YYYYMMDD', write: ({ year, month, day }) => `${year}${month}${day}` },
  { format: 'DDMMYYYY', write: ({ year, month, day }) => `${day}${month}${year}` },
];

test.each(WRITINGS.map((writing, index) => [`${index} ${writing.write(partsOf('2026-03-05'))}`, writing] as const))(
  '[C63] a date written as %s is read back as itself, with or without a time',
  (_, { format, write }) => {
    fc.assert(
      fc.property(days, times, (day, time) => {
        const text = write(partsOf(day)) + (/^\w{8}$/.test(write(partsOf(day))) ? time.replace('T', ' ') : time);
        const style = new DateEvidence().decide(format === undefined ? undefined : compileDateFormat(format));
        expect({ text, ...readDate(text, dateRules(style, utc)) }).toEqual({ text, date: day });
      }),
      { numRuns: 200 },
    );
  },
);

test('[C62] a serial number is the day that it stands for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 73_000 }), fc.constantFrom('', '.25', '.9999'), (serial, time) => {
      const date = new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10);
      const reading = readDate(`${serial}${time}`, { order: undefined, zone: utc, excelDates: 1900 });
      expect(reading).toEqual({ date });
    }),
  );
});

const numericCells = fc.tuple(days, fc.boolean(), fc.constantFrom('/', '.', '-')).map(([iso, dayFirst, separator]) => {
  const { year, month, day } = partsOf(iso);
  return (dayFirst ? [day, month, year] : [month, day, year]).join(separator);
});

test('[C57] [C58] evidence over any column: an order only by proof, never against one, and no cell read against it', () => {
  fc.assert(
    fc.property(fc.array(numericCells, { minLength: 1, maxLength: 12 }), (column) => {
      const evidence = new DateEvidence();
      evidence.addAll(column);
      const style = evidence.decide();
      const parts = column.map((cell) => cell.split(/[/.-]/).map(Number));
      const hasDayFirst = parts.some(([first = 0]) => first > 12);
      const hasMonthFirst = parts.some(([, second = 0]) => second > 12);
      const isOpen = parts.some(([first = 0, second = 0]) => first <= 12 && second <= 12 && first !== second);
      const proven = hasDayFirst === hasMonthFirst ? undefined : hasDayFirst ? 'day-first' : 'month-first';
      expect(style.order).toBe(proven);
      const isMixed = hasDayFirst && hasMonthFirst;
      expect(style.verdict).toBe(isMixed ? 'mixed' : proven === undefined && isOpen ? 'undecidable' : 'clear');
      column.forEach((cell, index) => {
        const [first = 0, second = 0, year = 0] = parts[index] ?? [];
        const [month, day] = style.order === 'day-first' ? [second, first] : [first, second];
        const reading = readDate(cell, dateRules(style, utc));
        const two = (value: number): string => String(value).padStart(2, '0');
        if ('date' in reading) expect(reading.date).toBe(`${year}-${two(month)}-${two(day)}`);
        else expect(style.order === undefined || month > 12).toBe(true);
      });
    }),
  );
});

test('[C60] no text at all makes the reader throw, and what it reads is a day of the calendar', () => {
  const styles = [undefined, 'day-first', 'iso', 'epoch', 'epoch-ms', 'yyyymmdd', 'D MMM YYYY HH:mm'].map((format) =>
    new DateEvidence().decide(format === undefined ? undefined : compileDateFormat(format), { excelDates: 1900 }),
  );
  const alphabet = fc.constantFrom(...'0123456789/.-: TZ+,JanAPM'.split(''));
  const texts = fc.oneof(fc.string({ unit: alphabet, maxLength: 22 }), fc.string({ unit: 'binary', maxLength: 20 }));
  fc.assert(
    fc.property(texts, (text) => {
      new DateEvidence().add(text);
      for (const style of styles) {
        const reading = readDate(text, dateRules(style, utc));
        if ('problem' in reading) continue;
        expect(new Date(`${reading.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(reading.date);
      }
    }),
    { numRuns: 2000 },
  );
});
