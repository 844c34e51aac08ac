import { predictor } from './customer-outlook.ts';
import type { FittedModel } from './fit.ts';
import { numericGradient, type SharedSum } from './intervals.ts';
import { cellRows, type PurchaseCells } from './purchase-cells.ts';
import { pointOf, valuesAt } from './search.ts';
import type { Span, TimeUnit } from './units.ts';

/**
 * Orders of all customers of some cells within a horizon: mean, variance for known parameters, and how the mean moves
 * with the parameters, so that sums of segments, campaigns and the base have intervals that belong together.
 */
export function sumOrders<U extends TimeUnit>(
  fit: FittedModel<U>,
  cells: PurchaseCells<U>,
  horizon: Span<U>,
): SharedSum {
  const { model, unit } = fit;
  const meanAt = (values: Float64Array): number => {
    const { of } = predictor({ model, unit, values });
    let sum = 0;
    for (const row of cellRows(cells)) sum += row.customers * of(row).expectedOrders(horizon);
    return sum;
  };
  const { of } = predictor(fit);
  let variance = 0;
  for (const row of cellRows(cells)) variance += row.customers * of(row).orderVariance(horizon);
  const point = pointOf(model.parameters, fit.values);
  const gradient = numericGradient((at) => meanAt(valuesAt(model.parameters, at)), point);
  return { mean: meanAt(fit.values), variance, gradient, covariance: fit.covariance };
}
