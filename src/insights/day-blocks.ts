import type { ShopFigures } from './shop-figures.ts';

/** Four weeks, so that each has the same weekdays. */
export const BLOCK_DAYS = 28;
/** Two years of them are looked at. */
const MOST_BLOCKS = 26;

/** SQL for the number of the block a day lies in: 0 for the last one, which ends on the as-of date. */
export function blockOf(day: string, { asOf }: Pick<ShopFigures, 'asOf'>, blockDays = BLOCK_DAYS): string {
  return `cast(floor(cast(cast('${asOf}' as date) - ${day} as double precision) / ${blockDays}) as integer)`;
}

/** How many whole blocks the history has, of those that are looked at. */
export function blocksIn({ historyDays }: Pick<ShopFigures, 'historyDays'>, blockDays = BLOCK_DAYS): number {
  return Math.min(MOST_BLOCKS, Math.floor((historyDays + 1) / blockDays));
}
