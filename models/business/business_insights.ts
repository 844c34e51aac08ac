import type { Fact } from '../../src/insights/candidate.ts';
import { factGenerators } from '../../src/insights/facts.ts';
import { cents } from '../../src/insights/rounded.ts';
import { FACT_PRIORITY } from '../../src/insights/settle.ts';
import { readShopFigures } from '../../src/insights/shop-figures.ts';
import { wordsOf } from '../../src/insights/words.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'insight_id', type: 'integer', description: 'number of the insight, from 1: findings first, by rank score' },
  {
    name: 'insight_type',
    type: 'text',
    description:
      'what it is about: a type of insight_candidates; or, for facts, revenue_year, conversion, high_value_silent, campaign_opportunity, top_customers or left_truncation',
  },
  {
    name: 'insight_kind',
    type: 'text',
    description:
      'finding: a difference that was tested and holds after the correction for all comparisons of the run; fact: something worth knowing, compared with nothing',
  },
  { name: 'insight_title', type: 'text', description: 'the insight in one line' },
  { name: 'insight_description', type: 'text', description: 'the insight in plain words, with what it does not say' },
  { name: 'metric_value', type: 'double', description: 'the difference of a finding, the figure of a fact' },
  { name: 'metric_unit', type: 'text', description: 'its unit' },
  { name: 'metric_low', type: 'double', description: 'lower end of its interval; null where none is computed' },
  { name: 'metric_high', type: 'double', description: 'upper end of it; null likewise' },
  { name: 'interval_level', type: 'double', description: 'how often such an interval holds the truth; null likewise' },
  {
    name: 'p_value',
    type: 'double',
    description: 'probability of such a difference by chance; null for facts',
  },
  {
    name: 'adjusted_p_value',
    type: 'double',
    description: 'the same after the correction for all comparisons of the run (Benjamini-Hochberg); null for facts',
  },
  {
    name: 'comparisons_tried',
    type: 'integer',
    description: 'comparisons of the run, for which it is corrected; null for facts',
  },
  {
    name: 'expected_money',
    type: 'decimal(18,2)',
    description: "money at stake in the shop's currency; null where none can be named or its prediction is withheld",
  },
  {
    name: 'rank_score',
    type: 'double',
    description: 'money at stake times (1 - adjusted p-value), by which findings are ordered; null for facts',
  },
  { name: 'recommendation', type: 'text', description: 'what to do about it' },
  {
    name: 'priority_level',
    type: 'integer',
    description:
      '1 comes first: findings have 1 to 4, by a rank score of at least 5 %, 2 % and 0.5 % of the revenue of a year; facts have 5',
  },
  { name: 'evidence_sql', type: 'text', description: 'the query that gives the figures' },
] as const;

async function readFindings({ query, ref }: CodeModelContext) {
  const rows = await query(`
    select *, count(p_value) over () as comparisons from ${ref('insight_candidates')} order by candidate_id`);
  const number = (value: unknown) => (value === null ? null : Number(value));
  return rows
    .filter((row) => row.is_reported === true)
    .map((row) => ({
      insight_type: String(row.insight_type),
      insight_kind: 'finding',
      insight_title: String(row.title),
      insight_description: String(row.description),
      metric_value: number(row.effect),
      metric_unit: String(row.effect_unit),
      metric_low: number(row.effect_low),
      metric_high: number(row.effect_high),
      interval_level: number(row.interval_level),
      p_value: number(row.p_value),
      adjusted_p_value: number(row.adjusted_p_value),
      comparisons_tried: number(row.comparisons),
      expected_money: String(row.expected_money),
      rank_score: number(row.rank_score),
      recommendation: String(row.recommendation),
      priority_level: Number(row.priority_level),
      evidence_sql: String(row.evidence_sql),
    }));
}

function factRow(fact: Fact) {
  return {
    insight_type: fact.type,
    insight_kind: 'fact',
    insight_title: fact.title,
    insight_description: fact.description,
    metric_value: fact.value,
    metric_unit: fact.unit,
    ...{ metric_low: null, metric_high: null, interval_level: null },
    ...{ p_value: null, adjusted_p_value: null, comparisons_tried: null, rank_score: null },
    expected_money: cents(fact.money),
    recommendation: fact.recommendation,
    priority_level: FACT_PRIORITY,
    evidence_sql: fact.evidenceSql,
  };
}

export const model = defineModel({
  description:
    'What a marketer should know: tested findings with their figures and what they do not prove, and facts. No finding means that nothing was found. One row per insight.',
  dependsOn: [
    ...[
      'insight_candidates',
      'agg_purchase_days',
      'agg_sales_daily',
      'monthly_metrics',
      'dim_customer',
      'observation_window',
    ],
    ...['customer_ltv_analysis', 'customer_predictions', 'campaign_targets'],
  ],
  grain: ['insight_id'],
  columns,
  checks: [
    'not_null(insight_id, insight_type, insight_kind, insight_title, insight_description, recommendation, priority_level, evidence_sql)',
    'unique(insight_id)',
    "accepted_values(insight_kind, 'finding', 'fact')",
    'range(priority_level, 1, 5)',
    'range(p_value, 0, 1)',
    'range(adjusted_p_value, 0, 1)',
    "expression(findings_are_tested, (insight_kind = 'finding') = (adjusted_p_value is not null))",
  ],
  async run(context) {
    const shop = await readShopFigures(context);
    if (shop === null) return resultOf(columns, []);
    const { query, ref, published, vars } = context;
    const facts: Fact[] = [];
    for (const generate of factGenerators) {
      facts.push(...(await generate({ query, ref, published, vars, words: wordsOf(context), shop })));
    }
    const rows = [...(await readFindings(context)), ...facts.map(factRow)];
    return resultOf(
      columns,
      rows.map((row, index) => ({ insight_id: index + 1, ...row })),
    );
  },
});
