import type { SpendValues } from '../analytics/models/gamma-gamma.ts';
import type { PurchaseModel } from '../analytics/purchase-model.ts';
import type { CodeModelContext } from '../project/model.ts';
import { type BacktestCut, readBacktestCuts } from './backtest-cuts.ts';
import type { SpendBasis } from './history-cells.ts';
import { type fitUnit, purchaseModelNamed, readFits, type StoredFit } from './stored-fits.ts';

type Context = Pick<CodeModelContext, 'query' | 'ref'>;

/** The chosen purchase model as fitted on one day. */
export interface ChosenFit extends StoredFit {
  readonly model: PurchaseModel;
  readonly unit: typeof fitUnit;
}

export interface ChosenSpend {
  readonly cutDate: string;
  readonly name: string;
  readonly basis: SpendBasis;
  readonly values: SpendValues;
}

/** A day on which predictions are made, with the models that make them. */
export interface PredictionDay extends Omit<BacktestCut, 'date'> {
  readonly cutDate: string;
  readonly purchases: ChosenFit;
  /** Undefined on days that are only trained on, and where nothing has been paid. */
  readonly spend: ChosenSpend | undefined;
}

async function readSpends({ query, ref }: Context): Promise<ChosenSpend[]> {
  const rows = await query(`select * from ${ref('spend_model_choice')} where is_chosen order by cut_date`);
  return rows.map((row) => ({
    cutDate: String(row.cut_date),
    name: String(row.model),
    basis: row.basis === 'all' ? 'all' : 'repeats',
    values: { p: Number(row.p), q: Number(row.q), gamma: Number(row.gamma) },
  }));
}

/** Days of `backtest_cuts` with the chosen models, latest first; empty where no purchase model was chosen. */
export async function readPredictionDays(context: Context): Promise<PredictionDay[]> {
  const { query, ref } = context;
  const [choice] = await query(`select min(model) as model from ${ref('purchase_model_choice')} where is_chosen`);
  const name = choice?.model ?? null;
  const model = name === null ? undefined : purchaseModelNamed(String(name));
  if (model === undefined) return [];
  const fits = await readFits(context);
  const spends = await readSpends(context);
  const cuts = await readBacktestCuts(context);
  return cuts.flatMap(({ date, role, daysBefore, horizonDays }): PredictionDay[] => {
    const fit = fits.find((one) => one.cutDate === date && one.name === model.name && one.isUsable);
    if (fit === undefined) return [];
    const spend = spends.find((one) => one.cutDate === date);
    return [{ cutDate: date, role, daysBefore, horizonDays, purchases: { ...fit, model, unit: 'week' }, spend }];
  });
}
