import { InputError } from '../errors.ts';
import { diagnose } from './diagnose.ts';
import { bgNbd } from './models/bg-nbd.ts';
import { mbgNbd } from './models/mbg-nbd.ts';
import { nbd } from './models/nbd.ts';
import { paretoNbd } from './models/pareto-nbd.ts';
import { typical } from './models/typical.ts';
import { zeroInflatedNbd } from './models/zero-inflated-nbd.ts';
import { zeroInflatedPoisson } from './models/zero-inflated-poisson.ts';
import { type PurchaseCells, thinCells } from './purchase-cells.ts';
import type { ModelName, PurchaseModel } from './purchase-model.ts';
import { type SearchResult, searchMaximum } from './search.ts';
import type { TimeUnit } from './units.ts';

/** A model with the parameters that make a customer base most likely. */
export interface FittedModel<U extends TimeUnit> extends SearchResult {
  readonly model: PurchaseModel;
  /** Of times and rates among the parameters. */
  readonly unit: U;
  readonly customers: number;
  readonly aic: number;
  /** With the number of customers as the number of observations. */
  readonly bic: number;
  /** In words: what ran to a bound, what the data does not identify, why the fit must not be used. Empty if all is well. */
  readonly diagnosis: readonly string[];
  /** False where the data cannot carry any prediction, for the first reason in `diagnosis`. */
  readonly isUsable: boolean;
  /** The simpler model that this one has become, as good with fewer parameters; null where it is a model of its own. */
  readonly limit: FittedModel<U> | null;
}

/** All models, simple ones first. */
export const purchaseModels: readonly PurchaseModel[] = [
  ...[nbd, zeroInflatedPoisson, zeroInflatedNbd],
  ...[bgNbd, mbgNbd, paretoNbd],
];

/** The models that a model contains as limits. */
const limits: Readonly<Record<ModelName, readonly PurchaseModel[]>> = {
  nbd: [],
  'zero-inflated-poisson': [],
  'zero-inflated-nbd': [zeroInflatedPoisson, nbd],
  'bg-nbd': [nbd],
  'mbg-nbd': [zeroInflatedPoisson, zeroInflatedNbd, nbd],
  'pareto-nbd': [nbd],
};

export interface FitOptions<U extends TimeUnit> {
  /** Values to start from, besides the model's own. */
  readonly moreStarts?: readonly Float64Array[];
  /** Fits of other models to the same cells, to be compared with; missing ones are made. */
  readonly others?: readonly FittedModel<U>[];
  /** Look for the values only: no standard errors, and no simpler model that it may have become. Default false. */
  readonly valuesOnly?: boolean;
}

/** Cells beyond which the starts are tried on a sample of them, and about how many are in it: fewer where only values are wanted. */
const samples = { full: { from: 8_000, cells: 3_000 }, valuesOnly: { from: 2_000, cells: 1_000 } } as const;
/** A limit that is less than this below in log-likelihood is as good: no test at any usual level would tell them apart. */
const sameLogLikelihood = 0.5;

/**
 * Fits a model by maximum likelihood. Never throws for a customer base that is too small or too plain, but says so in
 * `diagnosis`.
 * @throws InputError without customers.
 */
export function fitPurchaseModel<U extends TimeUnit>(
  model: PurchaseModel,
  cells: PurchaseCells<U>,
  options: FitOptions<U> = {},
): FittedModel<U> {
  if (cells.size === 0) throw new InputError('no customers to fit a model to');
  const { rate } = typical(cells);
  const sampled = samples[options.valuesOnly ? 'valuesOnly' : 'full'];
  const sample = cells.size > sampled.from ? thinCells(cells, Math.ceil(cells.size / sampled.cells)) : undefined;
  const perCustomer = sample === undefined ? 1 : cells.customers / sample.customers;
  const rough = (values: Float64Array, gradient?: Float64Array): number => {
    const sum = sample === undefined ? 0 : model.logLikelihood(sample, values, gradient);
    gradient?.forEach((slope, i) => {
      gradient[i] = slope * perCustomer;
    });
    return sum * perCustomer;
  };
  const found = searchMaximum({
    parameters: model.parameters,
    logLikelihood: (values, gradient) => model.logLikelihood(cells, values, gradient),
    ...(sample === undefined ? {} : { rough }),
    observations: cells.customers,
    starts: [...(options.moreStarts ?? []), ...model.starts(cells)],
    scale: { time: 1 / rate, rate },
    valuesOnly: options.valuesOnly ?? false,
  });
  const simpler = (options.valuesOnly ? [] : limits[model.name]).map(
    (other) => options.others?.find((fit) => fit.model.name === other.name) ?? fitPurchaseModel(other, cells),
  );
  const limit = simpler.find((fit) => found.logLikelihood - fit.logLikelihood < sameLogLikelihood) ?? null;
  const count = model.parameters.length;
  const fit = {
    ...found,
    ...{ model, unit: cells.unit, customers: cells.customers, limit },
    aic: 2 * count - 2 * found.logLikelihood,
    bic: count * Math.log(cells.customers) - 2 * found.logLikelihood,
  };
  return { ...fit, ...diagnose(fit, cells) };
}

/** Fits every model to the same cells. */
export function fitPurchaseModels<U extends TimeUnit>(cells: PurchaseCells<U>): readonly FittedModel<U>[] {
  const others: FittedModel<U>[] = [];
  for (const model of purchaseModels) others.push(fitPurchaseModel(model, cells, { others }));
  return others;
}
