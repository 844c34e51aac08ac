import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testHomogeneity } from '../../../src/analytics/homogeneity.ts';
import { shareDifferenceZ } from '../../../src/analytics/observation/share-difference.ts';

test('its square is Pearson’s chi-square of the two groups, its sign says which is more', async () => {
  const shares = fc.tuple(fc.nat(200), fc.nat(200)).map(([successes, failures]) => ({
    successes,
    total: successes + failures,
  }));
  await fc.assert(
    fc.asyncProperty(shares, shares, async (a, b) => {
      const z = shareDifferenceZ(a, b);
      const pearson = await testHomogeneity([a, b]);
      expect(z ** 2).toBeCloseTo(pearson?.statistic ?? 0, 8);
      expect(Math.sign(z)).toBe(
        Math.sign(a.successes * b.total - b.successes * a.total) * (pearson === undefined ? 0 : 1),
      );
      expect(shareDifferenceZ(b, a)).toBeCloseTo(-z, 12);
    }),
  );
});

test('the Salk vaccine trial of 1954: 57 of 200,745 against 142 of 201,229 are 6.0 standard errors', () => {
  const [vaccinated, placebo] = [
    { successes: 57, total: 200_745 },
    { successes: 142, total: 201_229 },
  ];
  expect(shareDifferenceZ(placebo, vaccinated)).toBeCloseTo(6.01, 2);
});
