/** Filters by one of a few values, with their names for people. */
export const CHOICES = {
  segment: 'Segment',
  rfm: 'RFM segment',
  tier: 'Value tier',
  cohort: 'First order in',
  campaign: 'Campaign',
} as const;

/** Filters by a least and a most, with the column that they bound. */
export const RANGES = {
  value: { title: 'Lifetime value', column: 'lifetime_value', isWhole: false },
  spent: { title: 'Revenue', column: 'total_spent', isWhole: false },
  orders: { title: 'Orders', column: 'total_orders', isWhole: true },
  churn: { title: 'Churn risk', column: 'churn_risk_score', isWhole: false },
  recency: { title: 'Days silent', column: 'days_since_last_order', isWhole: true },
} as const;

export type Choice = keyof typeof CHOICES;
export type Range = keyof typeof RANGES;
/** As the parameters of the question `customers` are named. */
export type FilterName = 'search' | 'prefix' | Choice | `${Range}_min` | `${Range}_max`;
/** What is filtered by; filters that are not set are not there. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

export const CHOICE_NAMES = Object.keys(CHOICES) as readonly Choice[];
export const RANGE_NAMES = Object.keys(RANGES) as readonly Range[];

export const FILTER_NAMES: readonly FilterName[] = [
  'search',
  'prefix',
  ...CHOICE_NAMES,
  ...RANGE_NAMES.flatMap((range) => [`${range}_min`, `${range}_max`] as const),
];
