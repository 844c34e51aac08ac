import { describe, expect, test } from 'vitest';
import type { BuyingHabits } from '../../src/api/explain/buying-habits.ts';
import type { DriverName } from '../../src/api/explain/churn-driver.ts';
import { driverText } from '../../src/cli/explain-driver-words.ts';
import { wordsOf } from '../../src/cli/explain-words.ts';
import { formatter } from '../../src/cli/format.ts';
import { blocksText } from '../../src/cli/text-blocks.ts';
import { wrap } from '../../src/cli/wrap.ts';

const english = wordsOf(formatter({ locale: 'en-US', currency: 'USD' }));
const german = wordsOf(formatter({ locale: 'de-DE', currency: 'EUR' }));

const repeat: BuyingHabits = {
  purchaseDays: 4,
  daysSinceFirstPurchase: 619,
  daysSinceLastPurchase: 210,
  usualGapDays: 91.3,
  gapTrend: { last: 50, before: 125 },
  amountTrend: { last: 1_300, before: 1_000 },
  cohortMonth: '2024-03',
  cohortRepeatRatio: 2 ** (1 / 4),
};

const once: BuyingHabits = { ...repeat, purchaseDays: 1, usualGapDays: null, gapTrend: null, amountTrend: null };

function said(driver: DriverName, oddsRatio: number, habits: BuyingHabits, words = english): string {
  return driverText({ driver, logOdds: Math.log(oddsRatio), oddsRatio }, habits, words);
}

describe('a driver in words', () => {
  test('names the fact and what it does to the odds', () => {
    const drivers = [
      'purchase_model',
      'repeat_customer',
      'recency',
      'rhythm',
      'decline',
      'value_trend',
      'cohort',
    ] as const;
    expect(drivers.map((driver) => said(driver, 1.4, repeat))).toEqual([
      '+ 4 purchases within 619 days, the last 210 days ago: raises the odds of leaving by 40 %',
      '+ has bought more than once: raises the odds of leaving by 40 %',
      '+ silent for 210 days: raises the odds of leaving by 40 %',
      '+ silent for 210 days, 2.3 times the usual gap of 91 days: raises the odds of leaving by 40 %',
      '+ the last gap between purchases, 50 days, was 40 % of the gaps before it, on average 125 days: raises the odds of leaving by 40 %',
      '+ the last purchase, $1,300.00, was 1.3 times the average before it, $1,000.00: raises the odds of leaving by 40 %',
      '+ those who began in 2024-03 buy again about 1.2 times as often as all customers: raises the odds of leaving by 40 %',
    ]);
    expect(drivers.map((driver) => said(driver, 0.7, once))).toEqual([
      '- one purchase, 210 days ago: lowers the odds of leaving by 30 %',
      '- has not bought a second time: lowers the odds of leaving by 30 %',
      '- silent for 210 days: lowers the odds of leaving by 30 %',
      '- no rhythm of buying yet: lowers the odds of leaving by 30 %',
      '- too few purchases for a trend of their gaps: lowers the odds of leaving by 30 %',
      '- too few amounts for a trend: lowers the odds of leaving by 30 %',
      '- those who began in 2024-03 buy again about 1.2 times as often as all customers: lowers the odds of leaving by 30 %',
    ]);
  });

  test('says large effects as a factor, and never that nothing is left of the odds', () => {
    expect(said('recency', 1.9, repeat)).toMatch(/raises the odds of leaving by 90 %$/);
    expect(said('recency', 2.04, repeat)).toMatch(/multiplies the odds of leaving by 2\.0$/);
    expect(said('recency', 136.3, repeat)).toMatch(/multiplies the odds of leaving by 136$/);
    expect(said('recency', 0.001, repeat)).toMatch(/lowers the odds of leaving by over 99 %$/);
  });

  test('says near equality, a cohort at the ends of its scale, and one day', () => {
    const other = (changes: Partial<BuyingHabits>) => ({ ...repeat, ...changes });
    const fact = (driver: DriverName, changes: Partial<BuyingHabits>) =>
      said(driver, 1.4, other(changes)).split(': ')[0];
    expect(fact('rhythm', { daysSinceLastPurchase: 90 })).toBe(
      '+ silent for 90 days, as long as the usual gap of 91 days',
    );
    expect(fact('value_trend', { amountTrend: { last: 20.1, before: 20 } })).toBe(
      '+ the last purchase, $20.10, was as much as the average before it, $20.00',
    );
    expect(fact('recency', { daysSinceLastPurchase: 1 })).toBe('+ silent for 1 day');
    expect(fact('recency', { daysSinceLastPurchase: 0 })).toBe('+ bought on the as-of date');
    const cohorts = [2, 1, 2 ** (-1 / 2), 0.5].map((ratio) => fact('cohort', { cohortRepeatRatio: ratio }));
    expect(cohorts.map((text) => text?.replace(/.* buy again /, ''))).toEqual([
      'at least twice as often as all customers',
      'about as often as all customers',
      'about 71 % as often as all customers',
      'at most half as often as all customers',
    ]);
  });

  test('writes numbers as the locale does', () => {
    expect(said('rhythm', 2.5, repeat, german)).toMatch(/2,3 times .* multiplies the odds of leaving by 2,5$/);
    expect(said('value_trend', 1.4, repeat, german)).toContain('1.300,00\u00a0€');
  });
});

test('chances and small numbers are rounded neither to nothing nor to certainty', () => {
  const chances = [0, 0.0001, 0.0149, 0.5, 0.99, 0.996, 1].map((share) => english.chance(share));
  expect(chances).toEqual(['0 %', 'under 1 %', '1 %', '50 %', '99 %', 'over 99 %', '100 %']);
  expect([0, 0.004, 0.51298, 12.345].map((value) => english.few(value))).toEqual([
    '0.00',
    'under 0.01',
    '0.51',
    '12.3',
  ]);
  expect(german.few(0.51298)).toBe('0,51');
});

test('text is wrapped at spaces; a word that is too long is broken between characters', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('a 😀😀😀😀 b', 5)).toEqual(['a', '😀😀', '😀😀', 'b']);
  expect(wrap('', 10)).toEqual(['']);
  expect(wrap('abcdefgh', 3).join('')).toBe('abcdefgh');
});

test('names stand in one column, wrapped texts and items beside it', () => {
  const first = {
    title: 'ONE',
    lines: [
      ['a', 'word '.repeat(5).trim()],
      ['', '+ an item that wraps'],
    ] as const,
  };
  expect(blocksText([first, { title: 'TWO', lines: [['long name', 'x']], table: ['t'] }], 29)).toBe(
    [
      'ONE',
      '  a:         word word word',
      '             word word',
      '             + an item that',
      '               wraps',
      '',
      'TWO',
      '  t',
      '  long name: x',
    ].join('\n'),
  );
});
