import { CURRENCY_CODES, CURRENCY_SIGNS } from './currency-codes.ts';

const CODE = /^[A-Za-z]{3}$/;
const SYMBOL = /^\p{Sc}$/u;

const CODES_BY_SIGN: ReadonlyMap<string, readonly string[]> = new Map(
  [...CURRENCY_SIGNS].map(([sign, codes]) => [sign.toLowerCase(), codes.split(' ')]),
);
const SPELLING_BY_SIGN: ReadonlyMap<string, string> = new Map(
  [...CURRENCY_SIGNS.keys()].map((sign) => [sign.toLowerCase(), sign]),
);

/**
 * The currency that a cell names: the upper-case code for a known code of ISO 4217 in any case and for a sign with
 * one meaning (`€` is EUR); a sign with several (`$`, `kr`) as the sign itself. Undefined for anything else, so also
 * for a blank cell and for three letters that are no currency.
 */
export function currencyOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (CODE.test(trimmed)) {
    const code = trimmed.toUpperCase();
    if (CURRENCY_CODES.has(code)) return code;
  }
  const sign = trimmed.toLowerCase();
  const codes = CODES_BY_SIGN.get(sign);
  if (codes !== undefined) return codes.length === 1 ? codes[0] : SPELLING_BY_SIGN.get(sign);
  return SYMBOL.test(trimmed) ? trimmed : undefined;
}

/** Whether a sign as written can stand for the currency of a code. */
export function signMayMean(sign: string, code: string): boolean {
  return CODES_BY_SIGN.get(sign.toLowerCase())?.includes(code) === true;
}
