import { customers, date, money, real } from './column-spec.ts';

/** What prediction_totals expects of a sum of customers, whatever is summed. */
export const expectedSums = {
  first_day: date('prediction_totals'),
  last_day: date('prediction_totals'),
  customers: customers('prediction_totals'),
  expected_orders: real('prediction_totals', 'orders'),
  orders_low: real('prediction_totals', 'orders'),
  orders_high: real('prediction_totals', 'orders'),
  expected_revenue: money('prediction_totals'),
  revenue_low: money('prediction_totals'),
  revenue_high: money('prediction_totals'),
};
