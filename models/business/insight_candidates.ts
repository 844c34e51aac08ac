import { type Candidate, numberOf } from '../../src/insights/candidate.ts';
import { candidateColumns, candidateRow } from '../../src/insights/candidate-rows.ts';
import { candidateGenerators } from '../../src/insights/generators.ts';
import { settle } from '../../src/insights/settle.ts';
import { readShopFigures } from '../../src/insights/shop-figures.ts';
import { wordsOf } from '../../src/insights/words.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

export const model = defineModel({
  description:
    'Every comparison that the run has tried, or could not try, and why it is or is not a finding: so that silence can be inspected. One row per comparison.',
  dependsOn: [
    ...['stg_sales_checked', 'agg_purchase_days', 'agg_sales_daily', 'observation_window', 'monthly_metrics'],
    'cohort_analysis',
  ],
  grain: ['candidate_id'],
  columns: candidateColumns,
  checks: [
    'not_null(candidate_id, insight_type, comparison, effect_unit, practical_threshold, priority_level, is_reported, evidence_sql)',
    'unique(candidate_id)',
    'unique(comparison)',
    'range(p_value, 0, 1)',
    'range(adjusted_p_value, 0, 1)',
    'range(expected_money, 0, null)',
    'range(priority_level, 1, 5)',
    'expression(correction_only_makes_it_larger, p_value is null or adjusted_p_value >= p_value)',
    'expression(silence_has_a_reason, is_reported = (why_not is null))',
    'expression(effect_lies_in_its_interval, effect_low is null or (effect_low <= effect and effect <= effect_high))',
  ],
  async run(context) {
    const shop = await readShopFigures(context);
    if (shop === null) return resultOf(candidateColumns, []);
    const { query, ref, published, vars } = context;
    const words = wordsOf(context);
    const candidates: Candidate[] = [];
    for (const generate of candidateGenerators) {
      candidates.push(...(await generate({ query, ref, published, vars, words, shop })));
    }
    const minEffect = numberOf(context, 'insightMinEffect');
    const falseDiscoveryRate = numberOf(context, 'insightFalseDiscoveryRate');
    const settled = settle(candidates, { falseDiscoveryRate, minEffect, yearRevenue: shop.yearRevenue });
    return resultOf(
      candidateColumns,
      settled.map((one, index) => candidateRow(one, index, minEffect)),
    );
  },
});
