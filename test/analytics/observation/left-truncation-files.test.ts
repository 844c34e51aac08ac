import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detectLeftTruncation } from '../../../src/analytics/observation/left-truncation.ts';
import { type NewcomerWeek, newcomersOf } from '../../../src/analytics/observation/newcomer-week.ts';
import { dayOf } from '../../support/calendar-days.ts';
import { sharedFile } from '../../support/shared-data.ts';
import { newcomerWeeks } from './newcomer-weeks.ts';

/** Weeks of a file `,Date,Customer ID,Order ID,Sales`. */
function weeksOfFile(path: string): NewcomerWeek[] {
  const customers = new Map<string, number[]>();
  const all = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, date = '', id = ''] = line.split(',');
      const day = dayOf(date);
      customers.set(id, [...(customers.get(id) ?? []), day]);
      return day;
    })
    .sort((a, b) => a - b);
  return newcomerWeeks(customers.values(), all[0] ?? 0, all.at(-1) ?? 0);
}

const hec = sharedFile('hec_orders.csv');
describe.skipIf(hec.isMissing)(`a shop where 86 % bought once${hec.note}`, () => {
  test('its newcomers become fewer by a fifth in two years, which is no truncation', () => {
    const weeks = weeksOfFile(hec.path);
    expect(newcomersOf(weeks)).toBe(33_477);
    const { isTruncated, reason } = detectLeftTruncation(weeks);
    expect([isTruncated, reason]).toEqual([false, expect.stringMatching('not clearly more newcomers')]);
  });
});

const cdnow = sharedFile('cdnow_sample_10pct.csv');
describe.skipIf(cdnow.isMissing)(`CDNOW, the customers of twelve weeks${cdnow.note}`, () => {
  test('nobody comes later to compare with', () => {
    const weeks = weeksOfFile(cdnow.path);
    expect(newcomersOf(weeks)).toBe(2357);
    const { isTruncated, reason } = detectLeftTruncation(weeks);
    expect([isTruncated, reason]).toEqual([false, expect.stringMatching('hardly any later newcomers')]);
  });
});
