import { expect, test } from 'vitest';
import type { Candidate, TriedCandidate } from '../../src/insights/candidate.ts';
import { settle } from '../../src/insights/settle.ts';

const rules = { falseDiscoveryRate: 0.05, minEffect: 0.1, yearRevenue: 100_000 };

function tried(
  key: string,
  pValue: number,
  more: Partial<TriedCandidate> & { readonly relative?: number } = {},
): TriedCandidate {
  const { relative = 0.5, ...rest } = more;
  return {
    ...{ key, type: 'cohort', comparison: key, unit: 'percent', evidenceSql: 'select 1', money: 1_000 },
    evidence: { effect: 100 * relative, low: null, high: null, relative, pValue },
    story: { title: key, description: key, recommendation: key },
    ...rest,
  };
}

const untried: Candidate = {
  ...{ key: 'u', type: 'cohort', comparison: 'u', unit: 'percent', evidenceSql: 'select 1' },
  ...{ evidence: null, notTried: 'one month, ten are needed' },
};

/** What is reported, and why the others are not. */
const verdicts = (candidates: readonly Candidate[]) =>
  settle(candidates, rules).map(({ candidate, whyNot }) => [candidate.key, whyNot]);

test('a p-value that would do alone does not do among many', () => {
  expect(verdicts([tried('a', 0.03)])).toEqual([['a', null]]);
  const many = Array.from({ length: 9 }, (_, index) => tried(`n${index}`, 0.9));
  expect(verdicts([tried('a', 0.03), ...many])).toContainEqual(['a', 'chance explains it: one of 10 comparisons']);
});

test('what was not tried is not counted as a comparison, and says what is needed', () => {
  const settled = settle([tried('a', 0.03), untried, untried, untried], rules);
  expect(settled[0]).toMatchObject({ isReported: true, adjustedPValue: 0.03 });
  expect(settled[1]).toMatchObject({ whyNot: 'not tried: one month, ten are needed', adjustedPValue: null });
});

test('a certain difference that is too small to matter is not reported, with the setting that says so', () => {
  expect(verdicts([tried('a', 1e-9, { relative: -0.09 }), tried('b', 1e-9, { relative: -0.1 })])).toEqual([
    ['b', null],
    ['a', 'smaller than 10 %, which insightMinEffect asks for'],
  ]);
});

test('one of a group that does not differ is not reported', () => {
  expect(verdicts([tried('a', 1e-4, { gate: 0.06 }), tried('b', 1e-4, { gate: 0.05 })])).toEqual([
    ['b', null],
    ['a', 'chance explains it: the group it belongs to does not differ'],
  ]);
});

test('nothing is said twice: the more precise one is reported', () => {
  const all = tried('all', 1e-6, { saidBy: ['one', 'two'] });
  expect(verdicts([all, tried('one', 1e-4), tried('two', 0.5)])).toEqual([
    ['one', null],
    ['all', 'said by another comparison: one'],
    ['two', 'chance explains it: one of 3 comparisons'],
  ]);
  expect(verdicts([all, tried('one', 0.5)])[0]).toEqual(['all', null]);
});

test('findings are ordered by money at stake times certainty, and have priorities by it', () => {
  const settled = settle(
    [
      ...[tried('some', 1e-6, { money: 600 }), tried('most', 0.01, { money: 6_000 })],
      ...[tried('much', 1e-6, { money: 3_000 }), tried('little', 1e-6, { money: 10 })],
    ],
    rules,
  );
  expect(settled.map(({ candidate, priority }) => [candidate.key, priority])).toEqual([
    ...[
      ['most', 1],
      ['much', 2],
      ['some', 3],
      ['little', 4],
    ],
  ]);
  expect(settled[0]?.rankScore).toBeCloseTo(6_000 * 0.99, 6);
});
