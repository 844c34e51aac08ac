import { campaignLists } from './campaign-lists.ts';
import type { FactGenerator } from './candidate.ts';
import { highValueSilent } from './high-value-silent.ts';
import { leftTruncation } from './left-truncation.ts';
import { oneOrderShare } from './one-order-share.ts';
import { revenueYear } from './revenue-year.ts';
import { topCustomers } from './top-customers.ts';

/** What is printed without having been compared with anything, in a fixed order. */
export const factGenerators: readonly FactGenerator[] = [
  ...[revenueYear, oneOrderShare, highValueSilent, campaignLists, topCustomers, leftTruncation],
];
