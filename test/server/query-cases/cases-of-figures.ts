import { atRisk, figures, worth } from './customer-figures.ts';
import type { QueryCase } from './query-case.ts';

const month = (name: string) => `
  select '${name}' as kpi, period_month, cast(${name === 'revenue' ? 'total_sales' : name === 'orders' ? 'total_orders' : name === 'customers' ? 'unique_customers' : name} as decimal(18, 2)) as value
  from business.monthly_metrics where is_complete and period_month >= '2024-10'`;

/** The months that have begun, from one of them on, and behind them those to come. */
const forecastMonths = (from: string) => `
  select * from (
    select m.period_month, m.is_complete, m.total_orders, m.total_sales, f.*
    from business.monthly_metrics as m left join business.sales_forecast as f on f.forecast_month = m.period_month
    where m.period_month >= '${from}'
    union all
    select f.forecast_month, false, null, null, f.* from business.sales_forecast as f
    where f.forecast_month not in (select period_month from business.monthly_metrics)
  ) as months order by period_month`;

/** The roots p of (share - p)^2 = z^2 p (1 - p) / n, from which Wilson made his interval. */
const wilson = (of: string, name: string) =>
  (['-', '+'] as const)
    .map((sign) => {
      const [n, share, square] = ['(1.0 * cohort_size)', `(1.0 * ${of} / cohort_size)`, '3.8414588206941245'];
      const [a, b, c] = [`(1 + ${square} / ${n})`, `(2 * ${share} + ${square} / ${n})`, `(${share} * ${share})`];
      const root = `sqrt(cast(${b} * ${b} - 4 * ${a} * ${c} as double precision))`;
      return `round(cast(100 * (${b} ${sign} ${root}) / (2 * ${a}) as decimal(18, 8)), 2) as ${name}_${sign === '-' ? 'low' : 'high'}_percent`;
    })
    .join(', ');

const cellIntervals = `${wilson('active_customers', 'retention')}, ${wilson('customers_on_or_after', 'on_or_after')}`;

/** Months, cohorts, customers, segments, value and lists. */
export const CASES_OF_FIGURES = {
  'overview/kpis': [{}],
  'overview/sparklines': [
    {
      query: '?months=3',
      sql: [
        'revenue',
        'orders',
        'customers',
        'new_customers',
        'avg_order_value',
        'revenue_per_customer',
        'purchase_frequency',
      ]
        .map((name, index) => `select * from (${month(name)} order by period_month) as m${index}`)
        .join(' union all '),
    },
  ],
  'overview/totals': [
    {
      sql: `select count(*) as customers, sum(case when total_orders > 0 then 1 else 0 end) as buyers,
        sum(case when total_orders > 1 then 1 else 0 end) as repeat_buyers,
        round(100.0 * sum(case when total_orders > 1 then 1 else 0 end) / sum(case when total_orders > 0 then 1 else 0 end), 2)
          as repeat_buyers_percent,
        sum(total_orders) as orders,
        sum(total_spent) as revenue, sum(historic_value) as historic_value, sum(predicted_value) as predicted_value,
        ${atRisk} as value_at_risk,
        (select min(order_date) from warehouse.dim_order where not is_return) as first_order_date,
        (select max(order_date) from warehouse.dim_order where not is_return) as last_order_date
        from ${worth}`,
    },
  ],
  'overview/campaigns': [
    {
      sql: `select campaign_type, customers, estimated_value,
          (select count(*) from business.campaign_targets as t where t.campaign_type = l.campaign_type and campaign_group = 'target' and priority_level = 1) as first_priority_customers,
          (select count(*) from business.campaign_targets as t where t.campaign_type = l.campaign_type and campaign_group = 'control') as control_customers
        from (
          select campaign_type, count(*) as customers, sum(estimated_value) as estimated_value from business.campaign_targets
          where campaign_group = 'target' group by campaign_type
        ) as l
        order by estimated_value desc, campaign_type`,
    },
  ],
  'revenue/months': [
    { sql: 'select * from business.monthly_metrics order by period_month' },
    {
      query: '?from=2024-01&to=2024-03',
      sql: "select * from business.monthly_metrics where period_month between '2024-01' and '2024-03' order by period_month",
    },
  ],
  'revenue/seasons': [
    { sql: 'select * from business.seasonal_trends order by season_kind, season_number' },
    {
      query: '?kind=month',
      sql: "select * from business.seasonal_trends where season_kind = 'month' order by season_number",
    },
  ],
  'revenue/outlook': [
    {
      sql: "select total_name as month_number, t.* from business.prediction_totals as t where total_type = 'month' order by total_name",
    },
  ],
  'forecast/months': [{ sql: forecastMonths('2000-01') }, { query: '?history=3', sql: forecastMonths('2024-10') }],
  'forecast/accuracy': [
    {
      sql: `select a.*, a.method in (select shown_method from business.forecast_grades as g where g.measure = a.measure) as is_shown
        from business.forecast_accuracy as a order by measure, lead_months, method`,
    },
    {
      query: '?measure=orders',
      sql: `select a.*, a.method = (select shown_method from business.forecast_grades where measure = 'orders') as is_shown
        from business.forecast_accuracy as a where measure = 'orders' order by lead_months, method`,
    },
  ],
  'forecast/grades': [{ sql: 'select * from business.forecast_grades order by measure' }],
  'cohorts/matrix': [
    { sql: `select *, ${cellIntervals} from business.cohort_analysis order by cohort_month, activity_month` },
    {
      query: '?from=2023-05&to=2023-07&months=4',
      sql: `select *, ${cellIntervals} from business.cohort_analysis
        where cohort_month in ('2023-05', '2023-06', '2023-07') and months_since_acquisition < 5
        order by cohort_month, activity_month`,
    },
  ],
  'cohorts/average': [
    {
      sql: `select months_since_acquisition, count(*) as cohorts, sum(cohort_size) as customers,
        round(cast(100.0 * sum(active_customers) / sum(cohort_size) as decimal(18, 8)), 2) as retention_rate_percent,
        round(cast(100.0 * sum(customers_on_or_after) / sum(cohort_size) as decimal(18, 8)), 2) as retention_on_or_after_percent,
        round(cast(sum(cumulative_sales) / sum(cohort_size) as decimal(18, 8)), 2) as cumulative_revenue_per_customer
        from business.cohort_analysis where not is_immature and not is_left_truncated
        group by months_since_acquisition order by months_since_acquisition`,
    },
  ],
  'cohorts/windows': [
    { sql: 'select * from business.cumulative_retention_analysis order by cohort_month, retention_window_months' },
  ],
  'cohorts/customers': [
    {
      query: '?cohort_month=2023-03&limit=1000',
      sql: "select * from warehouse.dim_customer where first_order_cohort_month = '2023-03' order by customer_id",
    },
    {
      query: '?cohort_month=2023-03&activity_month=2023-06&limit=1000',
      sql: `select * from warehouse.dim_customer where customer_id in (
        select customer_id from warehouse.dim_order where not is_return and cast(order_date as varchar) like '2023-06-%'
        ) and first_order_cohort_month = '2023-03' order by customer_id`,
    },
    {
      query: '?cohort_month=2023-03&activity_month=2023-12&mode=on-or-after&sort=total_spent&order=desc&limit=5',
      sql: `select * from warehouse.dim_customer where first_order_cohort_month = '2023-03' and last_order_date >= date '2023-12-01'
        order by total_spent desc, customer_id limit 5`,
    },
  ],
  customers: [
    { query: '?limit=1000', sql: 'select * from business.customer_list order by customer_id limit 1000' },
    {
      query: '?sort=lifetime_value&order=desc&limit=7&offset=3',
      sql: 'select * from business.customer_list order by lifetime_value desc, customer_id limit 7 offset 3',
    },
    {
      query: '?sort=priority_level&limit=1000',
      sql: 'select * from business.customer_list order by coalesce(priority_level, 99), customer_id limit 1000',
    },
    {
      query: '?segment=At%20Risk&spent_min=50.5&orders_max=2&recency_min=100&sort=churn_risk_score&order=desc',
      sql: `select * from business.customer_list where customer_segment = 'At Risk' and total_spent >= 50.5 and total_orders <= 2
        and days_since_last_order >= 100 order by churn_risk_score desc nulls last, customer_id limit 100`,
    },
    {
      query:
        '?rfm=Champions&value_min=1&value_max=100000&churn_min=0&churn_max=100&recency_max=400&orders_min=1&spent_max=99999',
      sql: `select * from business.customer_list where rfm_segment = 'Champions' and lifetime_value between 1 and 100000
        and churn_risk_score between 0 and 100 and days_since_last_order <= 400 and total_orders >= 1 and total_spent <= 99999
        order by customer_id limit 100`,
    },
    {
      query: '?campaign=Win-Back&tier=Regular&cohort=2023-03',
      sql: `select * from business.customer_list where campaign_type = 'Win-Back' and value_tier = 'Regular'
        and acquisition_cohort = '2023-03' order by customer_id limit 100`,
    },
    {
      query: '?search=SMILE',
      sql: "select * from business.customer_list where customer_id like '%smile%' order by customer_id",
    },
    {
      query: '?prefix=..',
      sql: "select * from business.customer_list where substr(customer_id, 1, 2) = '..' order by customer_id",
    },
  ],
  'customers/facets': [
    {
      sql: `select 'campaign' as facet, campaign_type as value, count(*) as customers from business.customer_list group by campaign_type
        union all select 'cohort', acquisition_cohort, count(*) from business.customer_list group by acquisition_cohort
        union all select 'rfm', rfm_segment, count(*) from business.customer_list group by rfm_segment
        union all select 'segment', customer_segment, count(*) from business.customer_list group by customer_segment
        union all select 'tier', value_tier, count(*) from business.customer_list group by value_tier
        order by 1, 2 nulls last`,
    },
  ],
  'customer/orders': [
    {
      query: '?id=CUSTOMER',
      sql: "select * from warehouse.dim_order where customer_id = 'CUSTOMER' order by order_date, order_id limit 100",
    },
    {
      query: '?id=CUSTOMER&order=desc&limit=2&offset=1',
      sql: `select * from warehouse.dim_order where customer_id = 'CUSTOMER' order by order_date desc, order_id desc
        limit 2 offset 1`,
    },
  ],
  'customer/segments': [
    {
      query: '?id=CUSTOMER',
      sql: "select * from business.segment_states where customer_id = 'CUSTOMER' order by as_of_date",
    },
  ],
  'customer/campaigns': [
    {
      query: '?id=CUSTOMER',
      sql: "select * from business.campaign_assignments where customer_id = 'CUSTOMER' order by launched_on desc, launch_id",
    },
  ],
  'customer/records': [
    {
      query: '?id=CUSTOMER&limit=1000',
      sql: "select * from staging.stg_sales_clean where customer_id = 'CUSTOMER' order by load_id, source_row",
    },
  ],
  'segments/marketing': [{ sql: figures('customer_segment') }],
  'segments/rfm': [{ sql: figures('rfm_segment') }],
  'segments/map': [{ sql: figures('recency_score, frequency_score, rfm_segment') }],
  'segments/lifecycle': [
    { sql: 'select * from business.customer_lifecycle_snapshot order by snapshot_date, lifecycle_stage' },
  ],
  'segments/history': [{ sql: 'select * from business.segment_history order by month_end, customer_segment' }],
  'segments/migration': [
    {
      sql: `select date '2024-10-31' as from_day, * from business.segment_migration where month_end = date '2024-11-30'
        and customers > 0 and from_segment <> to_segment order by from_segment, to_segment`,
    },
    {
      query: '?month=2024-12&who=all',
      sql: `select date '2024-11-30' as from_day, * from business.segment_migration where is_as_of and customers > 0
        order by from_segment, to_segment`,
    },
  ],
  'segments/profiles': [
    {
      sql: `select *, (select max(recommended_strategy) from business.customer_segments where customer_segment = segment) as recommended_strategy,
        null as recency_from, null as recency_to, null as frequency_from, null as frequency_to, null as monetary_from, null as monetary_to
        from business.segment_profiles where segmentation = 'five' order by position`,
    },
    {
      query: '?segmentation=rfm',
      sql: `select *, null as recommended_strategy, ${['recency', 'frequency', 'monetary']
        .flatMap((score) => [
          `(select min(${score}_score) from business.rfm_cells where rfm_segment = segment) as ${score}_from`,
          `(select max(${score}_score) from business.rfm_cells where rfm_segment = segment) as ${score}_to`,
        ])
        .join()} from business.segment_profiles where segmentation = 'rfm' order by position`,
    },
  ],
  'segments/stability': ['five', 'rfm'].map((segmentation) => ({
    query: `?segmentation=${segmentation}`,
    sql: `with s as (
        select segment, customers, bootstrap_stability, round(cast(customers * (1 - bootstrap_stability) as decimal(18, 6)), 2) as changing_customers
        from business.segment_stability where segmentation = '${segmentation}'
      )
      select s.*, (select sum(customers) from s) as all_customers, (select sum(changing_customers) from s) as all_changing
      from s inner join business.segment_profiles as p on p.segment = s.segment and p.segmentation = '${segmentation}' order by position`,
  })),
  'segments/rules': [{}],
  'value/tiers': [{ sql: figures('value_tier') }],
  'value/distribution': [{}],
  'value/lorenz': [{}],
  'value/by-orders': [
    {
      query: '?measure=total_spent',
      sql: `select case when total_orders > 20 then 20 else total_orders end as order_count, count(*) as customers,
        sum(total_spent) as total_value, round(sum(total_spent) / count(*), 2) as value_per_customer, sum(total_spent) as revenue
        from ${worth} group by 1 order by 1`,
    },
  ],
  'risk/distribution': [{}],
  'risk/by-value': [{}],
  campaigns: [
    {
      sql: `select campaign_type, campaign_group, priority_level, count(*) as customers, sum(estimated_value) as estimated_value,
        sum(historic_value) as historic_value, sum(value_at_stake) as value_at_stake
        from business.campaign_targets group by 1, 2, 3 order by 1, 2, 3`,
    },
  ],
} as const satisfies Readonly<Record<string, readonly QueryCase[]>>;
