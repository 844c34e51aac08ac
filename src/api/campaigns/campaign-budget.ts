import { UsageError } from '../../errors.ts';

/** Money for contacts, in the currency of the data. */
export interface CampaignBudget {
  readonly budget: number;
  /** Message, offer and handling of one customer together; may be a part of a cent. */
  readonly costPerContact: number;
}

/** Amounts are compared in millionths, so that 0.3 pays for three contacts of 0.1. */
const MILLIONTHS = 1_000_000;

/**
 * How many customers a budget pays for.
 * @throws UsageError for amounts that are not above 0, and for a budget below one contact.
 */
export function affordableContacts({ budget, costPerContact }: CampaignBudget): number {
  for (const [name, amount] of [
    ['budget', budget],
    ['cost per contact', costPerContact],
  ] as const) {
    if (Number.isFinite(amount) && amount * MILLIONTHS >= 1) continue;
    throw new UsageError(`${amount} is not a ${name}`, { remedy: 'an amount above 0, such as 500 or 0.25' });
  }
  const contacts = Math.floor(Math.round(budget * MILLIONTHS) / Math.round(costPerContact * MILLIONTHS));
  if (contacts >= 1) return contacts;
  throw new UsageError(`a budget of ${budget} is below the cost of one contact, ${costPerContact}`, {
    remedy: 'give more with --budget, or a lower --cost-per-contact',
  });
}

/** What so many contacts cost, to the cent. */
export function costOf(contacts: number, costPerContact: number): number {
  return Math.round((contacts * Math.round(costPerContact * MILLIONTHS)) / (MILLIONTHS / 100)) / 100;
}
