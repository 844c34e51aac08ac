import { describe, expect, test } from 'vitest';
import { isTried, settle } from '../../src/insights/settle.ts';
import { csvOf, type SaleRow } from '../support/make-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { referenceCandidates } from './reference-candidates.ts';
import { steadyRows } from './steady-shop.ts';

const steady = { customers: 2_500, startDate: '2022-01-01', endDate: '2024-06-30' };

/** The same rows in another order, which is always the same. */
const stirred = (rows: readonly SaleRow[]): SaleRow[] =>
  rows
    .map((one, index) => ({ one, key: (index * 7_919) % 10_007 }))
    .sort((a, b) => a.key - b.key || (a.one.order < b.one.order ? -1 : 1))
    .map(({ one }) => one);

describe('shops in which nothing differs but by chance', () => {
  test.each([3, 4])('number %d: no finding; the comparisons are those of a reference without SQL', async (seed) => {
    const rows = steadyRows({ ...steady, seed });
    await using shop = await openShop();
    const summary = await shop.load(rows);
    expect(summary.insights.filter(({ kind }) => kind === 'finding')).toEqual([]);
    expect(summary.insights.map(({ type }) => type)).toContain('conversion');

    const stored = await shop.query('select * from business.insight_candidates where p_value is not null');
    const { candidates, yearRevenue } = await referenceCandidates(rows);
    const settled = settle(candidates, { falseDiscoveryRate: 0.05, minEffect: 0.1, yearRevenue });
    const expected = settled.filter(({ candidate }) => isTried(candidate));
    expect(summary.layers.business.comparisonsTried).toBe(expected.length);
    expect(stored.map(({ comparison }) => comparison).sort()).toEqual(
      expected.map(({ candidate }) => candidate.comparison).sort(),
    );
    for (const { candidate, adjustedPValue } of expected) {
      const row = stored.find(({ comparison }) => comparison === candidate.comparison);
      if (!isTried(candidate)) continue;
      expect(Number(row?.p_value), candidate.key).toBeCloseTo(candidate.evidence.pValue, 6);
      expect(Number(row?.adjusted_p_value), candidate.key).toBeCloseTo(adjustedPValue ?? 1, 6);
      expect(Number(row?.effect), candidate.key).toBeCloseTo(candidate.evidence.effect, 5);
      expect(Number(row?.expected_money), candidate.key).toBeCloseTo(candidate.money, 1);
    }
  });
});

test('the order of the rows changes no insight, and every query that is stored can be asked', async () => {
  const rows = steadyRows({ ...steady, customers: 1_200, seed: 8 });
  await using one = await openShop();
  await using other = await openShop();
  await one.run([await one.write('orders.csv', csvOf(rows))]);
  await other.run([await other.write('orders.csv', csvOf(stirred(rows)))]);
  for (const table of ['insight_candidates', 'business_insights']) {
    const sql = `select * from business.${table} order by 1`;
    const stored = await one.query(sql);
    expect(stored.length).toBeGreaterThan(2);
    expect(await other.query(sql)).toEqual(stored);
    for (const { evidence_sql: evidence } of stored) await one.query(String(evidence));
  }
});
