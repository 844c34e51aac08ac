import type { CampaignList, CampaignLists } from '../api/campaigns/campaign-list.ts';
import type { CampaignPower } from '../api/campaigns/campaign-power.ts';
import type { Config } from '../config/schema.ts';
import { printable } from '../printable.ts';
import { type Words, wordsOf } from './explain-words.ts';
import { formatter } from './format.ts';
import { type Block, blocksText, type Line } from './text-blocks.ts';

const WIDEST = 100;
const NARROWEST = 60;

/** Room for the texts of campaigns: what the terminal has, within reason. */
export function textWidth(terminalWidth: number | undefined): number {
  return Math.max(NARROWEST, Math.min(WIDEST, terminalWidth ?? WIDEST));
}

/** The lists in plain words. */
export function campaignListsText(
  { snapshotId, asOf, currency, campaigns }: CampaignLists,
  config: Pick<Config, 'locale' | 'currency' | 'campaignCooldownDays'>,
  terminalWidth: number | undefined,
): string {
  const words = wordsOf(formatter({ locale: config.locale, currency: config.currency ?? currency ?? 'USD' }));
  const title = `CAMPAIGNS as of ${asOf}, snapshot ${snapshotId}`;
  if (campaigns.length === 0) {
    return `${title}\n\nNobody is on a list. Who was launched in the last ${words.days(config.campaignCooldownDays)} rests.`;
  }
  const blocks = campaigns.map(
    (list): Block => ({ title: printable(list.campaignType).toUpperCase(), lines: listLines(list, words) }),
  );
  return `${title}\n\n${blocksText(blocks, textWidth(terminalWidth))}`;
}

function listLines(list: CampaignList, words: Words): Line[] {
  const { targets, controls, valueAtStake, averageOrderValue, offerCostCeiling, power, launchIds } = list;
  const { count, money } = words;
  return [
    ['Customers', `${count(targets)} to address, ${count(controls)} to leave alone as the control group`],
    ['At stake', valueAtStake === null ? 'withheld' : `${money(valueAtStake)}: predicted value times risk of leaving`],
    ['One more order', `${money(averageOrderValue)} on average`],
    [
      'Offer',
      offerCostCeiling === null
        ? 'no ceiling: set grossMargin, and run again, to see what a contact may cost'
        : `contact and offer may cost ${money(offerCostCeiling)} a customer at most, on average`,
    ],
    ['Base rate', baseRateText(power, words)],
    ['Power', powerText(power, words)],
    ['Verdict', power.verdict],
    ['Launched', launchIds.length === 0 ? 'not yet' : `as ${launchIds.join(', ')}`],
  ];
}

function baseRateText({ baseRate, baseRateBasis, windowDays }: CampaignPower, { days, decimal }: Words): string {
  if (baseRate === null) return 'nobody knows: nothing is predicted, and no customer is comparable';
  const basis = baseRateBasis === 'predictions' ? 'as predicted' : 'as comparable customers did before';
  return `${decimal(100 * baseRate, 1)} % order within ${days(windowDays)} without a campaign, ${basis}`;
}

function powerText(power: CampaignPower, { chance, count }: Words): string {
  const { powerLift10, powerLift20, customersNeeded } = power;
  if (powerLift10 === null || powerLift20 === null) return 'none: there is nothing to compare';
  const needed = customersNeeded === null ? '' : `; 80 % for 20 % more needs a list of ${count(customersNeeded)}`;
  return `10 % more orders would be found with ${chance(powerLift10)}, 20 % more with ${chance(powerLift20)}${needed}`;
}
