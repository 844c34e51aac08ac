import { setImmediate as breathe } from 'node:timers/promises';
import { type OutlookRecord, outlookColumns } from '../../src/predictions/cell-columns.ts';
import { readPredictionDays } from '../../src/predictions/chosen-models.ts';
import { readHistoryCells } from '../../src/predictions/history-cells.ts';
import { outlookCells, type Tested } from '../../src/predictions/predict-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

export const model = defineModel({
  description:
    'What the chosen models foresee, within the churn horizon, for customers of one purchase history, on the as-of date and on the days of the backtests. One row per day and history.',
  dependsOn: ['backtest_cuts', 'customer_histories', 'model_fits', 'purchase_model_choice', 'spend_model_choice'],
  grain: ['cut_date', 'frequency', 'recency_days', 'age_days', 'spend_purchases'],
  columns: outlookColumns,
  checks: [
    'not_null(cut_date, frequency, recency_days, age_days, spend_purchases, customers, p_alive, expected_orders, p_no_order, no_order_logit)',
    'unique(cut_date, frequency, recency_days, age_days, spend_purchases)',
    'range(p_alive, 0, 1)',
    'range(p_no_order, 0, 1)',
    'range(expected_orders, 0, null)',
  ],
  async run(context) {
    const records: OutlookRecord[] = [];
    const days = await readPredictionDays(context);
    const latest = days.find(({ role }) => role === 'evaluate');
    for (const day of days) {
      await breathe();
      const cells = await readHistoryCells(context, day.cutDate, day.spend?.basis ?? 'repeats');
      const tested: Tested = day === latest ? 'orders and amounts' : day.role === 'evaluate' ? 'orders' : 'nothing';
      records.push(...outlookCells(day, cells, tested));
    }
    return resultOf(outlookColumns, records);
  },
});
