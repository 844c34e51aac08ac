import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLeftTruncation, type NewcomerWeek } from '../../../src/analytics/observation/left-truncation.ts';

/** Weeks of so many newcomers, of whom a share returns, watched but for the last nine weeks. */
const weeksOf = (newcomers: readonly number[], share: (week: number) => number): NewcomerWeek[] =>
  newcomers.map((count, week) => {
    const watched = week < newcomers.length - 9 ? count : 0;
    return { week, newcomers: count, watched, returned: Math.round(share(week) * watched) };
  });
const startingWith = (first: readonly number[], level: number, length: number) => [
  ...first,
  ...Array<number>(length - first.length).fill(level),
];
const untruncated = { isTruncated: false, weeks: 0, excess: 0 };

describe('how long it lasts', () => {
  const span = (first: readonly number[]) => {
    const weeks = weeksOf(startingWith(first, 100, 90), (week) => (week < first.length ? 0.6 : 0.2));
    return detectLeftTruncation(weeks);
  };

  test('up to the week before the first two that are back at the level', () => {
    expect(span([400, 300, 220, 160])).toMatchObject({ isTruncated: true, weeks: 4, excess: 680 });
  });

  test('one quiet week does not end it', () => {
    expect(span([400, 300, 100, 200, 150])).toMatchObject({ weeks: 5, excess: 650 });
  });

  test('a week within the noise of the level is back at it: 116 of 100 is, 117 is not', () => {
    expect(span([400, 300, 116])).toMatchObject({ weeks: 2 });
    expect(span([400, 300, 117])).toMatchObject({ weeks: 3 });
  });
});

describe('the reason', () => {
  test('truncated', () => {
    const weeks = weeksOf(startingWith([400, 300, 220, 160], 100, 90), (week) => (week < 4 ? 0.6 : 0.2));
    expect(detectLeftTruncation(weeks).reason).toBe(
      'the first 4 weeks have 680 newcomers more than usual and return more often than later ones, ' +
        '60.0 % against 20.0 % within 60 days: many are customers from before the data begins',
    );
  });

  test.each([
    ['too few weeks', startingWith([400, 300], 100, 11), '1,600 customers'],
    ['too few newcomers', startingWith([40, 30], 2, 40), '146 customers'],
    ['nothing', [], '0 customers'],
  ])('%s are too little to tell', (_, newcomers, words) => {
    const weeks = weeksOf(newcomers, () => 0.3);
    expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
    expect(detectLeftTruncation(weeks).reason).toMatch(`too little to tell: ${words}`);
  });

  test('an extract of the customers of twelve weeks has no later ones to compare with', () => {
    const cohort = detectLeftTruncation(
      weeksOf(startingWith(Array<number>(12).fill(200), 0, 78), (week) => 0.3 - 0.01 * week),
    );
    expect(cohort).toMatchObject(untruncated);
    expect(cohort.reason).toMatch('hardly any later newcomers to compare the first ones with');
  });

  test('a first week above the level by no more than chance', () => {
    const { reason } = detectLeftTruncation(weeksOf(startingWith([120], 100, 90), () => 0.2));
    expect(reason).toMatch(
      'not clearly more newcomers than the later weeks let expect: 120 newcomers in the first week, 100 expected',
    );
  });

  test('a busy first week of customers who do not come back more often', () => {
    const { reason } = detectLeftTruncation(weeksOf(startingWith([900], 100, 90), () => 0.2));
    expect(reason).toMatch(
      /^the first week has 800 newcomers more than usual, but they do not clearly return more often/,
    );
  });

  test('more loyal, but not as loyal as old customers who are all seen again within two weeks', () => {
    const weeks = weeksOf(startingWith([900, 500], 100, 90), (week) => (week < 2 ? 0.3 : 0.2));
    expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
    expect(detectLeftTruncation(weeks).reason).toMatch('too seldom for old customers');
  });

  test.each([
    ['few customers: 30 % of 90 against 20 %', [40, 30, 20], 10, [0.3, 0.2]],
    ['hardly more often: 22 % against 20 % of very many', [40_000, 30_000, 20_000], 10_000, [0.22, 0.2]],
  ] as const)('%s', (_, first, level, [early, late]) => {
    const weeks = weeksOf(startingWith(first, level, 90), (week) => (week < 3 ? early : late));
    expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
    expect(detectLeftTruncation(weeks).reason).toMatch('but they do not clearly return more often');
  });

  const year = startingWith([400, 300, 220, 160], 100, 52);
  test('the next year begins as busy, also in a shop that fades by 40 % a year', () => {
    for (const weekly of [1, 0.99]) {
      const newcomers = [...year, ...year].map((count, week) => Math.round(count * weekly ** week));
      const weeks = weeksOf(newcomers, (week) => (week < 4 ? 0.6 : 0.2));
      expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
      expect(detectLeftTruncation(weeks).reason).toMatch('the same weeks a year later are about as busy');
    }
  });

  test('newcomers of the first weeks of the next year return as often', () => {
    const weeks = weeksOf(startingWith(year, 100, 104), (week) => (week % 52 < 4 ? 0.6 : 0.2));
    expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
    expect(detectLeftTruncation(weeks).reason).toMatch('of the same weeks a year later return about as often');
  });

  test('without a year of data, returns that are as much higher as the weeks are busier may be a season', () => {
    const turn = (week: number) => (2 * Math.PI * week) / 52;
    const wave = Array.from({ length: 40 }, (_, week) => Math.round(400 + 200 * Math.cos(turn(week + 0.5))));
    // A rate of 0.1 a week, up and down with the season, summed over the 60 days after the middle of the week.
    const season = (week: number) =>
      (52 / (2 * Math.PI)) * (Math.sin(turn(week + 0.5 + 60 / 7)) - Math.sin(turn(week + 0.5)));
    const weeks = weeksOf(wave, (week) => 1 - Math.exp(-0.1 * (60 / 7 + 0.5 * season(week))));
    expect(detectLeftTruncation(weeks)).toMatchObject(untruncated);
    expect(detectLeftTruncation(weeks).reason).toMatch('a busy season would look the same');
  });
});

test('whatever the counts, an answer without a missing number', () => {
  const counts = fc.oneof(fc.nat(3), fc.nat(100), fc.nat(100_000));
  const week = fc.tuple(counts, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(week, { maxLength: 130 }), (rows) => {
      const weeks = rows.map(([newcomers, watchedShare, share], i) => {
        const watched = Math.round(newcomers * watchedShare);
        return { week: i, newcomers, watched, returned: Math.round(watched * share) };
      });
      const found = detectLeftTruncation(weeks);
      expect(found.reason).not.toMatch(/NaN|Infinity|∞|undefined/);
      expect(found.weeks > 0).toBe(found.isTruncated);
      expect(found.excess > 0).toBe(found.isTruncated);
      expect(found.weeks).toBeLessThanOrEqual(Math.min(26, weeks.length / 2));
    }),
  );
});
