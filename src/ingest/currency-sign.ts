import { splitAmount } from './values/amount-cell.ts';
import { currencyOf } from './values/currency.ts';

const numeric = /^[-+\d.,]*$/;

/** The currency beside the number of an amount cell, normalised. */
export function currencySign(cell: string): string | undefined {
  if (numeric.test(cell)) return undefined;
  const sign = splitAmount(cell)?.currency;
  return sign === undefined ? undefined : (currencyOf(sign) ?? sign);
}
