import { setImmediate as breathe } from 'node:timers/promises';
import { cellColumns } from '../../src/predictions/cell-columns.ts';
import { readPredictionDays } from '../../src/predictions/chosen-models.ts';
import { readHistoryCells } from '../../src/predictions/history-cells.ts';
import { predictCells } from '../../src/predictions/predict-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

export const model = defineModel({
  description:
    'What the chosen models predict, from the as-of date on, for customers of one purchase history. One row per history.',
  dependsOn: ['backtest_cuts', 'customer_histories', 'model_fits', 'purchase_model_choice', 'spend_model_choice'],
  grain: ['frequency', 'recency_days', 'age_days', 'spend_purchases'],
  columns: cellColumns,
  checks: [
    'not_null(frequency, recency_days, age_days, spend_purchases, customers, p_alive, p_never_returns)',
    'unique(frequency, recency_days, age_days, spend_purchases)',
    'range(p_alive, 0, 1)',
    'range(p_never_returns, 0, 1)',
    'expression(date_lies_in_its_window, next_order_median_days is null or (next_order_low_days <= next_order_median_days and (next_order_high_days is null or next_order_median_days <= next_order_high_days)))',
    'expression(date_or_reason, (next_order_median_days is null) = (next_order_reason is not null))',
    'expression(longer_horizons_bring_more, 0 <= expected_orders_30 and expected_orders_30 <= expected_orders_60 and expected_orders_60 <= expected_orders_90 and expected_orders_90 <= expected_orders_180 and expected_orders_180 <= expected_orders_365)',
  ],
  async run(context) {
    const day = (await readPredictionDays(context)).find(({ role }) => role === 'score');
    if (day === undefined) return resultOf(cellColumns, []);
    const cells = await readHistoryCells(context, day.cutDate, day.spend?.basis ?? 'repeats');
    await breathe();
    return resultOf(cellColumns, [...predictCells(day, cells, Number(context.vars.get('annualDiscountRate')))]);
  },
});
