import type { AnswerColumn } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';

type Parameter = QueryRow<'predictions/models'>;

/** A model as a whole; its parameters share these figures. */
export interface FittedModel
  extends Pick<
    Parameter,
    'model' | 'customers' | 'log_likelihood' | 'bic' | 'is_chosen' | 'choice_reason' | 'limit_model' | 'diagnosis'
  > {
  readonly bic_above_best: number | null;
}

export const BIC_ABOVE_BEST: AnswerColumn = {
  name: 'bic_above_best',
  type: 'double',
  description: 'Bayesian information criterion less that of the best fit: 0 is best, 10 and more is clearly worse.',
};

/** The models of these parameters, the best fit first, those that cannot be compared last. */
export function fittedModels(parameters: readonly Parameter[]): FittedModel[] {
  const models = new Map(parameters.map((parameter) => [parameter.model, parameter]));
  const best = Math.min(...[...models.values()].flatMap(({ bic }) => (bic === null ? [] : [bic])));
  return [...models.values()]
    .map((of) => ({ ...of, bic_above_best: of.bic === null ? null : of.bic - best }))
    .sort((a, b) => (a.bic ?? Number.POSITIVE_INFINITY) - (b.bic ?? Number.POSITIVE_INFINITY));
}
