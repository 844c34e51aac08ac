/** What the groups of an insight, or what is around it, is drawn as. */
export type Picture =
  | 'cohort-returns'
  | 'revenue-months'
  | 'order-counts'
  | 'top-customers'
  | 'campaign-lists'
  | 'loads';

/** The picture of each type of insight; types that a user's own model adds have none. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  cohort: 'cohort-returns',
  revenue_month: 'revenue-months',
  revenue_year: 'revenue-months',
  order_amount: 'revenue-months',
  order_gaps: 'revenue-months',
  left_truncation: 'revenue-months',
  conversion: 'order-counts',
  second_order: 'order-counts',
  third_order: 'order-counts',
  top_customers: 'top-customers',
  value_concentration: 'top-customers',
  high_value_return: 'top-customers',
  high_value_silent: 'top-customers',
  campaign_opportunity: 'campaign-lists',
  data_quality: 'loads',
};
