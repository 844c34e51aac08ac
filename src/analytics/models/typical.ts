import type { PurchaseCells } from '../purchase-cells.ts';
import type { TimeUnit } from '../units.ts';

/** Magnitudes of a customer base, to scale a search by; finite and positive for any cells. */
export interface Typical {
  /** Repeat purchases per unit of time. */
  readonly rate: number;
  /** Mean age. */
  readonly age: number;
  /** Share with a repeat purchase. */
  readonly repeaters: number;
}

export function typical(cells: PurchaseCells<TimeUnit>): Typical {
  const { customers, exposure, repeatPurchases, frequencies, groupStarts, counts } = cells;
  let once = 0;
  if (frequencies[0] === 0) for (let cell = 0; cell < (groupStarts[1] ?? 0); cell++) once += counts[cell] ?? 0;
  const time = exposure > 0 ? exposure : 1;
  return {
    rate: Math.max(repeatPurchases, 0.5) / time,
    age: time / Math.max(customers, 1),
    repeaters: customers > 0 ? 1 - once / customers : 0,
  };
}
