import { expect, test } from 'vitest';
import { judgeGaps } from '../../src/insights/order-gaps.ts';
import type { ShopFigures } from '../../src/insights/shop-figures.ts';
import { wordsOf } from '../../src/insights/words.ts';

const vars = new Map(Object.entries({ locale: 'en-US', currency: 'USD' }));
const context = {
  words: wordsOf({ vars }),
  shop: { yearRevenue: 36_500 } as ShopFigures,
};
const block = (successes: number) => ({ successes, total: 28 });

test('days without an order beyond the usual cost what such days bring', () => {
  const { money, story, evidence } = judgeGaps([14, 2, 1, 3, 2].map(block), context, '') as ReturnType<
    typeof judgeGaps
  > & {
    readonly money: number;
    readonly story: { readonly title: string; readonly description: string };
  };
  expect(evidence?.pValue).toBeLessThan(0.01);
  expect(story.title).toBe('14 of the last 28 days have no order, 2.0 would be usual');
  expect(story.description).toMatch(/^In the 112 days before, 8 had none \(p/);
  expect(money).toBeCloseTo(12 * 100, 9);
});

test('a shop that is as it was is no finding, and a short history is not judged', () => {
  expect(judgeGaps([2, 2, 1, 3, 2].map(block), context, '').evidence?.pValue).toBeGreaterThan(0.3);
  expect(judgeGaps([14, 2, 1, 3].map(block), context, '')).toMatchObject({
    evidence: null,
    notTried: 'the history is too short: 140 days are needed',
  });
});
