import { powerVerdict } from '../../analytics/experiments/power-verdict.ts';
import { selectionSql } from '../../run/campaigns/list-selection.ts';
import type { PublishedReader } from '../../run/open-published.ts';
import { onlyRow, type PublishedRow, readRows } from '../explain/published-row.ts';
import { type BreakEven, breakEven } from './break-even.ts';
import { budgetSelection } from './budget-selection.ts';
import { affordableContacts, type CampaignBudget, costOf } from './campaign-budget.ts';
import { campaignTypes } from './campaign-types.ts';

export interface PlanOptions extends CampaignBudget {
  /** Campaigns to choose from; all by default. */
  readonly types?: readonly string[];
}

/** The contacts of one campaign, or of all. Amounts are in the currency of the data. */
export interface PlannedContacts {
  /** Customers to address. */
  readonly contacts: number;
  /** Customers of the same worth who are left alone, so that the effect can be measured; they cost nothing. */
  readonly controls: number;
  readonly cost: number;
  /** Predicted value times churn risk of those addressed; null where withheld. */
  readonly valueAtStake: number | null;
  /** Share expected to order in the window anyway; null where withheld. */
  readonly baseRate: number | null;
  /** Margin of one more order, on average; null where grossMargin is not set. */
  readonly marginPerOrder: number | null;
  /** Null where grossMargin is not set or an order earns nothing. */
  readonly breakEven: BreakEven | null;
}

export interface PlannedCampaign extends PlannedContacts {
  readonly campaignType: string;
  /** What a measurement of these contacts can teach, in words. */
  readonly verdict: string;
}

export interface CampaignPlan {
  readonly snapshotId: string;
  readonly asOf: string;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  readonly budget: number;
  readonly costPerContact: number;
  readonly unspent: number;
  readonly campaigns: readonly PlannedCampaign[];
  readonly total: PlannedContacts;
  /** Targets for whom the budget does not suffice. */
  readonly beyondBudget: number;
  /** Targets left out because the contact costs more than one more order can earn. */
  readonly notWorthIt: number;
}

/** What the plan needs to know beside the published tables. */
export interface PlanBasis {
  /** See `marginFactor`. */
  readonly factor: number | null;
}

/** Chooses whom to address within a budget, the most valuable first; never somebody of a control group. */
export async function planCampaigns(
  { manifest, reader }: PublishedReader,
  { types: named = [], budget, costPerContact }: PlanOptions,
  { factor }: PlanBasis,
): Promise<CampaignPlan> {
  const contacts = affordableContacts({ budget, costPerContact });
  const types = await campaignTypes(reader, named);
  const selection = budgetSelection(types, { budget, costPerContact }, factor);
  const read = (sql: string) => readRows(reader, sql, []);
  const targets = async (sql: string) =>
    onlyRow(await read(`select count(*) as n from (${sql}) as l where campaign_group = 'target'`), 'list').number('n');
  const listed = await targets(selectionSql({ types }));
  const worthIt = await targets(selectionSql({ ...selection, contacts: Number.MAX_SAFE_INTEGER }));
  const planned = (row: PublishedRow) => plannedContacts(row, costPerContact, factor);
  const byType = await read(`${sums(selectionSql(selection), 'campaign_type')} order by campaign_type`);
  const total = planned(onlyRow(await read(sums(selectionSql(selection))), 'list'));
  return {
    snapshotId: manifest.snapshotId,
    asOf: manifest.asOf,
    currency: manifest.sources.find(({ currency }) => currency !== undefined)?.currency ?? null,
    budget,
    costPerContact,
    unspent: Math.round(100 * (budget - total.cost)) / 100,
    campaigns: byType.map((row) => {
      const one = planned(row);
      const groups = { targets: one.contacts, controls: one.controls, baseRate: one.baseRate };
      return { campaignType: row.text('campaign_type'), ...one, verdict: powerVerdict(groups) };
    }),
    total,
    beyondBudget: Math.max(0, worthIt - contacts),
    notWorthIt: listed - worthIt,
  };
}

/** Sums over a selection, as one row or one for each value of a column. */
function sums(selection: string, by?: string): string {
  const target = "filter (where campaign_group = 'target')";
  return `
    select ${by === undefined ? '' : `${by},`} count(*) ${target} as contacts,
      count(*) - count(*) ${target} as controls,
      sum(value_at_stake) ${target} as value_at_stake,
      sum(estimated_value) ${target} as estimated_value,
      count(no_order_probability) as foreseen,
      sum(no_order_probability) as no_orders
    from (${selection}) as selected ${by === undefined ? '' : `group by ${by}`}`;
}

function plannedContacts(row: PublishedRow, costPerContact: number, factor: number | null): PlannedContacts {
  const contacts = row.number('contacts');
  const foreseen = row.number('foreseen');
  const baseRate = foreseen === 0 ? null : 1 - row.number('no_orders') / foreseen;
  const estimated = row.numberOrNull('estimated_value') ?? 0;
  const margin = factor === null || contacts === 0 ? null : (estimated * factor) / contacts;
  return {
    contacts,
    controls: row.number('controls'),
    cost: costOf(contacts, costPerContact),
    valueAtStake: row.numberOrNull('value_at_stake'),
    baseRate,
    marginPerOrder: margin === null ? null : Math.round(100 * margin) / 100,
    breakEven: margin === null ? null : breakEven(costPerContact, margin, baseRate),
  };
}
