import { z } from 'zod';
import { customers, decimal, money, percent, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';

const params = z.strictObject({
  segmentation: z
    .enum(['five', 'rfm'])
    .default('five')
    .describe('the five marketing segments, or the eleven RFM segments'),
});

const profiles = tableQuery({
  name: 'segments/profiles',
  summary: 'What the members of each segment are like, and by which scores they get there. One row per segment.',
  params,
  scores: ['predicted_value', 'churn_risk'],
  columns: {
    segment: text('segment_profiles'),
    position: whole('segment_profiles'),
    customers: customers('segment_profiles'),
    share_of_base: percent('segment_profiles'),
    revenue: money('segment_profiles'),
    share_of_revenue: percent('segment_profiles'),
    avg_lifetime_value: money('segment_profiles'),
    avg_churn_risk: percent('segment_profiles'),
    avg_order_value: money('segment_profiles'),
    median_days_between_orders: decimal('segment_profiles', 'days'),
    typical_next_segment: text('segment_profiles'),
    typical_next_share: percent('segment_profiles'),
    bootstrap_stability: real('segment_profiles'),
    recommended_strategy: text('what to do about it; null for RFM segments, and without members'),
    recency_from: whole('lowest recency score of the segment; null for the five segments'),
    recency_to: whole('highest recency score; null likewise'),
    frequency_from: whole('lowest frequency score; null likewise'),
    frequency_to: whole('highest frequency score; null likewise'),
    monetary_from: whole('lowest monetary score; null likewise'),
    monetary_to: whole('highest monetary score; null likewise'),
  },
  sql: ({ segmentation }, parts) => `
    with
    profiles as (
      select * from business.segment_profiles where segmentation = ${parts.text(segmentation)}
    ),
    strategies as (
      select customer_segment, max(recommended_strategy) as recommended_strategy
      from business.customer_segments
      group by customer_segment
    ),
    cells as (
      select
        rfm_segment,
        min(recency_score) as recency_from, max(recency_score) as recency_to,
        min(frequency_score) as frequency_from, max(frequency_score) as frequency_to,
        min(monetary_score) as monetary_from, max(monetary_score) as monetary_to
      from business.rfm_cells
      group by rfm_segment
    )
    select
      segment, position, customers, share_of_base, revenue, share_of_revenue, avg_lifetime_value, avg_churn_risk,
      avg_order_value, median_days_between_orders, typical_next_segment, typical_next_share, bootstrap_stability,
      recommended_strategy, recency_from, recency_to, frequency_from, frequency_to, monetary_from, monetary_to
    from profiles
    left join strategies on segmentation = 'five' and segment = customer_segment
    left join cells on segmentation = 'rfm' and segment = rfm_segment
    order by position`,
});

const stability = tableQuery({
  name: 'segments/stability',
  summary:
    'How many customers would be in another segment had another sample of the same customers been drawn. One row per segment that has customers.',
  params,
  columns: {
    segment: text('segment_stability'),
    customers: customers('segment_stability'),
    bootstrap_stability: real('segment_stability'),
    changing_customers: decimal('customers of the segment expected to be in another one', 'customers'),
    all_customers: customers('customers of all segments'),
    all_changing: decimal('customers of all segments expected to be in another one', 'customers'),
  },
  sql: ({ segmentation }, parts) => `
    with expected as (
      select
        stability.segment, position, stability.customers, stability.bootstrap_stability,
        cast(stability.customers * (1 - cast(stability.bootstrap_stability as decimal(9, 6))) as decimal(18, 2))
          as changing_customers
      from business.segment_stability as stability
      inner join business.segment_profiles as profiles
        on stability.segmentation = profiles.segmentation and stability.segment = profiles.segment
      where stability.segmentation = ${parts.text(segmentation)}
    )
    select
      segment, customers, bootstrap_stability, changing_customers,
      cast(sum(customers) over () as bigint) as all_customers,
      cast(sum(changing_customers) over () as decimal(18, 2)) as all_changing
    from expected
    order by position`,
});

export const segmentProfileQueries = [profiles, stability] as const;
