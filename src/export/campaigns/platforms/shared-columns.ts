import type { PlatformColumn } from '../platform.ts';

/** What an e-mail may be written with, under headings that people read. */
export const PERSONAL_COLUMNS: readonly PlatformColumn[] = [
  { name: 'Campaign', meaning: 'the campaign', isText: true, value: (contact) => contact.campaignType },
  { name: 'Campaign Priority', meaning: '1 (first) to 5', isText: false, value: (contact) => contact.priorityLevel },
  {
    name: 'Customer Segment',
    meaning: 'the marketing segment',
    isText: true,
    value: (contact) => contact.customerSegment,
  },
  {
    name: 'Days Since Last Order',
    meaning: 'days from the last order to the as-of date',
    isText: false,
    value: (contact) => contact.daysSinceLastOrder,
  },
  {
    name: 'Recommended Action',
    meaning: 'what to do',
    isText: true,
    value: (contact) => contact.recommendedAction,
  },
];
