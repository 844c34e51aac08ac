import type { RowObject, Value } from '../engines/result-set.ts';

/** A finding or a fact, as the table business_insights has it. */
export interface Insight {
  readonly type: string;
  /** finding: a difference that was tested; fact: something worth knowing, compared with nothing. */
  readonly kind: 'finding' | 'fact';
  readonly title: string;
  readonly description: string;
  readonly recommendation: string;
  /** 1 comes first; facts have 5. */
  readonly priority: number;
  /** The difference of a finding, the figure of a fact. */
  readonly metric: {
    readonly value: number | null;
    readonly unit: string;
    /** 95 % interval; null where none is computed. */
    readonly low: number | null;
    readonly high: number | null;
  };
  /** Probability of such a difference by chance; null for facts. */
  readonly pValue: number | null;
  /** The same after the correction for all comparisons of the run; null for facts. */
  readonly adjustedPValue: number | null;
  /** Money at stake; null where none can be named. */
  readonly expectedMoney: number | null;
}

const nullable = (value: Value | undefined): number | null => (value === null ? null : Number(value));

/** A row of business_insights. */
export function toInsight(row: RowObject): Insight {
  return {
    type: String(row.insight_type),
    kind: row.insight_kind === 'finding' ? 'finding' : 'fact',
    title: String(row.insight_title),
    description: String(row.insight_description),
    recommendation: String(row.recommendation),
    priority: Number(row.priority_level),
    metric: {
      value: nullable(row.metric_value),
      unit: String(row.metric_unit),
      low: nullable(row.metric_low),
      high: nullable(row.metric_high),
    },
    pValue: nullable(row.p_value),
    adjustedPValue: nullable(row.adjusted_p_value),
    expectedMoney: nullable(row.expected_money),
  };
}
