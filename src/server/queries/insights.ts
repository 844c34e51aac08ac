import { z } from 'zod';
import { real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';

const insights = tableQuery({
  name: 'insights',
  summary: 'Findings in plain words with their figures, the most important first. One row per finding.',
  params: z.strictObject({}),
  columns: {
    insight_id: whole('business_insights'),
    insight_type: text('business_insights'),
    insight_title: text('business_insights'),
    insight_description: text('business_insights'),
    metric_value: real('business_insights'),
    metric_unit: text('business_insights'),
    p_value: real('business_insights'),
    recommendation: text('business_insights'),
    priority_level: whole('business_insights'),
    evidence_sql: text('business_insights'),
  },
  sql: () => `
    select
      insight_id, insight_type, insight_title, insight_description, metric_value, metric_unit, p_value, recommendation,
      priority_level, evidence_sql
    from business.business_insights
    order by priority_level, insight_id`,
});

export const insightQueries = [insights] as const;
