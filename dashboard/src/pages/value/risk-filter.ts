import type { QueryParams } from '../../api/source.ts';
import { below } from './measures.ts';

/** The filter of the customers with a churn risk from `from` on and below `to`; 100 is included. */
export function riskFilter(from: number, to: number): QueryParams<'customers'> {
  return { churn_min: from, churn_max: to >= 100 ? 100 : below(to) };
}
