import type { ListSelection } from '../../run/campaigns/list-selection.ts';
import { affordableContacts, type CampaignBudget } from './campaign-budget.ts';

/**
 * Who is meant by a budget: those of the most value whom it pays for, if one more order can earn the contact. Without a margin
 * nobody knows what an order earns, and nobody is left out for it.
 */
export function budgetSelection(
  types: readonly string[],
  budget: CampaignBudget,
  factor: number | null,
): ListSelection {
  const worth = factor === null ? {} : { dearestContact: { cost: budget.costPerContact, marginFactor: factor } };
  return { types, ...worth, contacts: affordableContacts(budget) };
}
