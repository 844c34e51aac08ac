import { predictor } from '../customer-outlook.ts';
import { type FittedModel, fitPurchaseModel, purchaseModels } from '../fit.ts';
import { bgNbd } from '../models/bg-nbd.ts';
import { type FittedSpend, fitSpend } from '../models/gamma-gamma.ts';
import { purchaseCells } from '../purchase-cells.ts';
import type { ModelName } from '../purchase-model.ts';
import { weeks } from '../units.ts';
import { type Headline, headline, repeatSpendCells } from './headline.ts';
import type { CdnowHistories, LoggedCustomer } from './logged-customer.ts';
import { publishedBgNbd } from './single-evaluations.ts';

/** What the published figures of CDNOW are computed from; everything dear is computed once. */
export interface CdnowEvidence {
  readonly calibration: readonly LoggedCustomer[];
  readonly fits: readonly FittedModel<'week'>[];
  readonly spend: FittedSpend;
  readonly headline: Headline;
  fitOf(name: ModelName): FittedModel<'week'>;
  /** Expected orders of a customer in the 39 weeks of the holdout, by the fitted model. */
  expected(name: ModelName, customer: LoggedCustomer): number;
}

/** Called before each step that takes a while, with what it does; may reject, to end it all. */
export type Pace = (step: string) => Promise<void>;

export async function cdnowEvidence(
  { calibration, sample, cohort }: CdnowHistories,
  pace: Pace = async () => undefined,
): Promise<CdnowEvidence> {
  const cells = purchaseCells('week', calibration);
  const fits: FittedModel<'week'>[] = [];
  for (const model of purchaseModels) {
    await pace(`fitting ${model.title}`);
    fits.push(fitPurchaseModel(model, cells, { others: fits }));
  }
  await pace('fitting Gamma-Gamma');
  const spend = fitSpend(repeatSpendCells(calibration));
  await pace('valuing the full cohort');
  const found = headline(sample, cohort);
  const fitOf = (name: ModelName): FittedModel<'week'> => {
    const fit = fits.find(({ model }) => model.name === name);
    if (fit === undefined) throw new Error(`no fit of ${name}`);
    return fit;
  };
  return { calibration, fits, spend, headline: found, fitOf, expected: expectedOrders(fitOf) };
}

function expectedOrders(fitOf: CdnowEvidence['fitOf']): CdnowEvidence['expected'] {
  const known = new Map<ModelName, Map<LoggedCustomer, number>>();
  return (name, customer) => {
    const orders = known.get(name) ?? new Map<LoggedCustomer, number>();
    known.set(name, orders);
    const found = orders.get(customer) ?? predictor(fitOf(name)).of(customer).expectedOrders(weeks(39));
    orders.set(customer, found);
    return found;
  };
}

/** The log-likelihood of one customer base at two sets of parameters. */
export interface LogLikelihoods {
  readonly model: string;
  /** At the maximum that we find. */
  readonly ours: number;
  /** At the published parameters. */
  readonly paper: number;
  /** Where ours is no lower, a difference of the parameters comes from their search, not from ours. */
  readonly isAsHigh: boolean;
}

export function bgNbdLogLikelihoods({ calibration, fitOf }: CdnowEvidence): LogLikelihoods {
  const ours = fitOf('bg-nbd').logLikelihood;
  const paper = bgNbd.logLikelihood(purchaseCells('week', calibration), Float64Array.from(publishedBgNbd));
  return { model: bgNbd.title, ours, paper, isAsHigh: ours >= paper };
}
