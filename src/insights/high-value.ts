import { type InsightContext, numberOf } from './candidate.ts';

/** SQL that is true of high-value customers: over columns value, value_rank (1 is the highest) and base (all of them). */
export function highValueCondition(context: Pick<InsightContext, 'vars'>): string {
  return context.vars.get('highValueBy') === 'threshold'
    ? `value >= ${numberOf(context, 'ltvHighThreshold')}`
    : `value_rank <= ${numberOf(context, 'highValueShare')} * base`;
}
