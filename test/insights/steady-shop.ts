import type { ShopTruth } from '../../src/sample/shop-options.ts';
import type { SaleRow } from '../support/make-shop.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

/** Nothing changes in it but by chance: as many new customers in every month, and each orders at a rate of their own. */
export const steadyTruth: Partial<ShopTruth> = {
  ...{ acquisitionGrowthPerMonth: 0, monthFactors: Array(12).fill(1), repeatSeasonality: 0, neverReturnShare: 0.3 },
  meanOrdersPerDay: 0.004,
};

export interface SteadyShop {
  readonly seed: number;
  readonly customers: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly truth?: Partial<ShopTruth>;
}

export function steadyRows({ truth = {}, ...options }: SteadyShop): SaleRow[] {
  return simulatedRows({ ...options, truth: { ...steadyTruth, ...truth } });
}
