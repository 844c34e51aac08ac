import type { CodeModelColumn } from '../project/model.ts';

/** Days ahead for which orders are predicted. */
export const horizonsDays = [30, 60, 90, 180, 365] as const;
export type HorizonDays = (typeof horizonsDays)[number];

type FixedName<H extends HorizonDays> =
  | `expected_orders_${H}`
  | `orders_low_${H}`
  | `orders_high_${H}`
  | `p_no_order_${H}`;

function fixedColumns<H extends HorizonDays>(days: H) {
  return [
    {
      name: `expected_orders_${days}`,
      type: 'double',
      description: `expected purchase days in the ${days} days from the as-of date on`,
    },
    {
      name: `orders_low_${days}`,
      type: 'integer',
      description: `lower end of their 80 % interval`,
    },
    {
      name: `orders_high_${days}`,
      type: 'integer',
      description: `upper end of it`,
    },
    {
      name: `p_no_order_${days}`,
      type: 'double',
      description: `probability of no order in the ${days} days from the as-of date on`,
    },
  ] as const satisfies readonly { name: FixedName<H>; type: string; description: string }[];
}

const keys = [
  { name: 'frequency', type: 'integer', description: 'purchase days after the first' },
  {
    name: 'recency_days',
    type: 'integer',
    description: 'days from the first purchase day to the last, as the models see it',
  },
  { name: 'age_days', type: 'integer', description: 'days from the first purchase day on, as the models see it' },
  { name: 'spend_purchases', type: 'integer', description: 'paid purchases that the spend model counts' },
  { name: 'customers', type: 'integer', description: 'customers with this history' },
  { name: 'p_alive', type: 'double', description: 'probability that the customer has not left for good' },
] as const satisfies readonly CodeModelColumn[];

/** Columns of `history_outlooks`. */
export const outlookColumns = [
  { name: 'cut_date', type: 'date', description: 'the day after which is predicted' },
  ...keys,
  { name: 'expected_orders', type: 'double', description: 'expected purchase days within the churn horizon' },
  { name: 'p_no_order', type: 'double', description: 'probability of no order within the churn horizon' },
  {
    name: 'no_order_logit',
    type: 'double',
    description: 'ln(p_no_order / (1 - p_no_order)), between -8 and 8, to two digits: what the churn model sees of it',
  },
  {
    name: 'orders_low',
    type: 'integer',
    description: 'lower end of the 80 % interval of the purchase days; null on days that are not tested',
  },
  { name: 'orders_high', type: 'integer', description: 'upper end of it; null likewise' },
  {
    name: 'interval_probability',
    type: 'double',
    description: 'probability of a number within it, 0.8 or more, since orders are whole; null likewise',
  },
  {
    name: 'value_low_factor',
    type: 'double',
    description:
      'lower end of the 80 % interval of the amount of the purchases, as a multiple of gamma plus what the customer has paid; null but on the latest day that is tested, and without a spend model',
  },
  { name: 'value_high_factor', type: 'double', description: 'upper end of it; null likewise' },
  {
    name: 'next_order_median_days',
    type: 'integer',
    description:
      'as likely as not there is an order within so many days; null beyond the churn horizon and on days that are not tested',
  },
] as const satisfies readonly CodeModelColumn[];

export type OutlookRecord = Record<(typeof outlookColumns)[number]['name'], string | number | null>;

/** Columns of `prediction_cells`. */
export const cellColumns = [
  ...keys,
  { name: 'p_never_returns', type: 'double', description: 'probability of no order ever again' },
  ...fixedColumns(30),
  ...fixedColumns(60),
  ...fixedColumns(90),
  ...fixedColumns(180),
  ...fixedColumns(365),
  {
    name: 'discounted_orders_365',
    type: 'double',
    description:
      'expected purchase days in the next 365 days, each counted less the later it comes (annualDiscountRate)',
  },
  {
    name: 'discounted_orders_for_good',
    type: 'double',
    description: 'the same without an end; null without a discount',
  },
  {
    name: 'value_low_factor',
    type: 'double',
    description:
      'lower end of the 80 % interval of the amount of the purchases in the next 365 days, as a multiple of gamma plus what the customer has paid; null without a spend model',
  },
  { name: 'value_high_factor', type: 'double', description: 'upper end of it; null likewise' },
  {
    name: 'next_order_median_days',
    type: 'integer',
    description: 'as likely as not there is an order within so many days; null where next_order_reason says why',
  },
  {
    name: 'next_order_low_days',
    type: 'integer',
    description: 'lower end of the 80 % window of the next order; null likewise',
  },
  { name: 'next_order_high_days', type: 'integer', description: 'upper end of it; null likewise' },
  { name: 'next_order_reason', type: 'text', description: 'why there is no date; null where there is one' },
] as const satisfies readonly CodeModelColumn[];

export type CellRecord = Record<(typeof cellColumns)[number]['name'], string | number | null>;
