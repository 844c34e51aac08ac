import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { simulateShop } from '../../src/sample/shop.ts';
import { defaultShopOptions, type ShopOptions } from '../../src/sample/shop-options.ts';
import { shopSettings } from '../../src/sample/shop-settings.ts';

function refusal(options: object): UsageError {
  try {
    shopSettings(options as ShopOptions);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the options were accepted');
}

describe('shop settings', () => {
  it('fill in the documented defaults', () => {
    const { startDate, endDate, ...rest } = defaultShopOptions;
    expect(shopSettings()).toEqual({ ...rest, firstDay: 19_358, dayCount: 912 });
  });

  it('keep the other truth parameters when one is given', () => {
    const { truth } = shopSettings({ truth: { spendScale: 10 } });
    expect(truth).toEqual({ ...defaultShopOptions.truth, spendScale: 10 });
  });

  it.each([
    [{ customers: 0 }, '0 is no possible value of customers'],
    [{ customers: 1.5 }, '1.5 is no possible value of customers'],
    [{ customers: Number.NaN }, 'NaN is no possible value of customers'],
    [{ seed: -1 }, '-1 is no possible value of seed'],
    [{ seed: 2 ** 32 }, '4294967296 is no possible value of seed'],
    [{ startDate: '2023-02-29' }, '"2023-02-29" is not a date (startDate'],
    [{ endDate: '30.06.2025' }, '"30.06.2025" is not a date (endDate'],
    [{ startDate: '2025-07-01' }, '2025-07-01 to 2025-06-30 is no possible period'],
    [{ startDate: '1900-01-01' }, '1900-01-01 to 2025-06-30 is no possible period'],
    [{ truth: { neverReturnShare: 1.01 } }, '1.01 is no possible value of neverReturnShare'],
    [{ truth: { meanOrdersPerDay: 0 } }, '0 is no possible value of meanOrdersPerDay'],
    [{ truth: { spendMeanShape: 1 } }, '1 is no possible value of spendMeanShape'],
    [{ truth: { monthFactors: [1, 2] } }, '[1, 2] is no possible value of monthFactors'],
    [{ truth: { weekdayFactors: [1, 1, 1, 1, 1, 1, 0] } }, '0 is no possible value of weekdayFactors'],
    [{ truth: { returnDelayDays: [0, 5] } }, '0 is no possible value of returnDelayDays'],
    [{ truth: { returnDelayDays: [9, 5] } }, '5 is no possible value of returnDelayDays'],
    [{ custommers: 5 }, '"custommers" is not an option of a simulated shop (did you mean "customers"?)'],
    [{ truth: { spendshape: 5 } }, '(did you mean "spendShape"?)'],
  ])('%j is refused with a remedy', (options, message) => {
    const error = refusal(options);
    expect(error.message).toContain(message);
    expect(error.remedy.join()).not.toBe('');
    expect(error.exitCode).toBe(2);
  });

  it('are checked when the simulation is asked for, not when its first order is read', () => {
    expect(() => simulateShop({ customers: 0 })).toThrow(UsageError);
  });
});
