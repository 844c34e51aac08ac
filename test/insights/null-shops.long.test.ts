import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Share } from '../../src/analytics/homogeneity.ts';
import { isTried, settle } from '../../src/insights/settle.ts';
import { pageText } from '../docs/support.ts';
import { referenceCandidates } from './reference-candidates.ts';
import { steadyRows } from './steady-shop.ts';

const SHOPS = 100;
const MIN_EFFECT = 0.1;

/** Of 28 days each, the last first; every record is faulty with the same chance. */
function faultsOf(seed: number): Share[] {
  const generator = xoroshiro128plus(seed);
  return Array.from({ length: 12 }, () => ({
    successes: Array.from({ length: 400 }, () => uniformFloat64(generator)).filter((u) => u < 0.02).length,
    total: 400,
  }));
}

/** Shops of several sizes and ages in which nothing changes but by chance. */
async function shopOf(seed: number) {
  const [customers, startDate, rate] = [
    [1_500, 3_000, 6_000][seed % 3] ?? 0,
    ['2021-01-01', '2022-07-01', '2023-03-10'][Math.floor(seed / 3) % 3] ?? '',
    [0.002, 0.006][Math.floor(seed / 9) % 2] ?? 0,
  ];
  const rows = steadyRows({
    ...{ seed, customers, startDate, endDate: '2024-06-30' },
    truth: { meanOrdersPerDay: rate, neverReturnShare: [0, 0.5][seed % 2] ?? 0 },
  });
  return referenceCandidates(rows, faultsOf(seed));
}

describe(`${SHOPS} shops in which nothing differs but by chance`, () => {
  const reported: string[][] = [];
  const uncorrected: number[] = [];
  const pValues = new Map<string, number[]>();

  beforeAll(async () => {
    for (let seed = 1; seed <= SHOPS; seed++) {
      const { candidates, yearRevenue } = await shopOf(seed);
      for (const one of candidates.filter(isTried)) {
        const kind = one.key.replace(/ \d{4}-\d\d$/, '');
        pValues.set(kind, [...(pValues.get(kind) ?? []), one.evidence.pValue]);
      }
      const settled = settle(candidates, { falseDiscoveryRate: 0.05, minEffect: MIN_EFFECT, yearRevenue });
      reported.push(settled.filter(({ isReported }) => isReported).map(({ candidate }) => candidate.key));
      const large = candidates.filter(isTried).filter(({ evidence }) => Math.abs(evidence.relative) >= MIN_EFFECT);
      uncorrected.push(large.filter(({ evidence }) => evidence.pValue < 0.05).length);
    }
  });

  test('at most 5 of them report any difference', async () => {
    const found = reported.filter((keys) => keys.length > 0);
    expect(found.length, JSON.stringify(found)).toBeLessThanOrEqual(5);
    const without = uncorrected.filter((count) => count > 0).length;
    const page = (await pageText('docs/insights.md')).replaceAll(/\s+/g, ' ');
    expect(page).toContain(
      `On ${SHOPS} simulated shops in which nothing differs but by chance, ${found.length} has a finding; without the correction ${without} of them would have had one.`,
    );
  });

  test('without the correction many of them would', () => {
    expect(uncorrected.filter((count) => count > 0).length).toBeGreaterThan(40);
  });

  test('each kind of comparison is tried in most of them, and its p-values are not smaller than chance makes them', () => {
    expect([...pValues.keys()].sort()).toEqual([
      ...['cohort', 'cohort_differences', 'high_value_return', 'order_amount', 'order_gaps', 'rejected_rows weeks'],
      ...['revenue_month', 'second_order', 'third_order'],
    ]);
    for (const [kind, values] of pValues) {
      const below = (limit: number) => values.filter((pValue) => pValue <= limit).length;
      for (const limit of [0.01, 0.05, 0.2]) {
        // Three standard errors above the limit.
        const most = limit * values.length + 3 * Math.sqrt(limit * values.length) + 1;
        expect(below(limit), `${kind}: ${below(limit)} of ${values.length} at ${limit}`).toBeLessThanOrEqual(most);
      }
    }
  });
});
