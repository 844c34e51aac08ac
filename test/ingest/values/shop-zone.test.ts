import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { ShopZone } from '../../../src/ingest/values/shop-zone.ts';
import { zoneFromName } from '../../../src/ingest/values/zone-names.ts';

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'America/St_Johns',
];

/** Date and time in a zone as Intl writes them, looked up for each instant. */
function intlWall(timeZone: string): (epochMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (epochMs) => format.format(epochMs);
}

const wallMs = (text: string): number => Date.parse(`${text}Z`);

describe('the day of an instant', () => {
  test.each(ZONES)('[C65] %s agrees with Intl around every change of its clocks and at random instants', (timeZone) => {
    const zone = new ShopZone(timeZone);
    const wall = intlWall(timeZone);
    for (let day = Date.UTC(2023, 0, 1); day < Date.UTC(2026, 0, 1); day += 86_400_000) {
      const instants = [0, 4, 10, 14, 20].flatMap((hour) => [day + hour * 3_600_000, day + hour * 3_600_000 - 1]);
      for (const instant of instants) expect(zone.dateOf(instant)).toBe(wall(instant).slice(0, 10));
      if (zone.offsetMsAt(day) === zone.offsetMsAt(day + 86_400_000)) continue;
      for (let minute = 0; minute < 1440; minute += 5) {
        const instant = day + minute * 60_000;
        expect(new Date(instant + zone.offsetMsAt(instant)).toISOString().slice(0, 19)).toBe(
          wall(instant).replace(' ', 'T'),
        );
      }
    }
    const range = { min: Date.UTC(1900, 0, 2), max: Date.UTC(2100, 11, 30) };
    fc.assert(
      fc.property(fc.integer(range), (instant) => {
        expect(zone.dateOf(instant)).toBe(wall(instant).slice(0, 10));
      }),
      { numRuns: 300 },
    );
  });

  test('[C65] a zone that changed its offset in the middle of a quarter hour', () => {
    const zone = new ShopZone('Africa/Monrovia');
    const change = Date.UTC(1972, 0, 7, 0, 44, 30);
    expect(zone.offsetMsAt(change - 1000)).toBe(-2_670_000);
    expect(zone.offsetMsAt(change)).toBe(0);
    expect(zone.offsetMsAt(change - 1000)).toBe(-2_670_000);
  });

  test('[C61] a fixed offset is a zone', () => {
    expect(new ShopZone('+02:00').dateOf(Date.UTC(2024, 0, 5, 22))).toBe('2024-01-06');
    expect(new ShopZone('-05:30').dateOf(Date.UTC(2024, 0, 5, 5, 29))).toBe('2024-01-04');
  });
});

describe('the instant of a wall time', () => {
  test.each([
    ['America/New_York', '2024-03-10T02:30:00', '2024-03-10T07:30:00'],
    ['America/New_York', '2024-11-03T01:30:00', '2024-11-03T05:30:00'],
    ['Europe/Berlin', '2024-03-31T02:30:00', '2024-03-31T01:30:00'],
    ['Europe/Berlin', '2024-10-27T02:30:00', '2024-10-27T00:30:00'],
    ['Europe/Berlin', '2024-10-27T03:00:00', '2024-10-27T02:00:00'],
    ['Australia/Lord_Howe', '2024-10-06T02:15:00', '2024-10-05T15:45:00'],
    ['Australia/Lord_Howe', '2024-04-07T01:45:00', '2024-04-06T14:45:00'],
    ['Pacific/Apia', '2011-12-30T05:00:00', '2011-12-30T15:00:00'],
    ['Pacific/Kiritimati', '2024-01-01T00:00:00', '2023-12-31T10:00:00'],
  ])('[C65] %s %s is %s UTC: skipped times move forward, doubled ones are the first', (timeZone, wall, instant) => {
    const expected = wallMs(instant);
    expect(new ShopZone(timeZone).instantOf(wallMs(wall))).toBe(expected);
    expect(new ShopZone('UTC').instantOf(wallMs(wall), timeZone)).toBe(expected);
  });

  test.each(ZONES)(
    '[C65] in %s an instant is found again from its wall time, or an earlier one with the same',
    (timeZone) => {
      const zone = new ShopZone(timeZone);
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2090, 0, 1) }), (instant) => {
          const wall = instant + zone.offsetMsAt(instant);
          const found = zone.instantOf(wall);
          expect(found + zone.offsetMsAt(found)).toBe(wall);
          expect(found).toBeLessThanOrEqual(instant);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('names of zones', () => {
  test.each([
    ['Europe/Berln', 'did you mean "Europe/Berlin"?'],
    ['London', 'did you mean "Europe/London"?'],
    ['+15:00', 'is not a time zone'],
    ['Mars/Olympus', 'is not a time zone'],
    ['', 'is not a time zone'],
  ])('%j is refused: %s', (name, message) => {
    expect(() => new ShopZone(name)).toThrow(UsageError);
    expect(() => new ShopZone(name)).toThrow(message);
  });

  test('a name in any case is the zone of the database', () => {
    expect(new ShopZone('europe/berlin').timeZone).toBe('Europe/Berlin');
    expect(new ShopZone('utc').timeZone).toBe('UTC');
  });

  test.each([
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ['Pacific Time (US & Canada)', 'America/Los_Angeles'],
    ['London', 'Europe/London'],
    ['new york', 'America/New_York'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['america/los_angeles', 'America/Los_Angeles'],
    ['CEST', '+02:00'],
    ['PST', '-08:00'],
    ['IST', '+05:30'],
    ['UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['GMT+2', '+02:00'],
    ['UTC-05:30', '-05:30'],
    ['+0200', '+02:00'],
    ['Mumbai', 'Asia/Kolkata'],
  ])('a cell %j names %s', (text, zone) => {
    expect(zoneFromName(text)).toBe(zone);
    expect(() => new ShopZone(zone)).not.toThrow();
  });

  test.each(['', 'Atlantis', 'Europe/Atlantis', '+25:00', 'XST'])('a cell %j names no zone', (text) => {
    expect(zoneFromName(text)).toBeUndefined();
  });
});
