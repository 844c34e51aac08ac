import { describe, expect, test } from 'vitest';
import type { SaleRow } from '../support/make-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { amountsInCents, badMonth, betterCohort, silentTopDecile } from './plant.ts';
import { steadyRows } from './steady-shop.ts';

const steady = steadyRows({ seed: 11, customers: 5_000, startDate: '2022-01-01', endDate: '2024-06-30' });

async function findingsIn(rows: readonly SaleRow[]) {
  await using shop = await openShop();
  const summary = await shop.load(rows);
  const findings = summary.insights.filter(({ kind }) => kind === 'finding');
  // Each finding can be computed again from what is published.
  const stored = await shop.query(
    "select insight_title, evidence_sql from business.business_insights where insight_kind = 'finding'",
  );
  expect(stored.map(({ insight_title: title }) => title)).toEqual(findings.map(({ title }) => title));
  for (const { evidence_sql: sql } of stored) expect(await shop.query(String(sql))).not.toEqual([]);
  return findings;
}

describe('what is planted into a steady shop is found and comes first', () => {
  test('a month in which half of the orders are missing', async () => {
    const [first] = await findingsIn(badMonth(steady, '2024-06'));
    expect(first).toMatchObject({ type: 'revenue_month', title: expect.stringContaining('2024-06') });
    expect(first?.title).toMatch(/Revenue of 2024-06 was (4\d|5\d) % below/);
    expect(first?.metric.low).toBeLessThan(-50);
    expect(first?.metric.high).toBeGreaterThan(-50);
    expect(first?.adjustedPValue).toBeGreaterThan(first?.pValue ?? 1);
    expect(first?.priority).toBeLessThan(3);
  });

  test('a cohort of which a fifth more come back', async () => {
    const findings = await findingsIn(betterCohort(steady, '2023-08'));
    expect(findings[0]).toMatchObject({
      type: 'cohort',
      title: expect.stringContaining('Cohort 2023-08 came back more'),
    });
    expect(findings.filter(({ type }) => type === 'cohort')).toHaveLength(1);
  });

  test('the tenth of the customers who have spent most, silent for 90 days', async () => {
    const [first] = await findingsIn(silentTopDecile(steady, 90));
    expect(first).toMatchObject({
      type: 'high_value_return',
      title: expect.stringContaining('High-value customers have gone quiet'),
    });
    expect(first?.expectedMoney).toBeGreaterThan(0);
  });

  test('amounts of the last weeks in cents: said to look like another unit', async () => {
    const findings = await findingsIn(amountsInCents(steady, 28));
    const amount = findings.find(({ type }) => type === 'order_amount');
    expect(amount?.description).toContain('looks like another unit or currency');
  });
});

test('a second file with more refused records than the first: found by its cause, not twice', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const [earlier, later] = [
    steady.filter(({ date }) => date < '2023-06-01'),
    steady.filter(({ date }) => date >= '2023-06-01' && date < '2023-09-01'),
  ];
  await shop.load(earlier);
  const spoiled = later.map((one, index) => (index % 20 === 0 ? { ...one, customer: '' } : one));
  const summary = await shop.load(spoiled, { append: true });
  const findings = summary.insights.filter(({ type }) => type === 'data_quality');
  expect(findings.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^More records are without a usable customer: 5\.\d\d % of the latest file, 0\.00 % before$/),
  ]);
});
