import type { PublishedRow } from './published-row.ts';

/** The marketing segment, and why. */
export interface CustomerSegment {
  /** Lost, New, High Value, At Risk or Regular. */
  readonly segment: string;
  /** Why the customer is in it. */
  readonly description: string;
  /** What to do about it. */
  readonly strategy: string;
  /** High, Regular or Low, by lifetime value. */
  readonly valueTier: string;
  readonly daysSinceLastOrder: number | null;
  /** A longer silence would be unusual for this customer; null for one purchase day. */
  readonly expectedGapLimitDays: number | null;
  /** Recency, frequency and monetary score, one digit each, 555 is best. */
  readonly rfmScore: string;
  readonly rfmSegment: string;
}

export function customerSegment(row: PublishedRow): CustomerSegment {
  return {
    segment: row.text('customer_segment'),
    description: row.text('segment_description'),
    strategy: row.text('recommended_strategy'),
    valueTier: row.text('value_tier'),
    daysSinceLastOrder: row.numberOrNull('days_since_last_order'),
    expectedGapLimitDays: row.numberOrNull('expected_gap_limit_days'),
    rfmScore: row.text('rfm_score'),
    rfmSegment: row.text('rfm_segment'),
  };
}
