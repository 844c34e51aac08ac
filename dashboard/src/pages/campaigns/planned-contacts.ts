import { affordableContacts, costOf } from '../../../../src/api/campaigns/campaign-budget.ts';
import type { CampaignsState } from './use-campaigns-state.ts';

/** How many are addressed, and what that costs. */
export interface PlannedContacts {
  /** 0 when the budget is below the cost of one contact. */
  readonly contacts: number;
  readonly budget: number;
  readonly cost: number;
}

/** What was chosen, the contacts or the budget, as both; never more contacts than targets. */
export function plannedContacts(
  { cost, budget, contacts }: Pick<CampaignsState, 'cost' | 'budget' | 'contacts'>,
  targets: number,
): PlannedContacts {
  const wanted = contacts ?? (budget === undefined || budget < cost ? 0 : affordable(budget, cost));
  const chosen = Math.min(wanted, targets);
  const spent = costOf(chosen, cost);
  const money = contacts === undefined && budget !== undefined ? budget : spent;
  return { contacts: chosen, budget: money, cost: spent };
}

function affordable(budget: number, costPerContact: number): number {
  return affordableContacts({ budget, costPerContact });
}
