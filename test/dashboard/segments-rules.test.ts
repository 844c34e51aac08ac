import { afterAll, beforeAll, expect, test } from 'vitest';
import { row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { type ServedShop, servePipeline } from '../support/serve-shop.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop({
    lostDays: 300,
    highValueBy: 'threshold',
    ltvHighThreshold: 750,
    expectedGapPercentile: 0.95,
  });
  await shop.load([row('2024-01-05', 'a', 'o1', 10), row('2024-03-05', 'b', 'o2', 30)]);
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

test('the rules of the five segments name the settings of the run, in their order', async () => {
  const { rows } = await server.rows('/api/segments/rules');
  expect(rows.map(({ customer_segment }) => customer_segment)).toEqual([
    'Lost',
    'New',
    'High Value',
    'At Risk',
    'Regular',
  ]);
  expect(rows.map(({ rule }) => rule)).toEqual([
    'no order for more than 300 days, or none at all',
    'first order less than 90 days ago',
    'lifetime value of 750 or more, and an order within 90 days',
    'no order for more than 180 days; or a repeat customer silent for longer than 95 % of gaps like their own would be',
    'all others',
  ]);
});

test('the scores said of an RFM segment decide: of the segments that fit a combination, the narrowest is its own', async () => {
  const { rows } = await server.rows('/api/segments/profiles?segmentation=rfm');
  const scores = ['recency', 'frequency', 'monetary'] as const;
  const sides = (segment: (typeof rows)[number]) =>
    scores.map((score) => [Number(segment[`${score}_from`]), Number(segment[`${score}_to`])] as const);
  const size = (segment: (typeof rows)[number]) =>
    sides(segment).reduce((cells, [from, to]) => cells * (to - from + 1), 1);
  const cells = await shop.query('select * from business.rfm_cells');
  expect(cells.length).toBe(125);
  for (const cell of cells) {
    const fitting = rows.filter((segment) =>
      sides(segment).every(([from, to], index) => {
        const score = Number(cell[`${scores[index]}_score`]);
        return score >= from && score <= to;
      }),
    );
    const [narrowest] = fitting.toSorted((a, b) => size(a) - size(b));
    expect(narrowest?.segment, String(cell.rfm_score)).toBe(cell.rfm_segment);
  }
});
