import { type FittedModel, purchaseModels } from '../analytics/fit.ts';
import type { FittedSpend } from '../analytics/models/gamma-gamma.ts';
import type { Matrix } from '../analytics/numeric/symmetric-matrix.ts';
import type { ParameterKind, PurchaseModel } from '../analytics/purchase-model.ts';
import type { EstimatedParameter, SearchResult } from '../analytics/search.ts';
import type { CodeModelColumn, CodeModelContext, ResultRows } from '../project/model.ts';

/** The unit in which models are fitted and their parameters are stored, that of the papers. */
export const fitUnit = 'week';

/** Columns of the table `model_fits`. */
export const fitColumns = [
  { name: 'cut_date', type: 'date', description: 'fitted to what was known on this day' },
  {
    name: 'model',
    type: 'text',
    description:
      'nbd, zero-inflated-poisson, zero-inflated-nbd, bg-nbd, mbg-nbd or pareto-nbd for when customers buy; gamma-gamma, gamma-gamma-all or constant for how much',
  },
  { name: 'parameter', type: 'text', description: 'name of the parameter, as in the papers' },
  { name: 'parameter_position', type: 'integer', description: 'its position in the model, from 1' },
  { name: 'parameter_meaning', type: 'text', description: 'what it says of the customers' },
  {
    name: 'parameter_unit',
    type: 'text',
    description: 'weeks, per week, share, currency, or none for a shape without a unit',
  },
  { name: 'value', type: 'double', description: 'the estimate' },
  {
    name: 'standard_error',
    type: 'double',
    description: 'its standard error; null where the parameter is at a bound or not identified',
  },
  {
    name: 'at_bound',
    type: 'text',
    description: 'lower or upper where the search ran to the end of its space; null where it did not',
  },
  {
    name: 'covariances',
    type: 'text',
    description:
      'covariances of ln(parameter), of a share its logit, with all parameters in their order, as a JSON list; null where not identified',
  },
  { name: 'customers', type: 'integer', description: 'customers that it was fitted to; null for the constant one' },
  {
    name: 'log_likelihood',
    type: 'double',
    description: 'log-likelihood with times in weeks; null for the constant one',
  },
  {
    name: 'bic',
    type: 'double',
    description: 'Bayesian information criterion, smaller is better; null for the constant one',
  },
  { name: 'is_usable', type: 'boolean', description: 'false where the data does not determine the model' },
  {
    name: 'limit_model',
    type: 'text',
    description: 'the simpler model that it has become, as good with fewer parameters; null where it is one of its own',
  },
  { name: 'diagnosis', type: 'text', description: 'what the data does not identify, in words; empty if nothing' },
] as const satisfies readonly CodeModelColumn[];

export type FitRecord = Record<(typeof fitColumns)[number]['name'], string | number | boolean | null>;

export type SpendModelName = 'gamma-gamma' | 'gamma-gamma-all' | 'constant';

const units: Readonly<Record<ParameterKind, string>> = {
  shape: 'none',
  time: 'weeks',
  rate: 'per week',
  share: 'share',
};

interface Described {
  readonly cutDate: string;
  readonly model: string;
  readonly customers: number;
  readonly bic: number;
  readonly isUsable: boolean;
  readonly limit: string | null;
  readonly diagnosis: readonly string[];
  readonly unitOf: (parameter: EstimatedParameter) => string;
}

function records(fit: SearchResult, described: Described): FitRecord[] {
  const { cutDate, model, customers, bic, isUsable, limit, diagnosis, unitOf } = described;
  return fit.parameters.map((parameter, index) => ({
    cut_date: cutDate,
    model,
    parameter: parameter.name,
    parameter_position: index + 1,
    parameter_meaning: parameter.meaning,
    parameter_unit: unitOf(parameter),
    value: parameter.value,
    standard_error: parameter.standardError,
    at_bound: parameter.atBound,
    covariances: fit.covariance === null ? null : JSON.stringify(fit.covariance[index]),
    customers,
    log_likelihood: fit.logLikelihood,
    bic,
    is_usable: isUsable,
    limit_model: limit,
    diagnosis: diagnosis.join('; '),
  }));
}

/** Rows of `model_fits` for a fitted purchase model. */
export function purchaseFitRecords(cutDate: string, fit: FittedModel<typeof fitUnit>): FitRecord[] {
  const { model, customers, bic, isUsable, limit, diagnosis } = fit;
  return records(fit, {
    ...{ cutDate, model: model.name, customers, bic, isUsable, diagnosis },
    limit: limit?.model.name ?? null,
    unitOf: ({ kind }) => units[kind],
  });
}

/** Rows of `model_fits` for a fitted spend model. */
export function spendFitRecords(cutDate: string, model: SpendModelName, fit: FittedSpend): FitRecord[] {
  const { customers, isUsable, diagnosis, logLikelihood, parameters } = fit;
  const bic = parameters.length * Math.log(customers) - 2 * logLikelihood;
  const described = { cutDate, model, customers, bic, isUsable, diagnosis, limit: null };
  return records(fit, { ...described, unitOf: ({ kind }) => (kind === 'rate' ? 'currency' : 'none') });
}

/** A fit as it comes back from `model_fits`. */
export interface StoredFit {
  readonly cutDate: string;
  readonly name: string;
  readonly values: Float64Array;
  /** Of the search coordinates; null where the data does not give it. */
  readonly covariance: Matrix | null;
  readonly isUsable: boolean;
  readonly limit: string | null;
  readonly diagnosis: string;
  readonly logLikelihood: number;
  readonly bic: number;
  readonly customers: number;
}

/** All fits of `model_fits`. */
export async function readFits({ query, ref }: Pick<CodeModelContext, 'query' | 'ref'>): Promise<StoredFit[]> {
  const rows = await query(`select * from ${ref('model_fits')} order by cut_date, model, parameter_position`);
  return storedFits(rows);
}

/** Fits from rows of `model_fits` that are sorted by day, model and position. */
export function storedFits(rows: ResultRows): StoredFit[] {
  const groups = new Map<string, ResultRows[number][]>();
  for (const row of rows) {
    const key = `${row.cut_date} ${row.model}`;
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push(row);
  }
  return [...groups.values()].map((group) => {
    const [first = {}] = group;
    const lists = group.map(({ covariances }) => (covariances === null ? null : JSON.parse(String(covariances))));
    return {
      cutDate: String(first.cut_date),
      name: String(first.model),
      values: Float64Array.from(group, ({ value }) => Number(value)),
      covariance: lists.includes(null) ? null : lists,
      isUsable: Boolean(first.is_usable),
      limit: first.limit_model === null ? null : String(first.limit_model),
      diagnosis: String(first.diagnosis),
      logLikelihood: Number(first.log_likelihood),
      bic: Number(first.bic),
      customers: Number(first.customers),
    };
  });
}

export function purchaseModelNamed(name: string): PurchaseModel | undefined {
  return purchaseModels.find((model) => model.name === name);
}
