import type { Share } from '../homogeneity.ts';
import type { NewcomerLevel } from './newcomer-level.ts';
import { type NewcomerWeek, newcomersOf, RETURN_DAYS, returnsOf } from './newcomer-week.ts';
import { shareDifferenceZ } from './share-difference.ts';

const weeksPerYear = 52;
const weeksToReturn = Math.ceil(RETURN_DAYS / 7);
/** So many weeks a year later are a comparison, even if more are affected. */
const enoughWeeks = 4;
/** Standard normal quantile of 95 %. */
const z95 = 1.645;

/**
 * Why the first `affected` weeks may owe their newcomers and returns to the season, in words; null where they do not. The same
 * weeks a year later tell it. Where these are not there yet, a season still shows in that it makes newcomers and returning
 * customers busy alike.
 */
export function seasonWords(weeks: readonly NewcomerWeek[], affected: number, level: NewcomerLevel): string | null {
  const yearLater = weeks.slice(weeksPerYear, weeksPerYear + affected).filter(({ watched }) => watched > 0);
  if (yearLater.length < Math.min(affected, enoughWeeks)) {
    return returnsBeyondSeason(weeks, affected) < z95
      ? 'a busy season would look the same, and the same weeks a year later are not there to compare with'
      : null;
  }
  const first = weeks.slice(0, yearLater.length);
  if (newcomersBeyondSeason(first, yearLater, level) < z95) return 'the same weeks a year later are about as busy';
  if (shareDifferenceZ(returnsOf(first), returnsOf(yearLater)) < z95) {
    return 'newcomers of the same weeks a year later return about as often';
  }
  return null;
}

/** Newcomers above those of the same weeks a year later, in standard errors, as if a fading shop had not faded. */
function newcomersBeyondSeason(
  first: readonly NewcomerWeek[],
  yearLater: readonly NewcomerWeek[],
  { usual, noise, fall }: NewcomerLevel,
): number {
  const faded = Math.exp(-fall * weeksPerYear);
  const now = newcomersOf(first);
  const then = newcomersOf(yearLater);
  const varianceOverMean = Math.max(1, noise ** 2 * usual);
  return (now - faded * then) / Math.sqrt(varianceOverMean * (now + faded ** 2 * then));
}

/**
 * How much more often the first newcomers return than later ones, in standard errors, beyond what a season explains: one that
 * makes weeks busier for all customers multiplies the rate of returns by no more than the newcomers of the weeks in which they return.
 */
function returnsBeyondSeason(weeks: readonly NewcomerWeek[], affected: number): number {
  const [first, later] = [weeks.slice(0, affected), weeks.slice(affected)];
  const [early, late] = [logReturnRate(returnsOf(first)), logReturnRate(returnsOf(later))];
  const busier = Math.log(busynessAfter(first, weeks) / busynessAfter(later, weeks));
  return (early.value - late.value - busier) / Math.sqrt(early.variance + late.variance);
}

/** Newcomers a week, all customers', in the weeks in which newcomers of `these` weeks can return. */
function busynessAfter(these: readonly NewcomerWeek[], weeks: readonly NewcomerWeek[]): number {
  const total = returnsOf(these).total;
  return these.reduce((sum, { week, watched }) => {
    const next = weeks.slice(week, week + weeksToReturn);
    return sum + (watched / total) * (newcomersOf(next) / next.length);
  }, 0);
}

/** Logarithm of the rate at which customers return, -log(1 - share), half a customer kept from all and from none. */
function logReturnRate({ successes, total }: Share): { readonly value: number; readonly variance: number } {
  const share = (successes + 0.5) / (total + 1);
  const rate = -Math.log1p(-share);
  return { value: Math.log(rate), variance: share / (1 - share) / (total + 1) / rate ** 2 };
}
