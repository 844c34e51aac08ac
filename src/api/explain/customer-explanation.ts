import type { Campaign } from './campaign.ts';
import type { ChurnRisk } from './churn-risk.ts';
import type { CohortCourse } from './cohort-course.ts';
import type { CustomerProfile } from './customer-profile.ts';
import type { CustomerSegment } from './customer-segment.ts';
import type { NextOrder } from './next-order.ts';
import type { OrderHistory } from './order-history.ts';
import type { Outlook } from './outlook.ts';
import type { ExpectedOrders, ValueOutlook } from './value-outlook.ts';

/** All that is known and foreseen of one customer, with the reasons. Money is in the shop's currency. */
export interface CustomerExplanation {
  /** The published snapshot that all of it is of. */
  readonly snapshotId: string;
  /** The day that counts as today. */
  readonly asOf: string;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  readonly profile: CustomerProfile;
  readonly history: OrderHistory;
  readonly segment: CustomerSegment;
  readonly value: ValueOutlook;
  readonly orders: Outlook<ExpectedOrders>;
  readonly churn: Outlook<ChurnRisk>;
  readonly nextOrder: Outlook<NextOrder>;
  /** Null for a customer in no campaign. */
  readonly campaign: Campaign | null;
  /** Null for a customer without orders. */
  readonly cohort: CohortCourse | null;
}
