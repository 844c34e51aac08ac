import type { RowObject, Value } from '../engines/result-set.ts';

export interface ScoreGrade {
  /** churn_risk, expected_orders, predicted_value or next_order. */
  readonly score: string;
  /** A to D, or WITHHELD. */
  readonly grade: string;
  readonly reason: string;
}

export interface ExpectedSum {
  readonly expected: number;
  /** Ends of the 80 % interval. */
  readonly low: number;
  readonly high: number;
}

/** What the prediction models foresee of today's customers, and how far it can be trusted. Withheld sums are left out. */
export interface PredictionFigures {
  readonly grades: readonly ScoreGrade[];
  readonly purchaseModel?: { readonly name: string; readonly reason: string };
  readonly churnHorizonDays?: number;
  /** Purchase days in the next 365 days. */
  readonly expectedOrders?: ExpectedSum;
  /** Their revenue, net of returns. */
  readonly expectedRevenue?: ExpectedSum;
}

/** Reads them from the business layer; `business` gives the quoted name of a table. */
export async function readPredictionFigures(
  objects: (sql: string) => Promise<RowObject[]>,
  business: (name: string) => string,
): Promise<PredictionFigures> {
  const grades = await objects(`select score, grade, reason from ${business('prediction_grades')} order by score`);
  const [choice] = await objects(
    `select model, min(choice_reason) as reason from ${business('purchase_model_choice')} where is_chosen group by model`,
  );
  const [window = {}] = await objects(`select churn_horizon_days as days from ${business('observation_window')}`);
  const [total = {}] = await objects(`select * from ${business('prediction_totals')} where total_type = 'base'`);
  const orders = sumOf(total.expected_orders, total.orders_low, total.orders_high);
  const revenue = sumOf(total.expected_revenue, total.revenue_low, total.revenue_high);
  const days = window.days ?? null;
  return {
    grades: grades.map(({ score, grade, reason }) => ({
      ...{ score: String(score), grade: String(grade), reason: String(reason) },
    })),
    ...(choice === undefined ? {} : { purchaseModel: { name: String(choice.model), reason: String(choice.reason) } }),
    ...(days === null ? {} : { churnHorizonDays: Number(days) }),
    ...(orders === null ? {} : { expectedOrders: orders }),
    ...(revenue === null ? {} : { expectedRevenue: revenue }),
  };
}

/** Null where a part is null. */
export function sumOf(
  expected: Value | undefined,
  low: Value | undefined,
  high: Value | undefined,
): ExpectedSum | null {
  const [mean, least, most] = [expected ?? null, low ?? null, high ?? null];
  if (mean === null || least === null || most === null) return null;
  const figure = (value: Value) => Number(Number(value).toFixed(2));
  return { expected: figure(mean), low: figure(least), high: figure(most) };
}
