import { UNKNOWN } from './format.ts';

/** A p-value as people write it; one that rounds to zero is not zero, and one that rounds to one not sure. */
export function chance(pValue: number | null | undefined): string {
  if (pValue === null || pValue === undefined) return UNKNOWN;
  if (pValue < 0.001) return 'p < 0.001';
  return pValue > 0.99 && pValue < 1 ? 'p > 0.99' : `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}
