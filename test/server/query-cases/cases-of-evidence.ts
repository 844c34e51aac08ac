import type { QueryCase } from './query-case.ts';

/** Campaigns, insights, predictions and data. */
export const CASES_OF_EVIDENCE = {
  'campaigns/power': [
    {
      sql: `select power.*, lists.* from business.campaign_power as power inner join (
        select campaign_type, sum(value_at_stake) as value_at_stake, round(sum(estimated_value) / count(*), 2) as average_order_value,
        round(sum(offer_cost_ceiling) / count(offer_cost_ceiling), 2) as offer_cost_ceiling,
        sum(case when campaign_group = 'target' and customer_id like '%@%.%' then 1 else 0 end) as addresses,
        min(case when campaign_group = 'target' then best_contact_date end) as first_contact_date,
        max(case when campaign_group = 'target' then best_contact_date end) as last_contact_date,
        count(case when campaign_group = 'target' then best_contact_date end) as contact_dates
        from business.campaign_targets group by campaign_type) as lists using (campaign_type) order by power.campaign_type`,
    },
  ],
  'campaigns/budget': [{}],
  'campaigns/plan': [{}],
  'campaigns/results': [{}],
  'campaigns/launches': [{}],
  'campaigns/customers': [
    {
      query: '?type=Win-Back&group=target&priority=1&sort=estimated_value&order=desc',
      sql: `select * from business.campaign_targets where campaign_type = 'Win-Back' and campaign_group = 'target'
        and priority_level = 1 order by estimated_value desc, customer_id limit 100`,
    },
  ],
  insights: [
    {
      sql: `select i.*, c.comparison, c.relative_effect from business.business_insights as i
        left join (select * from business.insight_candidates where is_reported) as c on i.insight_title = c.title
        order by priority_level, insight_id`,
    },
    {
      query: '?kind=fact&type=conversion&priority=5',
      sql: `select *, null as comparison, null as relative_effect from business.business_insights
        where insight_kind = 'fact' and insight_type = 'conversion' and priority_level = 5`,
    },
  ],
  'insights/candidates': [
    { sql: 'select * from business.insight_candidates order by candidate_id' },
    {
      query: '?type=cohort&priority=5',
      sql: "select * from business.insight_candidates where insight_type = 'cohort' and priority_level = 5 order by candidate_id",
    },
  ],
  'predictions/grades': [{ sql: 'select * from business.prediction_grades order by score' }],
  'predictions/models': [
    {
      sql: `select * from business.prediction_models
        order by subject, model, case when parameter_position is null then 1 else 0 end, parameter_position, parameter`,
    },
  ],
  'predictions/backtests': [
    { sql: 'select * from business.model_backtests order by score, cut, method, metric' },
    {
      query: '?score=churn_risk&method=model&metric=auc',
      sql: "select * from business.model_backtests where score = 'churn_risk' and method = 'model' and metric = 'auc' order by cut",
    },
  ],
  'predictions/calibration': [
    {
      query: '?score=churn_risk',
      sql: `select * from business.model_calibration where score = 'churn_risk' order by "grouping", group_number`,
    },
  ],
  'predictions/totals': [
    {
      query: '?type=segment',
      sql: "select * from business.prediction_totals where total_type = 'segment' order by total_name",
    },
  ],
  'predictions/observation': [{ sql: 'select * from business.observation_window' }],
  'predictions/leak-audit': [{ sql: 'select * from business.leak_audit order by feature' }],
  'predictions/published-figures': [{}],
  'data/loads': [{ sql: 'select * from staging.stg_loads order by load_id' }],
  'data/rejections': [
    {
      sql: `select reason_code, is_guest, count(*) as records, count(distinct load_id) as files,
        coalesce(sum(sales_amount), 0) as amount from staging.stg_sales_rejected group by 1, 2 order by records desc, reason_code`,
    },
  ],
  'data/rejected-rows': [
    {
      query: '?reason=INVALID_DATE&load_id=1',
      sql: "select * from staging.stg_sales_rejected where reason_code = 'INVALID_DATE' and load_id = 1 order by source_row",
    },
  ],
  'data/set-aside': [
    {
      sql: `select set_aside_kind, count(*) as records, sum(sales_amount) as amount from staging.stg_sales_set_aside
        group by set_aside_kind order by records desc, set_aside_kind`,
    },
  ],
  'data/runs': [{}],
  'data/timings': [{}],
  'data/checks': [{}, { query: '?status=warned' }],
  'data/ledger': [{}],
  'data/sources': [{}],
  'data/settings': [{}],
  'data/lineage/nodes': [{}],
  'data/lineage/edges': [{}],
  'data/lineage/questions': [{}],
  'data/dictionary': [{}, { query: '?table=monthly_metrics' }],
} as const satisfies Readonly<Record<string, readonly QueryCase[]>>;
