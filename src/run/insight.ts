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
    readonly value?: number;
    readonly unit: string;
    /** 95 % interval; left out where none is computed. */
    readonly low?: number;
    readonly high?: number;
  };
  /** Probability of such a difference by chance; left out for facts. */
  readonly pValue?: number;
  /** The same after the correction for all comparisons of the run; left out for facts. */
  readonly adjustedPValue?: number;
  /** Money at stake; left out where none can be named. */
  readonly expectedMoney?: number;
}

/** The property, unless there is nothing to say. */
function known<Name extends string>(name: Name, value: Value | undefined): { readonly [N in Name]?: number } {
  return value === null || value === undefined ? {} : ({ [name]: Number(value) } as { readonly [N in Name]: number });
}

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
      ...known('value', row.metric_value),
      unit: String(row.metric_unit),
      ...known('low', row.metric_low),
      ...known('high', row.metric_high),
    },
    ...known('pValue', row.p_value),
    ...known('adjustedPValue', row.adjusted_p_value),
    ...known('expectedMoney', row.expected_money),
  };
}
