import { randomNormal } from 'd3-random';
import { describe, expect, test } from 'vitest';
import { planLooks, spentAlpha } from '../../../src/analytics/experiments/alpha-spending.ts';
import { normalCdf, normalQuantile } from '../../../src/analytics/numeric/normal.ts';
import { seeded } from './simulated-campaign.ts';

const equal = (looks: number) => Array.from({ length: looks }, (_, index) => (index + 1) / looks);

describe("boundaries of the O'Brien-Fleming-type function for equal looks, two-sided 5 %", () => {
  // Reboussin, DeMets, Kim, Lan 2000 (the programs of the University of Wisconsin) and Jennison and Turnbull 2000, table 7.
  test.each([
    [[1.96]],
    [[2.963, 1.969]],
    [[3.71, 2.511, 1.993]],
    [[4.333, 2.963, 2.359, 2.014]],
    [[4.877, 3.357, 2.68, 2.29, 2.031]],
  ])('%j', (published) => {
    const looks = planLooks(equal(published.length), 0.05);
    for (const [index, z] of published.entries()) {
      expect(Math.abs((looks[index]?.criticalZ ?? 0) - z)).toBeLessThan(0.0011);
    }
  });

  test('what is spent by each look is what the function says, all of it at the end', () => {
    for (const alpha of [0.01, 0.05, 0.2]) {
      const looks = planLooks([0.25, 0.5, 0.75, 1], alpha);
      for (const { information, alphaSpent } of looks) {
        expect(alphaSpent).toBeCloseTo(spentAlpha(information, alpha), 8);
      }
      expect(looks.at(-1)?.alphaSpent).toBeCloseTo(alpha, 8);
    }
  });
});

test('without an effect, 5 % of 200,000 simulated experiments cross a boundary at any of four looks', () => {
  const informations = [0.25, 0.5, 0.75, 1];
  const looks = planLooks(informations, 0.05);
  const normal = randomNormal.source(seeded(7))(0, 1);
  const crossed = informations.map(() => 0);
  const experiments = 200_000;
  for (let experiment = 0; experiment < experiments; experiment++) {
    let score = 0;
    for (const [index, { information, criticalZ }] of looks.entries()) {
      score += normal() * Math.sqrt(information - (informations[index - 1] ?? 0));
      if (Math.abs(score) / Math.sqrt(information) <= criticalZ) continue;
      crossed[index] = (crossed[index] ?? 0) + 1;
      break;
    }
  }
  let before = 0;
  for (const [index, { alphaSpent }] of looks.entries()) {
    before += crossed[index] ?? 0;
    const error = Math.sqrt((alphaSpent * (1 - alphaSpent)) / experiments);
    expect(Math.abs(before / experiments - alphaSpent), `look ${index + 1}`).toBeLessThan(4 * error);
  }
});

test('tails of the normal distribution, to the digits of tables', () => {
  expect(normalCdf(-1.959963984540054)).toBeCloseTo(0.025, 14);
  expect(normalCdf(1.2815515655446004)).toBeCloseTo(0.9, 12);
  expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 9);
  for (const z of [-5, -2, -0.1, 0, 0.5, 3]) expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 9);
});
