import { expect, test } from 'vitest';
import { testHomogeneity } from '../../src/analytics/homogeneity.ts';

test('smokers among lung cancer patients of four studies: the values of Fleiss 1981, page 139', async () => {
  const smokers = [83, 90, 129, 70];
  const patients = [86, 93, 136, 82];
  const result = await testHomogeneity(patients.map((total, index) => ({ successes: smokers[index] ?? 0, total })));
  expect(result?.statistic).toBeCloseTo(12.6004, 4);
  expect(result?.degreesOfFreedom).toBe(3);
  expect(result?.pValue).toBeCloseTo(0.005585, 6);
});

test('two shares: the square of the z statistic, by hand', async () => {
  const result = await testHomogeneity([
    { successes: 10, total: 100 },
    { successes: 20, total: 100 },
  ]);
  expect(result?.statistic).toBeCloseTo(0.01 / (0.15 * 0.85 * 0.02), 10);
  expect(result?.pValue).toBeCloseTo(0.047669, 5);
});

test('equal shares in groups of any size differ by nothing', async () => {
  const result = await testHomogeneity([
    { successes: 3, total: 10 },
    { successes: 30, total: 100 },
    { successes: 300, total: 1_000 },
  ]);
  expect(result?.statistic).toBeCloseTo(0, 10);
  expect(result?.pValue).toBeCloseTo(1, 10);
});

test('a group without members changes nothing', async () => {
  const groups = [
    { successes: 10, total: 100 },
    { successes: 20, total: 100 },
  ];
  expect(await testHomogeneity([...groups, { successes: 0, total: 0 }])).toEqual(await testHomogeneity(groups));
});

test.each([
  ['no group', []],
  ['one group', [{ successes: 1, total: 2 }]],
  [
    'one group with members',
    [
      { successes: 1, total: 2 },
      { successes: 0, total: 0 },
    ],
  ],
  [
    'no success',
    [
      { successes: 0, total: 2 },
      { successes: 0, total: 3 },
    ],
  ],
  [
    'no failure',
    [
      { successes: 2, total: 2 },
      { successes: 3, total: 3 },
    ],
  ],
])('with %s there is nothing to test', async (_, groups) => {
  expect(await testHomogeneity(groups)).toBeUndefined();
});
