import { expect, test } from 'vitest';
import type { Readout } from '../../../src/analytics/experiments/read-out.ts';
import { verdictInWords, verdictOf } from '../../../src/analytics/experiments/verdict.ts';

function readout(value: number, low: number, high: number): Readout {
  const nothing = { value: 0, interval: null };
  return {
    conversion: { value, interval: { low, high } },
    ...{ revenue: nothing, adjusted: nothing, theta: 0, varianceReductionPercent: 0 },
  };
}

const arms = { targets: 4_500, controls: 1 };

test.each([
  [
    { ...arms, isFinal: true, readout: readout(0.02, 0.001, 0.04) },
    'more',
    'More of 4,500 targets than of 1 control ordered: +2.00 percentage points (interval +0.10 to +4.00 percentage points).',
  ],
  [
    { ...arms, isFinal: false, readout: readout(-0.02, -0.04, -0.001) },
    'fewer',
    'Fewer of 4,500 targets than of 1 control ordered: -2.00 percentage points (interval -4.00 to -0.10 percentage points). The campaign did harm.',
  ],
  [
    { ...arms, isFinal: true, readout: readout(0.00001, -0.01, 0.04) },
    'no evidence',
    'No evidence of an effect: a difference of 0.00 percentage points (interval -1.00 to +4.00 percentage points) can be chance.',
  ],
  [
    { ...arms, isFinal: false, readout: readout(0.02, 0, 0.04) },
    'too early',
    'Too early to tell: so far +2.00 percentage points (interval 0.00 to +4.00 percentage points); the window is not over.',
  ],
  [{ ...arms, isFinal: false, readout: null }, 'too early', 'Too early: no look has been reached yet.'],
  [
    { targets: 3, controls: 0, isFinal: true, readout: null },
    'no control group',
    'No control group: nobody was left alone, so the effect cannot be known.',
  ],
  [
    { targets: 0, controls: 3, isFinal: false, readout: null },
    'no control group',
    'No control group: nobody was to be contacted, so the effect cannot be known.',
  ],
])('%o: %s', (judged, verdict, words) => {
  expect(verdictOf(judged)).toBe(verdict);
  expect(verdictInWords(judged)).toBe(words);
});
