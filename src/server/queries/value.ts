import { z } from 'zod';
import { customers, decimal, money, percent, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { wholeParameter } from '../query-parameters.ts';

/** Measures of what a customer is worth, as columns of customer_ltv_analysis. */
const MEASURES = ['lifetime_value', 'historic_value', 'predicted_value', 'total_spent', 'avg_order_value'] as const;

const measure = z.enum(MEASURES).default('lifetime_value').describe('which value of a customer');

const WORTH = 'business.customer_ltv_analysis';

/** Round amounts in cents, each about twice the one before: one cent, two, five, ten ... */
const ROUND_CENTS = Array.from({ length: 12 }, (_, power) => 10 ** power).flatMap((unit) => [unit, 2 * unit, 5 * unit]);

/** The smallest round amount that is not below the column. */
function roundWidth(column: string): string {
  const widths = ROUND_CENTS.map((cents) => `when ${column} <= ${cents} then ${cents}`);
  return `case ${widths.join(' ')} else ${10 ** 12} end`;
}

/** Counted in cents, so that the ends of the bins are exact and a filter by them gives the customers of the bin. */
const distribution = tableQuery({
  name: 'value/distribution',
  summary:
    'How many customers are worth how much: bins of equal, round width up to the 99th percentile, and one for the rest. One row per bin that has customers.',
  params: z.strictObject({
    measure,
    bins: wholeParameter(2, 200).default(40).describe('bins, 2 to 200; the round width makes somewhat fewer of them'),
  }),
  scores: ['predicted_value'],
  columns: {
    bin: whole('number of the bin from 0; the last holds everything above'),
    value_from: money('lower end of the bin, included'),
    value_to: money('upper end of the bin, not included; null for the last, which has none'),
    customers: customers('customers in the bin'),
    total_value: money('what they are worth together'),
  },
  sql: (params, parts) => `
    with
    customers as (
      select ${params.measure} as amount, cast(round(cast(${params.measure} as double precision) * 100) as bigint) as cents
      from ${WORTH}
      where ${params.measure} is not null
    ),
    bounds as (
      select min(cents) as low, ${parts.call('percentile', 'cents', '0.99')} as high
      from customers
    ),
    widths as (
      select low, high, case when high > low then ${roundWidth(`(high - low) / ${params.bins}`)} else 100 end as width
      from bounds
    ),
    steps as (
      select cast(floor(cast(low as double precision) / width) as bigint) * width as first, high, width
      from widths
    ),
    binned as (
      select
        cast(least(floor(cast(cents - first as double precision) / width), floor((high - first) / width) + 1) as integer)
          as bin,
        amount, first, width, cast(floor((high - first) / width) + 1 as integer) as last_bin
      from customers cross join steps
    )
    select
      bin,
      cast((first + bin * width) * 0.01 as decimal(18, 2)) as value_from,
      cast(case when bin < last_bin then (first + (bin + 1) * width) * 0.01 end as decimal(18, 2)) as value_to,
      count(*) as customers,
      cast(sum(amount) as decimal(18, 2)) as total_value
    from binned
    group by bin, first, width, last_bin
    order by bin`,
});

const lorenz = tableQuery({
  name: 'value/lorenz',
  summary:
    'How value is spread over customers, those of least value first (Lorenz curve). One row per point, at most 200.',
  params: z.strictObject({ measure, points: wholeParameter(2, 200).default(100).describe('points, 2 to 200') }),
  scores: ['predicted_value'],
  columns: {
    point: whole('number of the point, from 1'),
    customers: customers('customers up to the point'),
    customers_percent: percent('these in percent of all'),
    value: money('what they are worth together'),
    value_percent: percent('this in percent of the value of all; null where that is zero'),
  },
  // Customers of equal value may stand in either of two neighbouring parts: sums and counts are the same.
  sql: (params, parts) => `
    with
    parts as (
      select ${params.measure} as amount, ntile(${params.points}) over (order by ${params.measure}) as point
      from ${WORTH}
      where ${params.measure} is not null
    ),
    sums as (
      select point, count(*) as customers, sum(amount) as value
      from parts
      group by point
    ),
    running as (
      select
        point,
        cast(sum(customers) over (order by point) as bigint) as customers,
        cast(sum(customers) over () as bigint) as all_customers,
        cast(sum(value) over (order by point) as decimal(18, 2)) as value,
        cast(sum(value) over () as decimal(18, 2)) as all_value
      from sums
    )
    select
      cast(point as integer) as point, customers,
      ${parts.call('money_divide', '100 * customers', 'all_customers')} as customers_percent,
      value,
      ${parts.call('money_divide', '100 * value', 'all_value')} as value_percent
    from running
    order by point`,
});

const frequency = tableQuery({
  name: 'value/by-orders',
  summary: 'What customers are worth by how often they have ordered; 20 stands for 20 and more. One row per count.',
  params: z.strictObject({ measure }),
  scores: ['predicted_value'],
  columns: {
    order_count: whole('orders of the customer; 20 for 20 and more', 'orders'),
    customers: customers('customers with so many orders'),
    total_value: money('what they are worth together; null where withheld'),
    value_per_customer: money('the same per customer'),
    revenue: money('revenue of these customers, net of returns'),
  },
  sql: (params, parts) => `
    with sums as (
      select
        cast(least(total_orders, 20) as integer) as order_count,
        count(*) as customers,
        count(${params.measure}) as valued,
        cast(sum(${params.measure}) as decimal(18, 2)) as total_value,
        cast(sum(total_spent) as decimal(18, 2)) as revenue
      from ${WORTH}
      group by least(total_orders, 20)
    )
    select
      order_count, customers, total_value,
      ${parts.call('money_divide', 'total_value', 'valued')} as value_per_customer,
      revenue
    from sums
    order by order_count`,
});

const riskDistribution = tableQuery({
  name: 'risk/distribution',
  summary: 'How many customers have which churn risk, in steps of five points. One row per step that has customers.',
  params: z.strictObject({}),
  scores: ['churn_risk'],
  columns: {
    risk_from: whole('lower end of the step, included', 'percent'),
    risk_to: whole('upper end of the step; 100 is included', 'percent'),
    customers: customers('customers with such a risk'),
    revenue: money('revenue of these customers so far'),
    predicted_value: money('value of the next 365 days of these customers; null where withheld'),
  },
  sql: () => `
    with steps as (
      select cast(least(floor(churn_risk_score / 5), 19) as integer) * 5 as risk_from, total_spent, predicted_value
      from ${WORTH}
      where churn_risk_score is not null
    )
    select
      risk_from,
      risk_from + 5 as risk_to,
      count(*) as customers,
      cast(sum(total_spent) as decimal(18, 2)) as revenue,
      cast(sum(predicted_value) as decimal(18, 2)) as predicted_value
    from steps
    group by risk_from
    order by risk_from`,
});

/** Round amounts, each about twice the one before: 1, 2, 5, 10 up to a million. */
const LADDER = [1, 10, 100, 1_000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]).concat(1_000_000);

/** The amount of the ladder after that of the column; null for the last. */
function nextRung(column: string): string {
  const rungs = LADDER.slice(0, -1).map((amount, index) => `when ${amount} then ${LADDER[index + 1]}`);
  return `case ${column} when 0 then 1 ${rungs.join(' ')} end`;
}

/** The largest amount of the ladder that is not above the column; 0 below one. */
function rung(column: string): string {
  const rungs = LADDER.toReversed().map((amount) => `when ${column} >= ${amount} then ${amount}`);
  return `case ${rungs.join(' ')} else 0 end`;
}

const riskByValue = tableQuery({
  name: 'risk/by-value',
  summary:
    'Churn risk against value: customers in fields of ten points of risk and a step of 1, 2, 5, 10 ... in value. One row per field that has customers.',
  params: z.strictObject({ measure }),
  scores: ['churn_risk', 'predicted_value'],
  columns: {
    risk_from: whole('lower end of the risk, included', 'percent'),
    risk_to: whole('upper end of the risk; 100 is included', 'percent'),
    value_from: whole('lower end of the value, included; 0 holds everything below 1', 'money'),
    value_to: whole('upper end of the value, not included; null for the last, which has none', 'money'),
    customers: customers('customers in the field'),
    total_value: money('what they are worth together'),
    avg_churn_risk: decimal('their average churn risk', 'percent'),
  },
  sql: (params, parts) => `
    with
    fields as (
      select
        cast(least(floor(churn_risk_score / 10), 9) as integer) * 10 as risk_from,
        ${rung(params.measure)} as value_from,
        cast(churn_risk_score as decimal(9, 2)) as risk,
        ${params.measure} as amount
      from ${WORTH}
      where churn_risk_score is not null and ${params.measure} is not null
    ),
    sums as (
      select
        risk_from, value_from, count(*) as customers, cast(sum(amount) as decimal(18, 2)) as total_value,
        cast(sum(risk) as decimal(18, 2)) as risk
      from fields
      group by risk_from, value_from
    )
    select
      risk_from, risk_from + 10 as risk_to, value_from, ${nextRung('value_from')} as value_to, customers, total_value,
      ${parts.call('money_divide', 'risk', 'customers')} as avg_churn_risk
    from sums
    order by risk_from, value_from`,
});

export const valueQueries = [distribution, lorenz, frequency, riskDistribution, riskByValue] as const;
