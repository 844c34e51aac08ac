import type { Share } from '../homogeneity.ts';

/** Customers come back soon when they buy again within so many days after the first purchase day. */
export const RETURN_DAYS = 60;

/** Customers who were seen first in one week of the data. */
export interface NewcomerWeek {
  /** 0 is the first week of the data. Every week is there, also one without newcomers. */
  readonly week: number;
  readonly newcomers: number;
  /** Of those watched: how many had another purchase day within {@link RETURN_DAYS} after the first one. */
  readonly returned: number;
  /** Of the newcomers: how many have been watched for at least so many days. */
  readonly watched: number;
}

export const newcomersOf = (weeks: readonly NewcomerWeek[]): number =>
  weeks.reduce((sum, { newcomers }) => sum + newcomers, 0);

export const returnsOf = (weeks: readonly NewcomerWeek[]): Share => ({
  successes: weeks.reduce((sum, { returned }) => sum + returned, 0),
  total: weeks.reduce((sum, { watched }) => sum + watched, 0),
});
