import type { CustomerExplanation } from '../api/explain/customer-explanation.ts';
import type { Config } from '../config/schema.ts';
import { printable } from '../printable.ts';
import { historyLines } from './explain-history-text.ts';
import { missingOnce, nextOrderLines, riskLines, valueLines } from './explain-outlook-text.ts';
import { type Words, wordsOf } from './explain-words.ts';
import { formatter } from './format.ts';
import { type Block, blocksText, type Line } from './text-blocks.ts';
import { wrap } from './wrap.ts';

const WIDEST = 100;
/** Narrower terminals break the lines themselves. */
const NARROWEST = 60;

const CONTROL = 'control group: leave alone, so that the effect on the others can be measured';

/** One customer in plain words. */
export function explainText(
  explanation: CustomerExplanation,
  config: Pick<Config, 'locale' | 'currency'>,
  terminalWidth: number | undefined,
): string {
  const shown = printableTexts(explanation);
  const currency = config.currency ?? explanation.currency ?? 'USD';
  const words = wordsOf(formatter({ locale: config.locale, currency }));
  const width = Math.max(NARROWEST, Math.min(WIDEST, terminalWidth ?? WIDEST));
  const missing = missingOnce();
  const blocks: Block[] = [
    { title: 'WHO', lines: profileLines(shown, words) },
    { title: 'HISTORY, newest first', lines: [], table: historyLines(shown.history, words, width - 2) },
    { title: 'SEGMENT', lines: segmentLines(shown, words) },
    { title: 'VALUE', lines: valueLines(shown, words, missing) },
    { title: 'RISK', lines: riskLines(shown, words, missing) },
    { title: 'NEXT ORDER', lines: nextOrderLines(shown, words, missing) },
    { title: 'CAMPAIGN', lines: campaignLines(shown, words) },
    { title: 'COHORT', lines: cohortLines(shown, words) },
  ];
  const title = wrap(`CUSTOMER ${shown.profile.customerId}, as of ${shown.asOf}`, width);
  return [title.join('\n'), blocksText(blocks, width), ...notes(shown, width)].join('\n\n');
}

/** Nothing in it that a terminal would obey; what is written around it may hold the direction marks of the locale. */
function printableTexts(explanation: CustomerExplanation): CustomerExplanation {
  return JSON.parse(JSON.stringify(explanation), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  );
}

function profileLines({ profile, history }: CustomerExplanation, { count, days, money }: Words): Line[] {
  const { orders, purchaseDays, firstOrderDate, lastOrderDate, daysSinceLastOrder, averageOrder, cohortMonth } =
    profile;
  if (profile.isReturnsOnly) {
    const returns = history.entries.length + history.earlierEntries;
    return [
      ['Orders', 'none: only returns of orders that are not in the data'],
      ['Returns', `${count(returns)}, ${money(profile.revenue)}`],
    ];
  }
  const onDays = orders === purchaseDays ? '' : ` on ${days(purchaseDays)}`;
  return [
    ['First order', `${firstOrderDate} (cohort ${cohortMonth})`],
    ['Last order', `${lastOrderDate}, ${days(daysSinceLastOrder ?? 0)} ago`],
    ['Orders', `${count(orders)}${onDays}`],
    ['Revenue', `${money(profile.revenue)}${averageOrder === null ? '' : `, ${money(averageOrder)} an order`}`],
  ];
}

function segmentLines({ segment }: CustomerExplanation, { days }: Words): Line[] {
  const { daysSinceLastOrder: silence, expectedGapLimitDays: limit } = segment;
  const usual: Line[] =
    limit === null || silence === null
      ? []
      : [['Usual silence', `up to ${days(limit)} for this customer; now it is ${days(silence)}`]];
  return [
    ['Segment', `${segment.segment}: ${segment.description}`],
    ...usual,
    ['What to do', segment.strategy],
    ['Value tier', `${segment.valueTier}, by lifetime value`],
    ['RFM', `${segment.rfmScore} (recency, frequency, money; 5 is best): ${segment.rfmSegment}`],
  ];
}

function campaignLines({ campaign }: CustomerExplanation, { money }: Words): Line[] {
  if (campaign === null) return [['Campaign', 'none: no rule chooses this customer']];
  const isControl = campaign.group === 'control';
  return [
    ['Campaign', `${campaign.campaign}, ${isControl ? 'control group' : `priority ${campaign.priority} of 5`}`],
    ['Why', campaign.reason],
    ['What to do', isControl ? CONTROL : campaign.recommendedAction],
    ['Estimate', `${money(campaign.estimatedValue)}: ${campaign.estimatedValueBasis}`],
  ];
}

function cohortLines({ cohort, profile }: CustomerExplanation, { count, decimal, money }: Words): Line[] {
  if (cohort === null) return [['Cohort', 'none: the customer has no order']];
  const { cohortMonth, customers, active, currentMonth, revenuePerCustomer } = cohort;
  const shares = active.map(
    ({ month, percent, customers }) => `month ${month}: ${decimal(percent, 1)} % (${count(customers)})`,
  );
  return [
    ['Cohort', `${count(customers)} customers who first ordered in ${cohortMonth}`],
    ['Came back', shares.length === 0 ? 'no month after the first is over yet' : shares.join(', ')],
    ['Now', currentMonth === 0 ? 'still the month of the first order' : `month ${currentMonth} since the first order`],
    ['Revenue', `${money(revenuePerCustomer)} per customer so far; this customer ${money(profile.revenue)}`],
  ];
}

function notes({ value, orders, churn, nextOrder }: CustomerExplanation, width: number): string[] {
  const isAnyShown = [value, orders, churn, nextOrder].some(({ expected }) => expected !== null);
  if (!isAnyShown) return [];
  const text =
    'Grades go from A (best) to D and come from tests on the past of this shop; what failed them is withheld. Several orders of one day count as one.';
  return [wrap(text, width).join('\n')];
}
