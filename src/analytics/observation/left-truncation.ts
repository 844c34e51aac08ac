import type { Share } from '../homogeneity.ts';
import { excessOver, type NewcomerLevel, newcomerLevel } from './newcomer-level.ts';
import { type NewcomerWeek, newcomersOf, RETURN_DAYS, returnsOf } from './newcomer-week.ts';
import { seasonWords } from './season.ts';
import { oddsOf, shareDifferenceZ, shareOf } from './share-difference.ts';
import { counted, written } from './words.ts';

export type { NewcomerWeek } from './newcomer-week.ts';

export interface LeftTruncation {
  /** Whether the data begins in the middle of the life of the shop, so that many of its first "new" customers are old. */
  readonly isTruncated: boolean;
  /** How many of the first weeks are affected; 0 if the data is not truncated. */
  readonly weeks: number;
  /** Newcomers of these weeks above the usual level, rounded; 0 if the data is not truncated. */
  readonly excess: number;
  /** Why, in words with numbers. */
  readonly reason: string;
}

const fewestWeeks = 12;
const fewestNewcomers = 200;
const fewestLaterNewcomers = 50;
/** At most so many weeks, or half of the data, can be affected; the level is that of the year after them. */
const longestSpan = 26;
const weeksOfLevel = 52;
/** Standard normal quantiles: 95 % for a single week, 1 % two-sided for the newcomers, 0.1 % two-sided for the returns. */
const [zOfWeek, zOfExcess, zOfReturns] = [1.645, 2.576, 3.291];
/** Of the odds to return: where most return anyway, shares cannot differ by much. */
const leastReturnOddsRatio = 1.2;
/** Part of the returns expected of old customers who never leave that must be there: some of them do leave. */
const leastPartOfOld = 0.45;
const weeksToReturn = Math.ceil(RETURN_DAYS / 7);

/**
 * Whether the first newcomers are old customers who are seen for the first time when they come again. These are many at first,
 * fewer with every week, and return more often than new ones. All of this must hold: the first weeks are above the level of
 * later ones; their newcomers return significantly more often; they return as often as the fall of the excess says that old
 * customers buy; and it is not the season. These figures cannot tell old customers from a launch that wins its most loyal
 * customers first, and of them fewer and fewer over months.
 */
export function detectLeftTruncation(weeks: readonly NewcomerWeek[]): LeftTruncation {
  const newcomers = newcomersOf(weeks);
  if (weeks.length < fewestWeeks || newcomers < fewestNewcomers) {
    const have = `${counted(newcomers, 'customer')} in ${counted(weeks.length, 'week')}`;
    return notTruncated(`too little to tell: ${have}, ${fewestNewcomers} in ${fewestWeeks} weeks are needed`);
  }
  const half = Math.min(longestSpan, Math.floor(weeks.length / 2));
  const level = newcomerLevel(weeks.slice(half, half + weeksOfLevel));
  const affected = affectedWeeks(weeks, half, level);
  const [first, later] = [weeks.slice(0, affected), weeks.slice(affected)];
  const [early, late] = [returnsOf(first), returnsOf(later)];
  if (level.usual === 0 || late.total < fewestLaterNewcomers) {
    return notTruncated('cannot be told: hardly any later newcomers to compare the first ones with');
  }
  const { customers, standardError } = excessOver(level, first);
  if (affected === 0 || customers < zOfExcess * standardError) {
    const [one] = weeks;
    const figures = `${counted(one?.newcomers ?? 0, 'newcomer')} in the first week, ${written(level.at(0))} expected`;
    return notTruncated(`the first weeks have not clearly more newcomers than the later weeks let expect: ${figures}`);
  }
  const more = `${firstWeeks(affected)} ${affected === 1 ? 'has' : 'have'} ${counted(Math.round(customers), 'newcomer')} more than usual`;
  const shares = `${percent(early)} against ${percent(late)} within ${RETURN_DAYS} days`;
  if (shareDifferenceZ(early, late) < zOfReturns || oddsOf(early) < leastReturnOddsRatio * oddsOf(late)) {
    return notTruncated(`${more}, but they do not clearly return more often than later ones: ${shares}`);
  }
  if (!returnLikeOld(weeks, affected, level)) {
    return notTruncated(`${more}, but they return too seldom for old customers who come so close together: ${shares}`);
  }
  const season = seasonWords(weeks, affected, level);
  if (season !== null) return notTruncated(`${more} and return more often (${shares}), but ${season}`);
  return {
    isTruncated: true,
    weeks: affected,
    excess: Math.round(customers),
    reason: `${more} and return more often than later ones, ${shares}: many are customers from before the data begins`,
  };
}

const notTruncated = (reason: string): LeftTruncation => ({ isTruncated: false, weeks: 0, excess: 0, reason });

const firstWeeks = (count: number): string => (count === 1 ? 'the first week' : `the first ${written(count)} weeks`);

const percent = (share: Share): string => `${(100 * shareOf(share)).toFixed(1)} %`;

/** The weeks before the first two in a row that are back at the level, within the noise of a week. */
function affectedWeeks(weeks: readonly NewcomerWeek[], most: number, { at, noise }: NewcomerLevel): number {
  const isBack = weeks.map(({ week, newcomers }) => newcomers <= at(week) * (1 + zOfWeek * noise));
  const back = isBack.findIndex((is, i) => i >= most || (is && isBack[i + 1] === true));
  return Math.min(most, back);
}

/**
 * Whether the excess returns as old customers would. Old customers who are not seen first in one week are seen first later, so
 * the excess falls as fast as they buy: where it falls by a share within 60 days, that share of them buys within 60 days.
 * In formulas, with rates l of old customers: f(t) = E[l exp(-l t)] are first seen at t, and of these 1 - f(t + 60) / f(t)
 * return within 60 days.
 */
function returnLikeOld(weeks: readonly NewcomerWeek[], affected: number, level: NewcomerLevel): boolean {
  const first = weeks.slice(0, affected);
  const { customers } = excessOver(level, first);
  const left = excessOver(level, weeks.slice(weeksToReturn, weeksToReturn + affected)).customers;
  const expected = 1 - Math.min(1, Math.max(0, left / customers));
  const old = customers / newcomersOf(first);
  const ofNew = shareOf(returnsOf(weeks.slice(affected)));
  const ofOld = (shareOf(returnsOf(first)) - (1 - old) * ofNew) / old;
  return ofOld >= leastPartOfOld * expected;
}
