import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { DateEvidence } from '../../../src/ingest/values/date-evidence.ts';
import { compileDateFormat, type DateOrder } from '../../../src/ingest/values/date-format.ts';
import { monthNameTable, monthOfName } from '../../../src/ingest/values/month-names.ts';
import { type DateRules, dateRules, readDate } from '../../../src/ingest/values/read-date.ts';
import { ShopZone } from '../../../src/ingest/values/shop-zone.ts';

const utc = new ShopZone('UTC');

function styleOf(cells: readonly string[], format?: string) {
  const evidence = new DateEvidence();
  evidence.addAll(cells);
  return evidence.decide(format === undefined ? undefined : compileDateFormat(format));
}

function dateOf(text: string, rules: Partial<DateRules> = {}): string {
  const reading = readDate(text, { order: undefined, zone: utc, ...rules });
  return 'date' in reading ? reading.date : `problem: ${reading.problem}`;
}

/** Read as a file would be in which the user declared this format. */
function dateBy(format: string, text: string, rules: Partial<DateRules> = {}): string {
  return dateOf(text, { ...dateRules(styleOf([text], format), utc), ...rules });
}

describe('dates with one meaning', () => {
  test.each([
    ['2024-01-05', '2024-01-05'],
    ['2024-1-5', '2024-01-05'],
    ['2024/01/05', '2024-01-05'],
    ['2024.01.05', '2024-01-05'],
    [' 2024-01-05\u00a0', '2024-01-05'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1900-01-01', '1900-01-01'],
    ['2100-12-31', '2100-12-31'],
    ['2024-01-05T23:30:00', '2024-01-05'],
    ['2024-01-05 23:30', '2024-01-05'],
    ['2024-01-05, 9:30 pm', '2024-01-05'],
    ['2024-01-05T23:30:00.123456Z', '2024-01-05'],
  ])('%j is %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  test.each([
    ['Jan 5, 2024', '2024-01-05'],
    ['January 5th, 2024', '2024-01-05'],
    ['5 janv. 2024', '2024-01-05'],
    ['Jul-25-26', '2026-07-25'],
    ['10-Dez-25', '2025-12-10'],
    ['Dec 1, 2017 12:38:23 AM PST', '2017-12-01'],
    ['15 Mar 2026', '2026-03-15'],
    ['1. Dezember 2025', '2025-12-01'],
    ['2026 Mar 5', '2026-03-05'],
    ['2026-Mar-05', '2026-03-05'],
    ['05-MAR-2026', '2026-03-05'],
    ['5 de marzo de 2026', '2026-03-05'],
    ['5 août 2024', '2024-08-05'],
    ['5 aou\u0302t 2024', '2024-08-05'],
    ['5 aout 2024', '2024-08-05'],
    ['14 września 2024', '2024-09-14'],
    ['3 mrt. 2025', '2025-03-03'],
    ['12 ott 2025', '2025-10-12'],
    ['March 5, 2026 at 2:22 PM', '2026-03-05'],
    ['5.März 2024', '2024-03-05'],
  ])('[C63] a month by name: %j is %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  test('no month name stands for two months', () => {
    const names = monthNameTable();
    expect(names.size).toBeGreaterThan(150);
    for (const [name, months] of names) {
      expect([name, [...months]]).toEqual([name, [monthOfName(name)]]);
      expect(monthOfName(name.toUpperCase())).toBe(monthOfName(name));
    }
  });
});

describe('what is no date', () => {
  test.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-04-31',
    '2024-01-32',
  ])('[C59] %s is not in the calendar', (text) => {
    expect(dateOf(text)).toBe(`problem: "${text}" is not a day of the calendar`);
  });

  test.each(['0000-00-00', '0000-00-00 00:00:00', '30/02/2024', '31 Apr 2024'])(
    '[C59] %s is not in the calendar',
    (text) => {
      expect(dateOf(text, { order: 'day-first' })).toContain('is not a day of the calendar');
    },
  );

  test.each([
    '2024-01-05garbage',
    '2024-01-05 garbage',
    '2024-01-05T',
    '2024-01-05 10',
    '2024-01-05 10:00 XYZ',
    '2024-01-05 (BC)',
    '2024-01-05 BC',
    '24-01-05',
    'infinity',
    '-infinity',
    'epoch',
    'today',
    'now',
    '99999-01-01',
    '2024-01',
    '2024',
    '2024-001-05',
    '2024-01-055',
    '2024-01/05',
    '01/02-2024',
    '1/2/024',
    '5 Foo 2024',
    'Jan 2024',
    '２０２４-01-05',
    '-2024-01-05',
    'Order 5 Jan 2024',
  ])('[C60] %s is refused', (text) => {
    expect(dateOf(text, { order: undefined })).toContain(`problem: "${text}" `);
  });

  test('[C60] the problem of a very long cell is short', () => {
    for (const text of ['9'.repeat(500_000), 'a'.repeat(500_000), `2024-01-05 ${'1'.repeat(500_000)}`]) {
      expect(dateOf(text).length).toBeLessThan(200);
    }
  });

  test.each(['1899-12-31', '2101-01-01', '1066-10-14', '9999-12-31', '0001-01-01'])(
    '[C60] %s is out of range',
    (text) => {
      expect(dateOf(text)).toBe(`problem: "${text}" is not between the years 1900 and 2100`);
    },
  );

  test('[C60] a time that carries a day past the range is refused too', () => {
    expect(dateOf('2100-12-31 24:00')).toContain('is not between the years');
    expect(dateOf('1900-01-01T00:30:00+02:00')).toContain('is not between the years');
  });

  test('a blank cell is said to be empty', () => {
    expect(dateOf('  ')).toBe('problem: the date is empty');
  });
});

describe('day first or month first', () => {
  test('[C57] all parts up to 12: undecidable, and each cell says why', () => {
    const style = styleOf(['01/02/2026', '03/04/2026', '05/05/2026']);
    expect(style).toMatchObject({ order: undefined, verdict: 'undecidable', basis: 'none' });
    expect(style.evidence).toBe(
      'day first or month first unknown: no number above 12 in 3 of 3 dates, such as 01/02/2026 or 03/04/2026, and none proves either',
    );
    expect(dateOf('01/02/2026', dateRules(style, utc))).toBe('problem: "01/02/2026" could be 1 February or 2 January');
    expect(dateOf('05/05/2026', dateRules(style, utc))).toBe('2026-05-05');
  });

  test('[C57] one undecided date among dates written year-month-day is a question still', () => {
    expect(styleOf(['2026-01-02', '2026-01-03', '01/02/2026']).verdict).toBe('undecidable');
  });

  test('[C57] one proof settles the column', () => {
    const style = styleOf(['01/02/2026', '25/09/2026', '3.4.26', '']);
    expect(style).toMatchObject({ order: 'day-first', verdict: 'clear', basis: 'evidence' });
    expect(style.evidence).toBe('day first: 1 of 3 dates have a first number above 12, such as 25/09/2026');
    const rules = dateRules(style, utc);
    expect(dateOf('01/02/2026', rules)).toBe('2026-02-01');
    expect(dateOf('3.4.26', rules)).toBe('2026-04-03');
    expect(dateOf('13/25/2026', rules)).toBe('problem: "13/25/2026" is not a day of the calendar');
    expect(dateOf('9/25/2026', rules)).toBe('problem: "9/25/2026" is not a day of the calendar');
    expect(dateOf('9/25/26 21:06', dateRules(styleOf(['9/25/26 21:06']), utc))).toBe('2026-09-25');
  });

  test('[C57] a cell that is no day of the calendar, or has garbage behind it, proves nothing', () => {
    const style = styleOf(['31/02/2026', '25/09/2026garbage', '25/13/2026', '00/05/2026', '01/02/2026']);
    expect(style.counts).toMatchObject({ other: 4, dayFirst: 0, monthFirst: 0, eitherOrder: 1 });
    expect(style.verdict).toBe('undecidable');
  });

  test('[C58] both proven: mixed, with examples of each, and no cell is guessed', () => {
    const style = styleOf(['25/09/2026', '26/09/2026', '9/27/2026', '01/02/2026']);
    expect(style).toMatchObject({ order: undefined, verdict: 'mixed' });
    expect(style.evidence).toBe(
      'day first and month first mixed: 2 of 4 dates have a first number above 12, such as 25/09/2026 or 26/09/2026; ' +
        '1 have a second number above 12, such as 9/27/2026',
    );
    for (const cell of ['25/09/2026', '9/27/2026', '01/02/2026'])
      expect(dateOf(cell, dateRules(style, utc))).toContain('problem');
    expect(dateOf('25/09/2026', dateRules(style, utc))).toContain('written day first, but the order');
  });

  test('[C58] a declared order reads its own and refuses the others', () => {
    const rules = dateRules(styleOf(['25/09/2026', '9/27/2026'], 'month-first'), utc);
    expect(dateOf('9/27/2026', rules)).toBe('2026-09-27');
    expect(dateOf('25/09/2026', rules)).toBe('problem: "25/09/2026" is not a day of the calendar');
    expect(dateOf('2026-09-27', rules)).toBe('2026-09-27');
  });

  test('only dates that are the same in either order: nothing to ask', () => {
    expect(styleOf(['05/05/2026', '06/06/2026'])).toMatchObject({ order: undefined, verdict: 'clear' });
  });

  test('[C60] 24-01-05 among other dates is refused, alone in a column it is a question', () => {
    const among = styleOf(['2024-01-04', '2024-01-05', '24-01-05']);
    expect(among).toMatchObject({ verdict: 'clear', order: undefined });
    expect(dateOf('24-01-05', dateRules(among, utc))).toContain('could have its year first or last');
    expect(styleOf(['24-01-05', '24-01-06'])).toMatchObject({ verdict: 'undecidable' });
    expect(dateBy('YY-MM-DD', '24-01-05')).toBe('2024-01-05');
    expect(dateBy('DD-MM-YY', '24-01-05')).toBe('2005-01-24');
    expect(dateBy('day-first', '24-01-05')).toBe('2005-01-24');
    expect(styleOf(['10-12-26', '9-25-26'])).toMatchObject({ order: 'month-first', dashedShortYearIsLast: true });
    const proven = styleOf(['24-01-05', '09-25-26']);
    expect(proven).toMatchObject({ order: 'month-first', verdict: 'clear', dashedShortYearIsLast: true });
    expect(dateOf('10-12-05', dateRules(proven, utc))).toBe('2005-10-12');
  });

  test('two-digit years: 69 is 2069, 70 is 1970', () => {
    expect(dateOf('25/12/69', { order: 'day-first' })).toBe('2069-12-25');
    expect(dateOf('25/12/70', { order: 'day-first' })).toBe('1970-12-25');
    expect(dateOf('25-Dec-99')).toBe('1999-12-25');
  });

  test('every kind is counted with its examples', () => {
    const cells = ['2024-01-05', '25/09/2026', '9/25/26', '1/2/26', '1/1/26', '24-01-05', 'Jul-25-26', '45296.5'];
    const style = styleOf([...cells, '20240105', '1700000000', '1700000000000', 'x', '']);
    for (const [kind, count] of Object.entries(style.counts)) expect([kind, count]).toEqual([kind, 1]);
    expect(style.examples).toMatchObject({ serial: ['45296.5'], epoch: ['1700000000'], other: ['x'], blank: [] });
  });

  test('columns that need no order say what they hold', () => {
    expect(styleOf(['2024-01-05', '2024-01-06']).evidence).toBe(
      '2 of 2 cells are written year-month-day, such as 2024-01-05',
    );
    expect(styleOf(['45296']).evidence).toContain('readable with --excel-dates');
    expect(styleOf(['', ' ']).evidence).toBe('no dates: every cell is blank');
    expect(styleOf(['5/6/2024'], 'DD/MM/YYYY').evidence).toBe('date format DD/MM/YYYY: declared');
  });
});

describe('time zones', () => {
  const newYork = new ShopZone('America/New_York');
  const tokyo = new ShopZone('Asia/Tokyo');

  test.each([
    ['2024-01-05T23:30:00-05:00', '2024-01-06', '2024-01-05'],
    ['2024-01-05T23:30:00-0500', '2024-01-06', '2024-01-05'],
    ['2024-01-05T23:30:00-05', '2024-01-06', '2024-01-05'],
    ['2024-01-05T03:30:00Z', '2024-01-05', '2024-01-04'],
    ['2024-01-05 03:30:00 UTC', '2024-01-05', '2024-01-04'],
    ['2024-01-05T23:30:00', '2024-01-05', '2024-01-05'],
    ['2025-10-07 00:50:26 +0200', '2025-10-06', '2025-10-06'],
    ['Dec 1, 2017 11:38:23 PM PST', '2017-12-02', '2017-12-02'],
    ['25/09/2026 00:30 CEST', '2026-09-24', '2026-09-24'],
    ['2024-01-05', '2024-01-05', '2024-01-05'],
  ])('[C61] %s is %s in a shop in UTC, %s in New York', (text, inUtc, inNewYork) => {
    expect(dateOf(text, { order: 'day-first' })).toBe(inUtc);
    expect(dateOf(text, { order: 'day-first', zone: newYork })).toBe(inNewYork);
  });

  test('[C61] a column known to be in UTC is moved to the shop, times with an offset of their own keep it', () => {
    expect(dateOf('2024-01-05 23:30', { zone: tokyo, assumedZone: 'UTC' })).toBe('2024-01-06');
    expect(dateOf('2024-01-05 23:30 -05:00', { zone: tokyo, assumedZone: 'UTC' })).toBe('2024-01-06');
    expect(dateOf('2024-01-05 23:30', { zone: tokyo, assumedZone: 'Asia/Tokyo' })).toBe('2024-01-05');
    expect(dateOf('2024-01-05 23:30', { zone: utc, assumedZone: 'America/New_York' })).toBe('2024-01-06');
    expect(dateOf('2024-01-05', { zone: tokyo, assumedZone: 'UTC' })).toBe('2024-01-05');
  });

  test.each([
    ['2024-01-05 24:00:00', '2024-01-06'],
    ['2024-12-31 24:00', '2025-01-01'],
    ['2016-12-31T23:59:60Z', '2016-12-31'],
    ['2016-12-31 23:59:60', '2016-12-31'],
    ['2017-01-01T05:29:60+05:30', '2016-12-31'],
    ['2024-03-10 02:30', '2024-03-10'],
  ])('[C65] %s is %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
    expect(dateOf(text, { assumedZone: 'UTC' })).toBe(date);
  });

  test.each([
    ['2024-01-05 24:00:01', 'time that does not exist'],
    ['2024-01-05 25:00', 'time that does not exist'],
    ['2024-01-05 10:60', 'time that does not exist'],
    ['2024-01-05 10:15:60', 'time that does not exist'],
    ['2024-01-05 13:00 PM', "not between 0 and 12 o'clock"],
    ['2024-01-05 0:30 PM', "not between 0 and 12 o'clock"],
    ['2024-01-05 10:00 +15:00', 'unknown time zone'],
    ['2024-01-05 10:00 +02:60', 'unknown time zone'],
    ['2024-01-05 10:00 XST', 'unknown time zone'],
  ])('[C65] %s: %s', (text, reason) => {
    expect(dateOf(text)).toContain(reason);
  });

  test('AM and PM', () => {
    const moscow = { zone: new ShopZone('Europe/Moscow'), assumedZone: 'UTC' };
    expect(dateOf('2024-01-05 12:30 AM', moscow)).toBe('2024-01-05');
    expect(dateOf('2024-01-05 12:30 p.m.', moscow)).toBe('2024-01-05');
    expect(dateOf('2024-01-05 8:59:59PM', moscow)).toBe('2024-01-05');
    expect(dateOf('2024-01-05 9:00:00 pm', moscow)).toBe('2024-01-06');
  });
});

describe('numbers that are dates only if declared', () => {
  test.each(['45296', '45296.5', '1', '45384.41'])('[C62] %s is refused without --excel-dates', (text) => {
    expect(dateOf(text)).toContain('read as a date only if declared (--excel-dates');
  });

  test.each([
    ['45296', 1900, '2024-01-05'],
    ['45296.5', 1900, '2024-01-05'],
    ['45296.999999999', 1900, '2024-01-05'],
    ['45384,41', 1900, '2024-04-02'],
    ['1', 1900, '1900-01-01'],
    ['59', 1900, '1900-02-28'],
    ['61', 1900, '1900-03-01'],
    ['43834', 1904, '2024-01-05'],
    ['0', 1904, '1904-01-01'],
    ['60', 1904, '1904-03-01'],
  ] as const)('[C62] serial %s counted from %s is %s', (text, excelDates, date) => {
    expect(dateOf(text, { excelDates })).toBe(date);
  });

  test('[C62] serial 60 of 1900 is the day that never was, 0 is none, 99999 is too late', () => {
    expect(dateOf('60', { excelDates: 1900 })).toContain('is the serial number of no day');
    expect(dateOf('0', { excelDates: 1900 })).toContain('is the serial number of no day');
    expect(dateOf('99999', { excelDates: 1900 })).toContain('is not between the years');
  });

  test('[C62] serial numbers beside dates in a declared format', () => {
    expect(dateBy('DD/MM/YYYY', '45296', { excelDates: 1900 })).toBe('2024-01-05');
    expect(dateBy('DD/MM/YYYY', '45296')).toContain('problem');
  });

  test('[C62] the time of a serial number is in the zone of the column', () => {
    expect(dateOf('45296.99', { excelDates: 1900, zone: new ShopZone('Asia/Tokyo'), assumedZone: 'UTC' })).toBe(
      '2024-01-06',
    );
  });

  test('[C63] compact dates and epochs', () => {
    for (const text of ['20240105', '1704412800', '1704412800000']) expect(dateOf(text)).toContain('only if declared');
    expect(dateBy('yyyymmdd', '20240105')).toBe('2024-01-05');
    expect(dateBy('YYYYMMDD', '20240105 23:30')).toBe('2024-01-05');
    expect(dateBy('yyyymmdd', '20241305')).toContain('not a day of the calendar');
    expect(dateBy('epoch', '1704412800')).toBe('2024-01-05');
    expect(dateBy('epoch', '1704412799')).toBe('2024-01-04');
    expect(dateBy('epoch-ms', '1704412799999')).toBe('2024-01-04');
    expect(dateBy('epoch', '1704412800', { zone: new ShopZone('America/New_York') })).toBe('2024-01-04');
    expect(dateBy('epoch', '9999999999')).toContain('is not between the years');
    expect(dateBy('epoch', '1704412800000')).toContain('not written in the declared date format epoch');
    expect(dateBy('epoch', '2024-01-05')).toContain('not written in the declared date format epoch');
    expect(dateBy('day-first', '20240105')).toContain('only if declared');
  });
});

describe('declared formats', () => {
  test.each([
    ['DD/MM/YYYY', '05/03/2026', '2026-03-05'],
    ['DD/MM/YYYY', '5/3/2026', '2026-03-05'],
    ['DD/MM/YYYY', '05/03/2026 14:22', '2026-03-05'],
    ['dd/mm/yyyy', '05/03/2026', '2026-03-05'],
    ['dd.MM.yyyy HH:mm', '05.03.2026 14:22', '2026-03-05'],
    ['MM/DD/YY', '03/05/26', '2026-03-05'],
    ['M/D/YYYY h:mm A', '3/5/2026 2:22 PM', '2026-03-05'],
    ['YYYY-MM-DD', '2026-03-05', '2026-03-05'],
    ['YYYYMMDDHHmmss', '20260305142200', '2026-03-05'],
    ['DDMMYYYY', '05032026', '2026-03-05'],
    ['D MMM YYYY', '5 janv. 2024', '2024-01-05'],
    ['D. MMMM YYYY [um] HH:mm', '5. März 2024 um 14:22', '2024-03-05'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2026-03-05T23:22:11.5-05:00', '2026-03-06'],
    ['iso', '2026-03-05', '2026-03-05'],
    ['Day-First', '05/03/2026', '2026-03-05'],
  ])('%s reads %s as %s', (format, text, date) => {
    expect(dateBy(format, text)).toBe(date);
  });

  test.each([
    ['DD/MM/YYYY', '2026-03-05'],
    ['DD/MM/YYYY', '05/03/26'],
    ['DD/MM/YYYY', '05-03-2026'],
    ['DD/MM/YYYY', '05/03/20261'],
    ['DD/MM/YYYY', '05/03/2026x'],
    ['DD/MM/YYYY', '03/25/2026'],
    ['DD/MM/YYYY HH:mm', '05/03/2026'],
    ['DD/MM/YYYY HH:mm', '05/03/2026 25:00'],
    ['DD.MM.YYYY', '05x03x2026'],
    ['DDMMYYYY', '1112026'],
    ['D MMM YYYY', '5 foo 2024'],
    ['iso', '05/03/2026'],
    ['iso', '5 Mar 2026'],
  ])('[C60] %s refuses %s', (format, text) => {
    expect(dateBy(format, text)).toContain(`problem: "${text}"`);
  });

  test.each([
    ['', 'the year'],
    ['DD/MM', 'the year (YYYY or YY) is missing'],
    ['YYYY', 'the month'],
    ['YYYY-MM', 'the day'],
    ['YYYY-MM-DD YYYY', 'it has the year twice'],
    ['MM MMM DD YYYY', 'it has the month twice'],
    ['%d/%m/%Y', '"%" has no meaning in it'],
    ['german', '"g" has no meaning in it'],
    ['DD/MM/YYYY mm', 'the hour'],
    ['DD/MM/YYYY HH', 'the minutes'],
  ])('the format %j: %s', (format, reason) => {
    expect(() => compileDateFormat(format)).toThrow(UsageError);
    expect(() => compileDateFormat(format)).toThrow(reason);
  });

  test('a wrong format says what could be given instead', () => {
    try {
      compileDateFormat('us');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      if (error instanceof UsageError) expect(error.remedy.join(' ')).toContain('day-first');
    }
  });
});

describe('a decision never reads a date against a proof', () => {
  const orders: readonly DateOrder[] = ['day-first', 'month-first'];
  test.each(orders)('%s: every day of 2024 in a column is read as itself', (order) => {
    const days = Array.from({ length: 366 }, (_, index) =>
      new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
    );
    const cells = days.map((day) => {
      const [year, month, dayOfMonth] = day.split('-');
      return order === 'day-first' ? `${dayOfMonth}/${month}/${year}` : `${month}/${dayOfMonth}/${year}`;
    });
    const style = styleOf(cells);
    expect(style).toMatchObject({ order, verdict: 'clear' });
    expect(cells.map((cell) => dateOf(cell, dateRules(style, utc)))).toEqual(days);
  });
});
