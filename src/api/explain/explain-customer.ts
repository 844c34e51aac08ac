import type { PublishedReader } from '../../run/open-published.ts';
import { campaignOf } from './campaign.ts';
import { churnRisk } from './churn-risk.ts';
import { cohortCourse } from './cohort-course.ts';
import type { CustomerExplanation } from './customer-explanation.ts';
import { customerProfile } from './customer-profile.ts';
import { customerSegment } from './customer-segment.ts';
import { nextOrder } from './next-order.ts';
import { HISTORY_LIMIT, orderHistory } from './order-history.ts';
import { outlook } from './outlook.ts';
import { onlyRow, readRows } from './published-row.ts';
import { ordersQuery, queries } from './queries.ts';
import { gradeOf } from './score-grade.ts';
import { isStorable, unknownCustomer } from './unknown-customer.ts';
import { expectedOrders, expectedValue } from './value-outlook.ts';

/** Reads what the published tables say of one customer. @throws UsageError for an id that nobody has. */
export async function explainCustomer(
  { manifest, reader }: PublishedReader,
  customerId: string,
): Promise<CustomerExplanation> {
  const { asOf, snapshotId, sources } = manifest;
  const read = (sql: string, ...params: readonly string[]) => readRows(reader, sql, params);
  const [found] = isStorable(customerId) ? await read(queries.profile, customerId) : [];
  if (found === undefined) throw await unknownCustomer(reader, customerId);
  const profile = customerProfile(customerId, found);
  const { cohortMonth } = profile;
  const orders = await read(ordersQuery(reader.exactText('order_id'), HISTORY_LIMIT), customerId);
  const segment = onlyRow(await read(queries.segment, customerId), 'segment of the customer');
  const predictions = onlyRow(await read(queries.predictions, customerId), 'predictions of the customer');
  const grades = await read(queries.grades);
  const histories = await read(queries.history, customerId, asOf);
  const [campaign] = await read(queries.campaign, customerId);
  const cohort = cohortMonth === null ? null : cohortCourse(cohortMonth, await read(queries.cohort, cohortMonth));

  const hasOrders = !profile.isReturnsOnly;
  const withheld = { hasOrders, ownReason: predictions.textOrNull('withheld_reason') };
  return {
    snapshotId,
    asOf,
    currency: sources.find((source) => source.currency !== undefined)?.currency ?? null,
    profile,
    history: orderHistory(orders),
    segment: customerSegment(segment),
    value: {
      historicValue: predictions.number('historic_value'),
      ...outlook(expectedValue(predictions), gradeOf(grades, 'predicted_value'), withheld),
    },
    orders: outlook(expectedOrders(predictions), gradeOf(grades, 'expected_orders'), withheld),
    churn: outlook(churnRisk(predictions, histories), gradeOf(grades, 'churn_risk'), withheld),
    nextOrder: outlook(nextOrder(predictions), gradeOf(grades, 'next_order'), {
      hasOrders,
      ownReason: predictions.textOrNull('next_order_reason'),
    }),
    campaign: campaign === undefined ? null : campaignOf(campaign),
    cohort,
  };
}
