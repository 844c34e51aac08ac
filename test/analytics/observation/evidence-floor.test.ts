import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingEvidence } from '../../../src/analytics/observation/evidence-floor.ts';

const floor = { minBuyers: 500, minHistoryDays: 180, minEvents: 100 };
const enough = { buyers: 500, historyDays: 180, returned: 100, notReturned: 100 };
const missing = (short: Partial<typeof enough>) => missingEvidence({ ...enough, ...short }, floor);
const needed = 'needed before anything can be predicted';

test('nothing is missing on the floor and above it', () => {
  expect(missing({})).toBeNull();
  expect(missingEvidence({ buyers: 9e6, historyDays: 4000, returned: 1e6, notReturned: 8e6 }, floor)).toBeNull();
});

describe('one piece is missing', () => {
  test.each([
    [
      'buyers, and how long they take',
      { buyers: 300, historyDays: 200 },
      '200 more buyers or, at the pace so far, 134 more days are',
    ],
    [
      'a pace without remainder',
      { buyers: 250, historyDays: 180 },
      '250 more buyers or, at the pace so far, 180 more days are',
    ],
    ['one buyer', { buyers: 499, historyDays: 1498 }, '1 more buyer or, at the pace so far, 4 more days are'],
    ['one buyer, one day', { buyers: 499 }, '1 more buyer or, at the pace so far, 1 more day is'],
    ['two buyers, one day', { buyers: 498 }, '2 more buyers or, at the pace so far, 1 more day is'],
    ['a slow shop', { buyers: 10, historyDays: 900 }, '490 more buyers or, at the pace so far, 44,100 more days are'],
    ['no buyer', { buyers: 0 }, '500 more buyers are'],
    ['history', { historyDays: 150 }, '30 more days of orders are'],
    ['one day', { historyDays: 179 }, '1 more day of orders is'],
    ['returning customers', { returned: 88 }, '12 more customers who order again within the horizon are'],
    ['one of them', { returned: 99 }, '1 more customer who orders again within the horizon is'],
    ['others', { notReturned: 0 }, '100 more customers who do not order again within the horizon are'],
    ['one of these', { notReturned: 99 }, '1 more customer who does not order again within the horizon is'],
  ])('%s', (_, short, words) => {
    expect(missing(short)).toBe(`${words} ${needed}`);
  });

  test('a young shop', () => {
    const evidence = { buyers: 358, historyDays: 151, returned: 100, notReturned: 100 };
    expect(missingEvidence(evidence, { ...floor, minHistoryDays: 90 })).toBe(
      `142 more buyers or, at the pace so far, 60 more days are ${needed}`,
    );
  });

  test('one buyer of whom nobody knows when', () => {
    const evidence = { buyers: 0, historyDays: 0, returned: 0, notReturned: 0 };
    expect(missingEvidence(evidence, { minBuyers: 1, minHistoryDays: 0, minEvents: 0 })).toBe(
      `1 more buyer is ${needed}`,
    );
  });
});

describe('several pieces are missing', () => {
  test('two', () => {
    expect(missing({ historyDays: 179, returned: 99 })).toBe(
      `1 more day of orders; and 1 more customer who orders again within the horizon are ${needed}`,
    );
  });

  test('all of an empty shop, without a pace', () => {
    expect(missing({ buyers: 0, historyDays: 0, returned: 0, notReturned: 0 })).toBe(
      '500 more buyers; 180 more days of orders; 100 more customers who order again within the horizon; ' +
        `and 100 more customers who do not order again within the horizon are ${needed}`,
    );
  });
});

test('whoever waits for the days of the pace has the buyers, and a day less is too few; no figure is endless', () => {
  const counts = fc.nat(1000);
  fc.assert(
    fc.property(counts, counts, counts, counts, (buyers, historyDays, returned, notReturned) => {
      const words = missingEvidence({ buyers, historyDays, returned, notReturned }, floor);
      const isEnough = buyers >= 500 && historyDays >= 180 && returned >= 100 && notReturned >= 100;
      expect(words === null).toBe(isEnough);
      expect(words ?? '').not.toMatch(/NaN|Infinity|∞|-\d|\b0 more/);
      const pace = /pace so far, ([\d,]+) more/.exec(words ?? '')?.[1];
      expect(pace !== undefined).toBe(buyers > 0 && buyers < 500 && historyDays > 0);
      if (pace === undefined) return;
      const days = Number(pace.replaceAll(',', ''));
      expect(buyers * (historyDays + days)).toBeGreaterThanOrEqual(500 * historyDays);
      expect(buyers * (historyDays + days - 1)).toBeLessThan(500 * historyDays);
    }),
  );
});
