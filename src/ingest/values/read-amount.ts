import { splitAmount } from './amount-cell.ts';
import type { AmountStyle } from './amount-style.ts';
import { canonicalNumber, numberWithMark, simpleNumber } from './grouped-number.ts';
import { quoteCell } from './quote-cell.ts';

/**
 * An amount that was read: plain text `-?digits(.digits)`, exact, all decimals kept; or why it could not be. `currency`
 * is what stood beside the number, a sign as written or an upper-case code.
 */
export type AmountReading = { readonly value: string; readonly currency?: string } | { readonly problem: string };

const ONLY_ZEROS = /^[0.]*$/;

/** Reads an amount by the style of its file. Nothing is repaired: what is not an amount written in that style is a problem. */
export function readAmount(text: string, style: Pick<AmountStyle, 'decimalMark' | 'isMixed'>): AmountReading {
  const mark = style.decimalMark;
  const simple = simpleNumber(text);
  if (simple !== undefined) {
    const { isNegative, separatorAt } = simple;
    const start = isNegative ? 1 : 0;
    if (separatorAt === -1) return { value: signed(canonicalNumber(text.slice(start), undefined), isNegative) };
    if (mark !== undefined && text[separatorAt] === mark) {
      const number = canonicalNumber(text.slice(start, separatorAt), text.slice(separatorAt + 1));
      return { value: signed(number, isNegative) };
    }
  }
  const cell = splitAmount(text);
  if (cell === undefined) return { problem: whyUnreadable(text) };
  const { body, isNegative, currency } = cell;
  const number = mark === undefined ? sameEitherWay(body) : numberWithMark(body, mark);
  if (number === undefined) return { problem: whyNotInStyle(text, body, style) };
  const value = signed(number, isNegative);
  return currency === undefined ? { value } : { value, currency };
}

function signed(number: string, isNegative: boolean): string {
  return isNegative && !ONLY_ZEROS.test(number) ? `-${number}` : number;
}

function sameEitherWay(body: string): string | undefined {
  const number = numberWithMark(body, '.');
  return number === numberWithMark(body, ',') ? number : undefined;
}

function whyNotInStyle(
  text: string,
  body: string,
  { decimalMark, isMixed }: Pick<AmountStyle, 'decimalMark' | 'isMixed'>,
): string {
  const withPoint = numberWithMark(body, '.');
  const withComma = numberWithMark(body, ',');
  const shown = quoteCell(text);
  if (withPoint === undefined && withComma === undefined) {
    return `${shown} is not a number: separators must stand between groups of three digits, and once before the decimals`;
  }
  if (decimalMark !== undefined) return `${shown} is not written with "${decimalMark}" as decimal mark, as the rest is`;
  if (withPoint !== undefined && withComma !== undefined) return `${shown} could be ${withPoint} or ${withComma}`;
  const mark = withPoint === undefined ? ',' : '.';
  if (isMixed) return `${shown} has "${mark}" as decimal mark, but as many other amounts prove the opposite`;
  return `${shown} has "${mark}" as decimal mark, but no decimal mark was decided`;
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/%/, 'is a percentage, not an amount'],
  [/^\W*(?:nan|inf(?:inity)?)\W*$/i, 'is not a number'],
  [/^\W*[\d.,]+e[+-]?\d+\W*$/i, 'is written with an exponent'],
  [/^\W*0x[\da-f]+\W*$/i, 'is a hexadecimal number'],
  [/\d_\d/, 'has an underscore between digits'],
  [/\([^)]*[-\u2212+]|[-\u2212+].*\(/, 'has both parentheses and a sign'],
  [/[^\d]*[-\u2212+][^\d]*[-\u2212+]|[-\u2212+].*\d\D*[-\u2212]/, 'has two signs'],
  [/\d[-+\u2212]\d/, 'has a sign inside the number'],
  [/[^\P{Nd}0-9]/u, 'has digits other than 0 to 9'],
  [/^[^\d]*$/, 'has no digits'],
];

function whyUnreadable(text: string): string {
  if (text.trim() === '') return 'the amount is empty';
  const shown = quoteCell(text);
  const reason = REASONS.find(([pattern]) => pattern.test(text.slice(0, 200)));
  return `${shown} ${reason?.[1] ?? 'has something beside the number that is neither a sign nor a currency'}`;
}

/** Digits with at most two decimals behind a point, optionally negative: readable by any engine without a rule. */
export function isPlainAmount(text: string): boolean {
  const simple = simpleNumber(text);
  if (simple === undefined) return false;
  const { separatorAt } = simple;
  return separatorAt === -1 || (text.charCodeAt(separatorAt) === 46 && text.length - separatorAt <= 3);
}
