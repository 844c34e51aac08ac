import type { FittedModel } from './fit.ts';
import type { PurchaseCells } from './purchase-cells.ts';
import type { EstimatedParameter, SearchResult } from './search.ts';
import type { TimeUnit } from './units.ts';

export interface Diagnosis {
  readonly diagnosis: readonly string[];
  readonly isUsable: boolean;
}

/** A parameter whose logarithm is known worse than this could as well be seven times larger or smaller. */
const vagueStandardError = 2;

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const short = (value: number): string => String(Number(value.toPrecision(4)));
const listed = (names: readonly string[]): string => names.join(' and ');

/** What a fit of any likelihood leaves open. */
export function describeSearch({ parameters, status, covariance, flattest, isCurvatureKnown }: SearchResult): string[] {
  const said: string[] = [];
  if (status === 'iteration-limit') said.push('the search was still getting better when it reached its limit');
  for (const { name, atBound, value, meaning } of parameters) {
    if (atBound === null) continue;
    const way = atBound === 'upper' ? 'grow' : 'shrink';
    said.push(`${name} ran to its ${atBound} bound ${short(value)} and would ${way} further (${meaning})`);
  }
  const free = parameters.filter(({ atBound }) => atBound === null);
  if (isCurvatureKnown && covariance === null && free.length > 0) {
    const names = parameters.filter((_, i) => Math.abs(flattest[i] ?? 0) > 0.3).map(({ name }) => name);
    const only = names.length > 1 ? `${listed(names)} are not identified apart` : `${listed(names)} is not identified`;
    said.push(`${only}: the likelihood is flat, so there are no standard errors`);
  }
  const vague = free.filter(({ searchStandardError }) => (searchStandardError ?? 0) > vagueStandardError);
  if (vague.length > 0) said.push(vagueWords(vague));
  return said;
}

function vagueWords(vague: readonly EstimatedParameter[]): string {
  const each = vague.map(
    ({ name, value, standardError }) => `${name} = ${short(value)} ± ${short(standardError ?? 0)}`,
  );
  return `hardly identified: ${each.join(', ')}`;
}

/** Says what a fit to customers leaves open, the gravest first. */
export function diagnose<U extends TimeUnit>(
  fit: Omit<FittedModel<U>, keyof Diagnosis>,
  cells: PurchaseCells<U>,
): Diagnosis {
  const { model, limit, customers } = fit;
  const grave: string[] = [];
  const parameters = model.parameters.length;
  if (cells.exposure === 0) {
    grave.push('nothing to learn from: no customer was watched for longer than the day of the first purchase');
  } else if (cells.repeatPurchases === 0) {
    grave.push(`nothing to learn from: none of the ${number(customers, 0)} customers bought again`);
  } else if (customers <= parameters) {
    const who = customers === 1 ? '1 customer does' : `${number(customers, 0)} customers do`;
    grave.push(`${who} not determine the ${parameters} parameters of ${model.title}`);
  }
  if (fit.status === 'iteration-limit') grave.push(`${model.title} did not converge in ${fit.iterations} iterations`);
  const said: string[] = [];
  if (limit !== null && grave.length === 0) said.push(limitWords(fit, limit));
  return { diagnosis: [...grave, ...said, ...describeSearch(fit)], isUsable: grave.length === 0 };
}

function limitWords(fit: Omit<FittedModel<TimeUnit>, keyof Diagnosis>, limit: FittedModel<TimeUnit>): string {
  const both = `log-likelihood ${number(fit.logLikelihood, 2)} against ${number(limit.logLikelihood, 2)}`;
  if (limit.model.name === 'nbd') {
    const { dropout } = fit.model;
    const names = dropout.length > 1 ? `${listed(dropout)} have no meaning` : `${listed(dropout)} has no meaning`;
    return `dropout is not identified: ${fit.model.title} is no better than NBD, in which nobody leaves (${both}); ${names}`;
  }
  return `differences among those who return are not identified: ${fit.model.title} has become its limit, ${limit.model.title} (${both})`;
}
