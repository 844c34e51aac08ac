import { addressOrId, type CampaignPlatform, type PlatformColumn } from '../platform.ts';

const COLUMNS: readonly PlatformColumn[] = [
  { name: 'customer_id', meaning: 'customer', isText: true, value: (contact) => contact.customerId },
  { name: 'campaign_type', meaning: 'the campaign', isText: true, value: (contact) => contact.campaignType },
  { name: 'campaign_group', meaning: 'target or control', isText: true, value: (contact) => contact.campaignGroup },
  { name: 'priority_level', meaning: '1 (first) to 5', isText: false, value: (contact) => contact.priorityLevel },
  {
    name: 'estimated_value',
    meaning: 'what the campaign may bring, as in `campaign_targets`',
    isText: false,
    value: (contact) => contact.estimatedValue,
  },
  { name: 'historic_value', meaning: 'value so far', isText: false, value: (contact) => contact.historicValue },
  {
    name: 'days_since_last_order',
    meaning: 'days from the last order to the as-of date',
    isText: false,
    value: (contact) => contact.daysSinceLastOrder,
  },
  {
    name: 'customer_segment',
    meaning: 'the marketing segment',
    isText: true,
    value: (contact) => contact.customerSegment,
  },
  { name: 'reason', meaning: 'why this customer is on the list', isText: true, value: (contact) => contact.reason },
  {
    name: 'recommended_action',
    meaning: 'what to do',
    isText: true,
    value: (contact) => contact.recommendedAction,
  },
];

/** For any other program, and for people. */
export const csv: CampaignPlatform = {
  name: 'csv',
  title: 'any other program',
  columns: COLUMNS,
  controlColumns: COLUMNS,
  identityOf: addressOrId,
  nextStep: 'address the target lists, and leave the control list alone',
  withoutIds: 'run the pipeline again',
  source: 'https://www.rfc-editor.org/rfc/rfc4180',
};
