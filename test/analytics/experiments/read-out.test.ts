import { describe, expect, test } from 'vitest';
import { planLooks } from '../../../src/analytics/experiments/alpha-spending.ts';
import { type Resampling, resample } from '../../../src/analytics/experiments/bootstrap.ts';
import { type Readout, readOut } from '../../../src/analytics/experiments/read-out.ts';
import { verdictOf } from '../../../src/analytics/experiments/verdict.ts';
import type { Interval } from '../../../src/analytics/intervals.ts';
import {
  type CampaignTruth,
  plainTruth,
  seeded,
  simulateCampaign,
  trueConversion,
  trueRevenue,
  windows,
} from './simulated-campaign.ts';

const looks = planLooks(windows, 0.05);
const resampling = resample(100, 11, 499, seeded(1));

/** The readouts of one simulated launch, look after look. */
function readoutsOf(truth: CampaignTruth, seed: number, draws: Resampling = resampling): Readout[] {
  return simulateCampaign(truth, seeded(seed)).map(({ targets, controls }, look) =>
    readOut(targets, controls, looks[look]?.criticalZ ?? 0, draws),
  );
}

const holds = (interval: Interval | null, value: number) =>
  interval !== null && interval.low <= value && value <= interval.high;

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
const shareOf = <Item>(items: readonly Item[], has: (item: Item) => boolean) => items.filter(has).length / items.length;

/** The readout at the end of the window. */
function finalReadout(truth: CampaignTruth, seed: number): Readout {
  const { targets, controls } = simulateCampaign(truth, seeded(seed)).at(-1) ?? {};
  if (targets === undefined || controls === undefined) throw new Error('no look');
  return readOut(targets, controls, looks.at(-1)?.criticalZ ?? 0, resampling);
}

describe('a shop with a planted uplift of 20 %, 600 seeds, at the end of the window', () => {
  const truth = { ...plainTruth, uplift: 1.2 };
  const finals = Array.from({ length: 600 }, (_, index) => finalReadout(truth, index + 1));

  test.each([
    ['conversion', (one: Readout) => holds(one.conversion.interval, trueConversion(truth))],
    ['revenue', (one: Readout) => holds(one.revenue.interval, trueRevenue(truth))],
    ['revenue with the prediction', (one: Readout) => holds(one.adjusted.interval, trueRevenue(truth))],
  ])('the interval of the %s holds the truth in 90 to 97 %%', (_, isCovered) => {
    expect(shareOf(finals, isCovered)).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(finals, isCovered)).toBeLessThanOrEqual(0.97);
  });

  test('the prediction makes the variance smaller, by what it explains, and moves the estimate nowhere', () => {
    const mean = (of: (one: Readout) => number) => finals.reduce((sum, one) => sum + of(one), 0) / finals.length;
    expect(mean((one) => one.varianceReductionPercent)).toBeGreaterThan(5);
    expect(mean((one) => one.revenue.value)).toBeCloseTo(trueRevenue(truth), 0);
    expect(mean((one) => one.adjusted.value)).toBeCloseTo(trueRevenue(truth), 0);
  });
});

describe('a shop without any uplift, 200 seeds', () => {
  const arms = { targets: plainTruth.targets, controls: plainTruth.controls };
  const all = seeds.map((seed) => readoutsOf(plainTruth, seed + 1_000));

  test('93 to 97 % end with "no evidence"', () => {
    const share = shareOf(
      all,
      (readouts) => verdictOf({ ...arms, isFinal: true, readout: readouts.at(-1) ?? null }) === 'no evidence',
    );
    expect(share).toBeGreaterThanOrEqual(0.93);
    expect(share).toBeLessThanOrEqual(0.97);
  });

  test('all four looks together claim something in at most 7 %', () => {
    const claims = (readout: Readout) => !holds(readout.conversion.interval, 0);
    expect(shareOf(all, (readouts) => readouts.some(claims))).toBeLessThanOrEqual(0.07);
  });
});

test('a strong effect is seen before the window is over, harm too', () => {
  const verdictAt = (uplift: number, look: number) => {
    const readout = readoutsOf({ ...plainTruth, controls: 4_500, uplift }, 1, resample(100, 100, 199, seeded(1)))[look];
    return verdictOf({ targets: 4_500, controls: 4_500, isFinal: look === 3, readout: readout ?? null });
  };
  expect([verdictAt(2, 1), verdictAt(0.4, 1), verdictAt(1, 1)]).toEqual(['more', 'fewer', 'too early']);
});
