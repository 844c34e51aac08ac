import { expect, test } from 'vitest';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { recoveryOf } from '../../src/selftest/verify/recovery.ts';

/** All 40 seeds are in test/slow/model-recovery.test.ts. */
test.each(purchaseModels.map((model) => [model.title, model] as const))(
  '%s: known parameters are recovered within 3 standard errors, 80 %% intervals of customers cover 75 to 85 %%',
  (_, model) => {
    const { recovered, coverage, passed } = recoveryOf(model, 1);
    expect(recovered).toBeGreaterThanOrEqual(4);
    expect(coverage).toBeGreaterThan(0.75);
    expect(coverage).toBeLessThan(0.85);
    expect(passed).toBe(true);
  },
);
