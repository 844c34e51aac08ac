import { setImmediate as breathe } from 'node:timers/promises';
import { type FittedModel, fitPurchaseModel, purchaseModels } from '../../src/analytics/fit.ts';
import { fitSpend } from '../../src/analytics/models/gamma-gamma.ts';
import { fitConstantSpend } from '../../src/predictions/constant-spend.ts';
import { readPurchaseCells, readSpendCells } from '../../src/predictions/history-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import {
  type FitRecord,
  fitColumns,
  type fitUnit,
  purchaseFitRecords,
  spendFitRecords,
} from '../../src/predictions/stored-fits.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

type Fit = FittedModel<typeof fitUnit>;

/**
 * Fits to what was known on a day. On past days only models are fitted that are models of their own on the as-of date, also from
 * where they ended there: one that has become another model by now has nothing to add to it.
 */
async function fitPurchases(context: CodeModelContext, cutDate: string, latest: readonly Fit[]): Promise<Fit[]> {
  const cells = await readPurchaseCells(context, cutDate);
  if (cells.size === 0) return [];
  const fits: Fit[] = [];
  for (const model of purchaseModels) {
    const known = latest.find((fit) => fit.model === model);
    if (latest.length > 0 && (known === undefined || known.limit !== null)) continue;
    await breathe();
    const options = known === undefined ? { others: fits } : { moreStarts: [known.values], valuesOnly: true };
    fits.push(fitPurchaseModel(model, cells, options));
  }
  return fits;
}

async function fitSpends(context: CodeModelContext, cutDate: string): Promise<FitRecord[]> {
  const records = await fitConstantSpend(context, cutDate);
  for (const [model, basis] of [
    ['gamma-gamma', 'repeats'],
    ['gamma-gamma-all', 'all'],
  ] as const) {
    const cells = await readSpendCells(context, cutDate, basis);
    if (cells.size > 0) records.push(...spendFitRecords(cutDate, model, fitSpend(cells)));
  }
  return records;
}

export const model = defineModel({
  description:
    'Fits of all models of purchases and spend, to what was known on the as-of date and on each day of the backtests. One row per day, model and parameter.',
  dependsOn: ['agg_purchase_days', 'backtest_cuts', 'customer_histories'],
  grain: ['cut_date', 'model', 'parameter'],
  columns: fitColumns,
  checks: [
    'not_null(cut_date, model, parameter, parameter_position, value, is_usable, diagnosis)',
    'unique(cut_date, model, parameter)',
    "accepted_values(at_bound, 'lower', 'upper')",
    'range(standard_error, 0, null)',
  ],
  async run(context) {
    const cuts = await context.query(
      `select cast(cut_date as varchar) as cut_date, cut_role from ${context.ref('backtest_cuts')} order by days_before`,
    );
    const records: FitRecord[] = [];
    let latest: readonly Fit[] = [];
    for (const { cut_date: date, cut_role: role } of cuts) {
      const cutDate = String(date);
      const fits = await fitPurchases(context, cutDate, latest);
      if (role === 'score') latest = fits;
      records.push(...fits.flatMap((fit) => purchaseFitRecords(cutDate, fit)));
      if (role !== 'train') records.push(...(await fitSpends(context, cutDate)));
    }
    return resultOf(fitColumns, records);
  },
});
