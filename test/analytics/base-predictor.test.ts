import { expect, test } from 'vitest';
import { basePredictor, predictor } from '../../src/analytics/customer-outlook.ts';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { rate, weeks } from '../../src/analytics/units.ts';
import { truths } from '../../src/selftest/verify/recovery.ts';

const histories = [0, 1, 4].flatMap((frequency) =>
  [10, 30, 50].flatMap((age) =>
    (frequency === 0 ? [0] : [2, 7, age]).map((recency) => ({
      frequency,
      recency: weeks(Math.min(recency, age)),
      age: weeks(age),
    })),
  ),
);

test.each(purchaseModels.map((model) => [model.name, model] as const))(
  'customers who share a frequency and an age share their future while alive: %s',
  (name, model) => {
    const parameters = { model, unit: 'week', values: Float64Array.from(truths[name] ?? []) } as const;
    const [alone, together] = [predictor(parameters), basePredictor(parameters)];
    const discount = rate(0.002, 'week');
    for (const history of [...histories, ...histories.toReversed()]) {
      const [one, shared] = [alone.of(history), together.of(history)];
      expect(shared.pAlive).toBe(one.pAlive);
      expect(shared.pNeverReturns).toBe(one.pNeverReturns);
      for (const horizon of [weeks(4), weeks(39), weeks(4)]) {
        expect(shared.expectedOrders(horizon)).toBe(one.expectedOrders(horizon));
        expect(shared.pNoOrder(horizon)).toBe(one.pNoOrder(horizon));
        expect(shared.orderVariance(horizon)).toBe(one.orderVariance(horizon));
        for (const upTo of [3, 4, 9, 2]) {
          const [a, b] = [shared.orderProbabilities(horizon, upTo), one.orderProbabilities(horizon, upTo)];
          expect(a).toHaveLength(upTo + 1);
          for (const [n, probability] of b.entries()) expect(a[n]).toBeCloseTo(probability, 12);
        }
        expect(shared.discountedOrders(horizon, discount)).toBe(one.discountedOrders(horizon, discount));
      }
      expect(shared.discountedOrdersForGood(discount)).toBe(one.discountedOrdersForGood(discount));
      expect(shared.nextOrder.median).toBe(one.nextOrder.median);
      expect(shared.nextOrder.quantileIfReturning(0.9)).toBe(one.nextOrder.quantileIfReturning(0.9));
    }
  },
);
