import type { SpendValues } from '../analytics/models/gamma-gamma.ts';
import type { CodeModelContext } from '../project/model.ts';
import type { FitRecord } from './stored-fits.ts';

/** Repeat purchases from which their mean is taken instead of that of all purchases. */
const enoughRepeats = 100;
/** So alike are the customers' mean amounts in a Gamma-Gamma model that is told that they are all the same. */
const allAlike = 1e9;

/**
 * The spend model without customers: every purchase is drawn from one Gamma distribution with the mean and the spread of the
 * purchases known on a day. What a customer has paid before says nothing. Empty where nothing has been paid yet.
 */
export async function fitConstantSpend(
  { query, ref }: Pick<CodeModelContext, 'query' | 'ref'>,
  cutDate: string,
): Promise<FitRecord[]> {
  const figures = (rows: string) => `count(*) filter (where ${rows}) as n_${rows === 'true' ? 'all' : 'repeats'},
      sum(purchase_amount) filter (where ${rows}) as sum_${rows === 'true' ? 'all' : 'repeats'},
      sum(cast(cast(purchase_amount as double precision) * purchase_amount as decimal(38, 4))) filter (where ${rows}) as squares_${rows === 'true' ? 'all' : 'repeats'}`;
  const [row] = await query(`
    select ${figures('true')}, ${figures('purchase_number > 1')}
    from ${ref('agg_purchase_days')}
    where purchase_date <= date '${cutDate}' and purchase_amount > 0`);
  const basis = Number(row?.n_repeats ?? 0) >= enoughRepeats ? 'repeats' : 'all';
  const purchases = Number(row?.[`n_${basis}`] ?? 0);
  if (purchases === 0) return [];
  const mean = Number(row?.[`sum_${basis}`]) / purchases;
  const variance = Math.max(Number(row?.[`squares_${basis}`]) / purchases - mean * mean, 1e-9 * mean * mean);
  const common = {
    ...{ cut_date: cutDate, model: 'constant', at_bound: null, covariances: null, customers: null },
    ...{ log_likelihood: null, bic: null, is_usable: true, limit_model: null },
    diagnosis: '',
  };
  return [
    {
      ...common,
      ...{ parameter: 'mean', parameter_position: 1, parameter_unit: 'currency', value: mean },
      parameter_meaning: `mean amount of ${basis === 'repeats' ? 'a repeat purchase' : 'a purchase'}`,
      standard_error: Math.sqrt(variance / purchases),
    },
    {
      ...common,
      ...{ parameter: 'shape', parameter_position: 2, parameter_unit: 'none', value: (mean * mean) / variance },
      ...{ parameter_meaning: 'how alike the amounts are: squared mean over variance', standard_error: null },
    },
  ];
}

/** The constant model as a Gamma-Gamma model in which no purchase can change what is expected. */
export function constantSpendValues(mean: number, shape: number): SpendValues {
  return { p: shape, q: allAlike, gamma: (mean * (allAlike - 1)) / shape };
}
