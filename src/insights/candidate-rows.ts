import { INTERVAL_LEVEL } from '../analytics/evidence/evidence.ts';
import type { CodeModelColumn } from '../project/model.ts';
import { cents, rounded } from './rounded.ts';
import { isTried, type Settled } from './settle.ts';

/** Columns of insight_candidates. */
export const candidateColumns = [
  {
    name: 'candidate_id',
    type: 'integer',
    description: 'number of the comparison, from 1: reported ones first, by rank score',
  },
  {
    name: 'insight_type',
    type: 'text',
    description:
      'revenue_month, second_order, third_order, cohort, high_value_return, value_concentration, data_quality, order_gaps or order_amount',
  },
  { name: 'comparison', type: 'text', description: 'what is compared with what' },
  { name: 'effect', type: 'double', description: 'the difference; null where there was too little data to try' },
  { name: 'effect_unit', type: 'text', description: 'its unit' },
  { name: 'effect_low', type: 'double', description: 'lower end of its interval; null where none is computed' },
  { name: 'effect_high', type: 'double', description: 'upper end of it; null likewise' },
  { name: 'interval_level', type: 'double', description: 'how often such an interval holds the truth; null likewise' },
  {
    name: 'relative_effect',
    type: 'double',
    description: 'the difference against what was expected: 0.1 is 10 % more; null where not tried',
  },
  {
    name: 'p_value',
    type: 'double',
    description: 'probability of a difference at least so large by chance, in either direction; null where not tried',
  },
  {
    name: 'adjusted_p_value',
    type: 'double',
    description:
      'the same after the correction for all comparisons of the run (Benjamini-Hochberg); null where not tried',
  },
  { name: 'practical_threshold', type: 'double', description: 'smallest relative effect that is reported' },
  {
    name: 'expected_money',
    type: 'decimal(18,2)',
    description: "money at stake in the shop's currency, 0 or more; null where not tried",
  },
  {
    name: 'rank_score',
    type: 'double',
    description: 'money at stake times (1 - adjusted p-value); null where not tried',
  },
  {
    name: 'priority_level',
    type: 'integer',
    description: '1 comes first, 5 last; by the rank score against the revenue of a year',
  },
  { name: 'is_reported', type: 'boolean', description: 'whether it stands in business_insights' },
  { name: 'why_not', type: 'text', description: 'why it is not reported, in words; null where it is' },
  { name: 'title', type: 'text', description: 'what it would say in one line; null where not tried' },
  { name: 'description', type: 'text', description: 'the same in plain words; null likewise' },
  { name: 'recommendation', type: 'text', description: 'what to do about it, if it were reported; null likewise' },
  { name: 'evidence_sql', type: 'text', description: 'the query that gives the figures' },
] as const satisfies readonly CodeModelColumn[];

/** A row of insight_candidates. */
export function candidateRow({ candidate, ...verdict }: Settled, index: number, practicalThreshold: number) {
  const tried = isTried(candidate) ? candidate : null;
  const evidence = tried?.evidence ?? null;
  return {
    candidate_id: index + 1,
    insight_type: candidate.type,
    comparison: candidate.comparison,
    effect: rounded(evidence?.effect ?? null),
    effect_unit: candidate.unit,
    effect_low: rounded(evidence?.low ?? null),
    effect_high: rounded(evidence?.high ?? null),
    interval_level: (evidence?.low ?? null) === null ? null : INTERVAL_LEVEL,
    relative_effect: rounded(evidence?.relative ?? null),
    p_value: rounded(evidence?.pValue ?? null),
    adjusted_p_value: rounded(verdict.adjustedPValue),
    practical_threshold: practicalThreshold,
    expected_money: cents(tried?.money ?? null),
    rank_score: rounded(verdict.rankScore),
    priority_level: verdict.priority,
    is_reported: verdict.isReported,
    why_not: verdict.whyNot,
    title: tried?.story.title ?? null,
    description: tried?.story.description ?? null,
    recommendation: tried?.story.recommendation ?? null,
    evidence_sql: candidate.evidenceSql,
  };
}
