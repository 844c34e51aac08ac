import { type NewcomerWeek, newcomersOf } from './newcomer-week.ts';

/** How many newcomers a week usually has, as the later weeks say it, also for the weeks before them. */
export interface NewcomerLevel {
  /** Median of the later weeks. */
  readonly usual: number;
  /** Newcomers expected in a week. */
  readonly at: (week: number) => number;
  /** Standard deviation of a single week, as a share of its level. */
  readonly noise: number;
  /** Change of the logarithm of the level per week where it falls, negative; 0 where it does not fall. */
  readonly fall: number;
  /** Standard error of the level in a week, as a share of it. */
  readonly relativeError: (week: number) => number;
}

export interface Excess {
  /** Newcomers above the level. */
  readonly customers: number;
  readonly standardError: number;
}

/** The median absolute deviation of normal values is this part of their standard deviation. */
const madOfNormal = 0.6745;
/** Variances of a median and of a Theil-Sen slope over those of a mean and of a least squares slope, for normal values. */
const [medianLoss, slopeLoss] = [Math.PI / 2, Math.PI / 3];

/**
 * The level by medians, so that single campaigns do not move it. Where the later weeks fall, the weeks before were above them:
 * else every fading shop would seem to begin too busy. Where they grow, the weeks before are not taken to be below, since
 * nobody knows when the growth began. Source of the trend: Theil 1950 and Sen 1968, here of logarithms.
 */
export function newcomerLevel(later: readonly NewcomerWeek[]): NewcomerLevel {
  const usual = median(later.map(({ newcomers }) => newcomers));
  const points = later.map(({ week, newcomers }) => ({ week, log: Math.log(Math.max(0.5, newcomers)) }));
  const center = mean(points.map(({ week }) => week));
  const slope = median(points.flatMap((a, i) => points.slice(i + 1).map((b) => (b.log - a.log) / (b.week - a.week))));
  const height = median(points.map(({ week, log }) => log - slope * (week - center)));
  const misses = points.map(({ week, log }) => Math.abs(log - height - slope * (week - center)));
  // Independent customers alone make counts as noisy as the second.
  const noise = Math.max(median(misses) / madOfNormal, 1 / Math.sqrt(Math.max(1, usual)));
  const slopeVariance = (slopeLoss * noise ** 2) / points.reduce((sum, { week }) => sum + (week - center) ** 2, 0);
  const fall = slope < -2 * Math.sqrt(slopeVariance) ? slope : 0;
  const heightVariance = (medianLoss * noise ** 2) / points.length;
  return {
    usual,
    noise,
    fall,
    at: (week) => (fall === 0 ? usual : Math.max(usual, Math.exp(height + fall * (week - center)))),
    relativeError: (week) => Math.sqrt(heightVariance + (fall === 0 ? 0 : (week - center) ** 2 * slopeVariance)),
  };
}

/** How far some weeks together are above the level. */
export function excessOver({ at, noise, relativeError }: NewcomerLevel, weeks: readonly NewcomerWeek[]): Excess {
  const sum = (of: (week: number) => number) => weeks.reduce((total, { week }) => total + of(week), 0);
  const ofWeeks = sum((week) => (at(week) * noise) ** 2);
  // All weeks are held against one level, so its errors add up.
  const ofLevel = sum((week) => at(week) * relativeError(week)) ** 2;
  return { customers: newcomersOf(weeks) - sum(at), standardError: Math.sqrt(ofWeeks + ofLevel) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}
