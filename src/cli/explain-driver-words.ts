import type { BuyingHabits, Trend } from '../api/explain/buying-habits.ts';
import type { ChurnDriver, DriverName } from '../api/explain/churn-driver.ts';
import type { Words } from './explain-words.ts';

/** A driver in words: the fact, and what it does to the odds of leaving. `+` raises them, `-` lowers them. */
export function driverText({ driver, logOdds, oddsRatio }: ChurnDriver, habits: BuyingHabits, words: Words): string {
  return `${logOdds > 0 ? '+' : '-'} ${FACTS[driver](habits, words)}: ${effectText(oddsRatio, words)}`;
}

function effectText(oddsRatio: number, words: Words): string {
  if (oddsRatio < 1) return `lowers the odds of leaving by ${words.chance(1 - oddsRatio)}`;
  if (oddsRatio < 1.95) return `raises the odds of leaving by ${words.chance(oddsRatio - 1)}`;
  return `multiplies the odds of leaving by ${factor(oddsRatio, words)}`;
}

type Fact = (habits: BuyingHabits, words: Words) => string;

const FACTS: Readonly<Record<DriverName, Fact>> = {
  purchase_model: ({ purchaseDays, daysSinceFirstPurchase, daysSinceLastPurchase }, { count, days }) =>
    purchaseDays === 1
      ? `one purchase, ${days(daysSinceLastPurchase)} ago`
      : `${count(purchaseDays)} purchases within ${days(daysSinceFirstPurchase)}, the last ${days(daysSinceLastPurchase)} ago`,
  repeat_customer: ({ purchaseDays }) =>
    purchaseDays === 1 ? 'has not bought a second time' : 'has bought more than once',
  recency: ({ daysSinceLastPurchase }, words) => silence(daysSinceLastPurchase, words),
  rhythm: ({ daysSinceLastPurchase, usualGapDays }, words) =>
    usualGapDays === null
      ? 'no rhythm of buying yet'
      : `${silence(daysSinceLastPurchase, words)}, ${gapRatio({ last: daysSinceLastPurchase, before: usualGapDays }, 'the usual gap of', words)}`,
  decline: ({ gapTrend }, words) =>
    gapTrend === null
      ? 'too few purchases for a trend of their gaps'
      : `the last gap between purchases, ${words.days(gapTrend.last)}, was ${gapRatio(gapTrend, 'the gaps before it, on average', words)}`,
  value_trend: ({ amountTrend }, words) =>
    amountTrend === null
      ? 'too few amounts for a trend'
      : `the last purchase, ${words.money(amountTrend.last)}, was ${ratioText(amountTrend, 'as much as', words)} the average before it, ${words.money(amountTrend.before)}`,
  cohort: ({ cohortMonth, cohortRepeatRatio }, words) =>
    `those who began in ${cohortMonth} buy again ${cohortText(cohortRepeatRatio, words)}`,
};

function silence(silentDays: number, { days }: Words): string {
  return silentDays === 0 ? 'bought on the as-of date' : `silent for ${days(silentDays)}`;
}

function gapRatio(trend: Trend, what: string, words: Words): string {
  return `${ratioText(trend, 'as long as', words)} ${what} ${words.days(trend.before)}`;
}

/** `2.3 times`, `40 % of`, or `equal` where the two are nearly so. */
function ratioText({ last, before }: Trend, equal: string, words: Words): string {
  const ratio = last / before;
  if (ratio < 0.95) return `${words.chance(ratio)} of`;
  return ratio < 1.05 ? equal : `${factor(ratio, words)} times`;
}

function factor(ratio: number, { decimal }: Words): string {
  return decimal(ratio, ratio < 10 ? 1 : 0);
}

/** The ratio is known in steps of a quarter doubling, and not beyond a doubling. */
function cohortText(ratio: number, { decimal, count }: Words): string {
  if (ratio >= 2) return 'at least twice as often as all customers';
  if (ratio <= 0.5) return 'at most half as often as all customers';
  if (ratio === 1) return 'about as often as all customers';
  return ratio > 1
    ? `about ${decimal(ratio, 1)} times as often as all customers`
    : `about ${count(100 * ratio)} % as often as all customers`;
}
