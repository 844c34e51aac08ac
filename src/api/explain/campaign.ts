import type { PublishedRow } from './published-row.ts';

/** The campaign that the customer is chosen for. */
export interface Campaign {
  /** Win-Back, Retention, Cross-Sell or Loyalty. */
  readonly campaign: string;
  /** `control`: to be left alone, so that the effect on the others can be measured. */
  readonly group: 'target' | 'control';
  /** 1 (first) to 5. */
  readonly priority: number;
  /** What one more order would bring; not a forecast that it comes. */
  readonly estimatedValue: number;
  readonly estimatedValueBasis: string;
  /** Why the customer is on the list. */
  readonly reason: string;
  /** What to do with those of the group `target`. */
  readonly recommendedAction: string;
}

export function campaignOf(row: PublishedRow): Campaign {
  return {
    campaign: row.text('campaign_type'),
    group: row.oneOf('campaign_group', ['target', 'control']),
    priority: row.number('priority_level'),
    estimatedValue: row.number('estimated_value'),
    estimatedValueBasis: row.text('estimated_value_basis'),
    reason: row.text('reason'),
    recommendedAction: row.text('recommended_action'),
  };
}
