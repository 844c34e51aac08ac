import type { BreakEven } from '../api/campaigns/break-even.ts';
import type { CampaignPlan, PlannedContacts } from '../api/campaigns/campaign-plan.ts';
import type { Config } from '../config/schema.ts';
import { printable } from '../printable.ts';
import { textWidth } from './campaigns-text.ts';
import { type Words, wordsOf } from './explain-words.ts';
import { formatter } from './format.ts';
import { type Block, blocksText, type Line } from './text-blocks.ts';

/** A plan in plain words. */
export function campaignPlanText(
  plan: CampaignPlan,
  config: Pick<Config, 'locale' | 'currency' | 'grossMargin'>,
  terminalWidth: number | undefined,
): string {
  const { asOf, snapshotId, currency, budget, costPerContact, campaigns, total } = plan;
  const words = wordsOf(formatter({ locale: config.locale, currency: config.currency ?? currency ?? 'USD' }));
  const { money } = words;
  const amount = (value: number) => (Number.isInteger(100 * value) ? money(value) : String(value));
  const title = `CONTACTS for ${amount(budget)} at ${amount(costPerContact)} each, lists of ${asOf}, snapshot ${snapshotId}`;
  if (total.contacts === 0) return `${title}\n\n${nobody(plan, words)}`;
  const blocks = campaigns.map(
    (campaign): Block => ({
      title: printable(campaign.campaignType).toUpperCase(),
      lines: [...contactLines(campaign, config.grossMargin, words), ['Verdict', campaign.verdict]],
    }),
  );
  const all: Block = {
    title: 'ALL',
    lines: [...contactLines(total, config.grossMargin, words), ['Left', leftText(plan, words)]],
  };
  return `${title}\n\n${blocksText([...blocks, all], textWidth(terminalWidth))}`;
}

function nobody({ notWorthIt }: CampaignPlan, { count }: Words): string {
  if (notWorthIt === 0) return 'Nobody is on these lists.';
  return `Nobody is worth it: for ${count(notWorthIt)} customers the contact costs more than one more order can earn.`;
}

function contactLines(contacts: PlannedContacts, grossMargin: number | null, words: Words): Line[] {
  const { count, money } = words;
  return [
    ['Address', `${count(contacts.contacts)} for ${money(contacts.cost)}`],
    ['Leave alone', `${count(contacts.controls)} of the same worth, as the control group`],
    ['At stake', contacts.valueAtStake === null ? 'withheld' : money(contacts.valueAtStake)],
    ['Break-even', breakEvenText(contacts, grossMargin, words)],
  ];
}

function breakEvenText(
  { breakEven, marginPerOrder }: PlannedContacts,
  grossMargin: number | null,
  words: Words,
): string {
  if (grossMargin === null) return 'unknown: grossMargin is not set, so nobody knows what an order earns';
  if (breakEven === null) return 'never: an order earns nothing';
  return `${needed(breakEven, words)}, at ${words.money(marginPerOrder ?? 0)} margin an order`;
}

function needed({ extraOrdersPer100Contacts, lift, isPossible }: BreakEven, { few, count }: Words): string {
  const orders = `${few(extraOrdersPer100Contacts)} extra orders per 100 contacts`;
  const relative = lift === null ? '' : `, ${count(100 * lift)} % more than come anyway`;
  return `${orders}${relative}${isPossible ? '' : ': more than there are customers, it cannot pay'}`;
}

function leftText({ unspent, beyondBudget, notWorthIt }: CampaignPlan, { count, money }: Words): string {
  const parts = [`${money(unspent)} unspent`, `${count(beyondBudget)} targets beyond the budget`];
  if (notWorthIt > 0) parts.push(`${count(notWorthIt)} targets for whom the contact costs more than an order can earn`);
  return parts.join('; ');
}
