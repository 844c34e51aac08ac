/** The character that stands before the decimals of an amount. */
export type DecimalMark = '.' | ',';

const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Groups of three behind one kind of separator, or India's 2-2-3; a grouped number never begins with 0. */
const WITH_POINT =
  /^(?:(\d*)|([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}))(?:\.(\d+))?$/;
const WITH_COMMA = /^(?:(\d*)|([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+))(?:,(\d+))?$/;
const SEPARATORS = /[., ']/g;

/**
 * The number that an unsigned amount stands for if `mark` is the decimal mark, as plain text without leading zeros and
 * with all its decimals; undefined if it is not written so. Apostrophes are `'` here, every grouping space is a space.
 */
export function numberWithMark(body: string, mark: DecimalMark): string | undefined {
  const match = (mark === '.' ? WITH_POINT : WITH_COMMA).exec(body);
  if (match === null) return undefined;
  const [, plain = '', grouped, fraction] = match;
  const whole = grouped === undefined ? plain : grouped.replace(SEPARATORS, '');
  if (whole === '' && fraction === undefined) return undefined;
  return canonicalNumber(whole, fraction);
}

/** Digits before and after the decimal mark as plain text without leading zeros. */
export function canonicalNumber(whole: string, fraction: string | undefined): string {
  let start = 0;
  while (start < whole.length - 1 && whole.charCodeAt(start) === DIGIT_0) start++;
  const digits = whole === '' ? '0' : start === 0 ? whole : whole.slice(start);
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** What one amount says about the decimal mark of its file. */
export type MarkEvidence = 'plain' | 'point' | 'comma' | 'ambiguous' | 'unreadable';

/** Reads an unsigned amount with either mark: only one reading is a proof, two that differ are no evidence. */
export function markEvidence(body: string): MarkEvidence {
  const withPoint = numberWithMark(body, '.');
  const withComma = numberWithMark(body, ',');
  if (withPoint === undefined) return withComma === undefined ? 'unreadable' : 'comma';
  if (withComma === undefined) return 'point';
  return withPoint === withComma ? 'plain' : 'ambiguous';
}

/** Digits with at most one point or comma between, optionally behind a minus: how nearly every amount is written. */
export interface SimpleNumber {
  readonly isNegative: boolean;
  /** Position of the point or comma, -1 without one. */
  readonly separatorAt: number;
}

/** Where the parts of a simply written amount are; undefined if it is written in any other way. */
export function simpleNumber(text: string): SimpleNumber | undefined {
  const length = text.length;
  const isNegative = length > 0 && text.charCodeAt(0) === 45;
  const start = isNegative ? 1 : 0;
  let separatorAt = -1;
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= DIGIT_0 && code <= DIGIT_9) continue;
    if ((code !== 44 && code !== 46) || separatorAt !== -1) return undefined;
    separatorAt = index;
  }
  const hasDigits = separatorAt === -1 ? length > start : separatorAt > start && separatorAt < length - 1;
  return hasDigits ? { isNegative, separatorAt } : undefined;
}
