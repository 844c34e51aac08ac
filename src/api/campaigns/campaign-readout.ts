import type { Verdict } from '../../analytics/experiments/verdict.ts';

/** A difference with its interval; the ends are null where nothing is known of how far off it may be. */
export interface MeasuredDifference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What the targets of a launch did that the controls did not. */
export interface CampaignEffect {
  /** Of the shares who ordered, in percentage points. The verdict rests on it. */
  readonly conversionPoints: MeasuredDifference;
  /** Of the revenue per customer. */
  readonly revenue: MeasuredDifference;
  /** The same, less what was predicted of the customers at the launch. */
  readonly adjustedRevenue: MeasuredDifference;
  /** By how much that makes the variance smaller. */
  readonly varianceReductionPercent: number;
  /** For all targets together, before the costs of the campaign. */
  readonly incrementalRevenue: MeasuredDifference;
  /** Of all these intervals. */
  readonly intervalLevelPercent: number;
}

/** A launched campaign at the latest look that has been reached. */
export interface CampaignReadout {
  readonly launchId: string;
  readonly campaignType: string;
  readonly launchedOn: string;
  readonly windowDays: number;
  /** 1 to 4; 0 as long as no look has been reached. */
  readonly lookNumber: number;
  /** The last day whose orders count. */
  readonly lookDay: string;
  readonly isFinal: boolean;
  /** Null when the window is over. */
  readonly nextLookOn: string | null;
  readonly targets: CampaignArm;
  readonly controls: CampaignArm;
  /** Null before the first look, and without a control group. */
  readonly effect: CampaignEffect | null;
  readonly verdict: Verdict;
  readonly verdictInWords: string;
  /** The last look before this one that found evidence, where this one does not say the same. */
  readonly earlierEvidence: { readonly lookDay: string; readonly verdict: Verdict } | null;
}

/** Customers of one group of a launch. */
export interface CampaignArm {
  readonly customers: number;
  /** Those who have ordered since the launch. */
  readonly converters: number;
  /** Null for a group of nobody. */
  readonly conversionPercent: number | null;
  readonly revenuePerCustomer: number | null;
}

export interface CampaignReadouts {
  /** Of the published data: what was ordered later is not known. */
  readonly asOf: string;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  /** Launches whose window is over, newest first. */
  readonly finished: readonly CampaignReadout[];
  /** Launches whose window is not over, newest first. */
  readonly running: readonly CampaignReadout[];
}
