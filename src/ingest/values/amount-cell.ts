import { currencyOf, signMayMean } from './currency.ts';
import { CURRENCY_CODES, CURRENCY_SIGNS } from './currency-codes.ts';

/** An amount taken apart: the unsigned number as written, its sign, and the currency beside it. */
export interface AmountCell {
  /** Digits, points, commas, apostrophes as `'` and spaces as ` `; not yet checked for sense. */
  readonly body: string;
  readonly isNegative: boolean;
  /** The sign as written, or the code in upper case. Where both stand (`$5.00 USD`), the code. */
  readonly currency: string | undefined;
}

const ODD_SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const APOSTROPHES = /\u2019/g;
const MINUS_SIGNS = /\u2212/g;

const escaped = (text: string): string => text.replace(/[.$]/g, '\\$&');
const signNames = [...CURRENCY_SIGNS.keys()]
  .filter((sign) => sign.length > 1 || /\p{L}/u.test(sign))
  .sort((left, right) => right.length - left.length)
  .map(escaped)
  .join('|');

/** One part of what stands before or after the number. A name made of letters must not run on into more letters. */
const AFFIX = new RegExp(`(?<sign>[-+()])|(?:(?<name>${signNames}|[a-z]{3})(?!\\p{L}))|(?<symbol>\\p{Sc})| +`, 'iuy');
/** A point right behind a letter ends a currency's name (`Rs.500`), it does not begin the decimals. */
const AROUND_NUMBER = /^(\D*?)((?:(?<!\p{L})[.,])?\d[\d., ']*)([\s\S]*)$/u;

interface Affixes {
  minus: number;
  plus: number;
  open: number;
  close: number;
  readonly currencies: string[];
}

/** Reads a text before or after the number into `affixes`; false if something else than sign and currency is there. */
function readAffixes(text: string, affixes: Affixes): boolean {
  AFFIX.lastIndex = 0;
  while (AFFIX.lastIndex < text.length) {
    const groups = AFFIX.exec(text)?.groups;
    if (groups === undefined) return false;
    const { sign, name, symbol } = groups;
    if (sign === '-') affixes.minus++;
    else if (sign === '+') affixes.plus++;
    else if (sign === '(') affixes.open++;
    else if (sign === ')') affixes.close++;
    else if (symbol !== undefined) affixes.currencies.push(symbol);
    else if (name !== undefined) {
      const code = name.toUpperCase();
      if (CURRENCY_CODES.has(code)) affixes.currencies.push(code);
      else if (currencyOf(name) !== undefined) affixes.currencies.push(name);
      else return false;
    }
  }
  return true;
}

/** The code of `$5.00 USD` and the like; undefined if it is not one sign and one code that fits it. */
function agreeing(first: string, second: string): string | undefined {
  if (CURRENCY_CODES.has(second) && signMayMean(first, second)) return second;
  return CURRENCY_CODES.has(first) && signMayMean(second, first) ? first : undefined;
}

/**
 * Takes an amount apart; undefined if anything but one number, one sign (in front, behind, or parentheses) and its
 * currency stands in the cell.
 */
export function splitAmount(text: string): AmountCell | undefined {
  const plain = text.replace(ODD_SPACES, ' ').replace(APOSTROPHES, "'").replace(MINUS_SIGNS, '-').trim();
  const match = AROUND_NUMBER.exec(plain);
  if (match === null) return undefined;
  const [, before = '', number = '', after = ''] = match;
  const front: Affixes = { minus: 0, plus: 0, open: 0, close: 0, currencies: [] };
  const back: Affixes = { minus: 0, plus: 0, open: 0, close: 0, currencies: [] };
  if (!readAffixes(before, front) || !readAffixes(after, back)) return undefined;
  const minuses = front.minus + back.minus;
  const inParentheses = front.open === 1 && back.close === 1;
  if (front.close + back.open + back.plus > 0 || front.open !== back.close || front.open > 1) return undefined;
  if (minuses + front.plus + front.open > 1) return undefined;
  const [first, second, third] = [...front.currencies, ...back.currencies];
  let currency = first;
  if (first !== undefined && second !== undefined) {
    currency = agreeing(first, second);
    if (currency === undefined || third !== undefined) return undefined;
  }
  return { body: number.trimEnd(), isNegative: minuses === 1 || inParentheses, currency };
}
