import { z } from 'zod';
import { flag, money, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { textParameter, wholeParameter } from '../query-parameters.ts';
import { given, where } from '../sql-parts.ts';

const kind = z.enum(['finding', 'fact']).optional().describe('findings are tested, facts compare nothing');
const type = textParameter().optional().describe('what it is about, as in insight_type');
const priority = wholeParameter(1, 5).optional().describe('1 comes first; facts have 5');

const insights = tableQuery({
  name: 'insights',
  summary: 'Findings and facts in plain words with their figures, the most important first. One row each.',
  params: z.strictObject({ kind, type, priority }),
  columns: {
    insight_id: whole('business_insights'),
    insight_type: text('business_insights'),
    insight_kind: text('business_insights'),
    insight_title: text('business_insights'),
    insight_description: text('business_insights'),
    comparison: text('what is compared with what; null for facts'),
    metric_value: real('business_insights'),
    metric_unit: text('business_insights'),
    metric_low: real('business_insights'),
    metric_high: real('business_insights'),
    interval_level: real('business_insights'),
    relative_effect: real('the difference against what was expected: 0.1 is 10 % more; null for facts'),
    p_value: real('business_insights'),
    adjusted_p_value: real('business_insights'),
    comparisons_tried: whole('business_insights'),
    expected_money: money('business_insights'),
    rank_score: real('business_insights'),
    recommendation: text('business_insights'),
    priority_level: whole('business_insights'),
    evidence_sql: text('business_insights'),
  },
  // Findings have the numbers of their comparisons: both tables begin with what is reported, in the same order.
  sql: (params, parts) => `
    select
      insight.insight_id, insight.insight_type, insight.insight_kind, insight.insight_title,
      insight.insight_description, candidate.comparison, insight.metric_value, insight.metric_unit, insight.metric_low,
      insight.metric_high, insight.interval_level, candidate.relative_effect, insight.p_value,
      insight.adjusted_p_value, insight.comparisons_tried, insight.expected_money, insight.rank_score,
      insight.recommendation, insight.priority_level, insight.evidence_sql
    from business.business_insights as insight
    left join business.insight_candidates as candidate
      on insight.insight_kind = 'finding'
        and candidate.is_reported
        and candidate.candidate_id = insight.insight_id
        and candidate.title = insight.insight_title
    ${where(
      given(params.kind, (one) => `insight.insight_kind = ${parts.text(one)}`),
      given(params.type, (one) => `insight.insight_type = ${parts.text(one)}`),
      given(params.priority, (one) => `insight.priority_level = ${parts.number(one)}`),
    )}
    order by insight.priority_level, insight.insight_id`,
});

const candidates = tableQuery({
  name: 'insights/candidates',
  summary:
    'Every comparison that the run has tried, or could not try, and why it is or is not a finding. One row per comparison.',
  params: z.strictObject({ type, priority }),
  columns: {
    candidate_id: whole('insight_candidates'),
    insight_type: text('insight_candidates'),
    comparison: text('insight_candidates'),
    effect: real('insight_candidates'),
    effect_unit: text('insight_candidates'),
    effect_low: real('insight_candidates'),
    effect_high: real('insight_candidates'),
    interval_level: real('insight_candidates'),
    relative_effect: real('insight_candidates'),
    p_value: real('insight_candidates'),
    adjusted_p_value: real('insight_candidates'),
    practical_threshold: real('insight_candidates'),
    expected_money: money('insight_candidates'),
    rank_score: real('insight_candidates'),
    priority_level: whole('insight_candidates'),
    is_reported: flag('insight_candidates'),
    why_not: text('insight_candidates'),
    title: text('insight_candidates'),
    description: text('insight_candidates'),
    recommendation: text('insight_candidates'),
    evidence_sql: text('insight_candidates'),
  },
  sql: (params, parts) => `
    select
      candidate_id, insight_type, comparison, effect, effect_unit, effect_low, effect_high, interval_level,
      relative_effect, p_value, adjusted_p_value, practical_threshold, expected_money, rank_score, priority_level,
      is_reported, why_not, title, description, recommendation, evidence_sql
    from business.insight_candidates
    ${where(
      given(params.type, (one) => `insight_type = ${parts.text(one)}`),
      given(params.priority, (one) => `priority_level = ${parts.number(one)}`),
    )}
    order by candidate_id`,
});

export const insightQueries = [insights, candidates] as const;
