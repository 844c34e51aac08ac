import { fullYear } from './civil-day.ts';
import { monthOfName } from './month-names.ts';
import { readTimeOfDay, startOfTime, type TimeOfDay } from './time-of-day.ts';

/** Date and time by a declared pattern; the day may not exist in the calendar. */
export interface PatternReading {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: TimeOfDay | undefined;
}

/** A user's date pattern, ready to read cells. */
export interface DatePattern {
  /** The reading of a trimmed cell, or why it is not written so. */
  read(text: string): PatternReading | string;
}

const TOKEN = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|A|Z|(.)/gsu;

const SOURCES: ReadonlyMap<string, readonly [group: string, source: string]> = new Map([
  ['YYYY', ['year', '\\d{4}']],
  ['YY', ['year', '\\d{2}']],
  ['MMMM', ['name', '[\\p{L}\\p{M}]{3,20}\\.?']],
  ['MMM', ['name', '[\\p{L}\\p{M}]{3,20}\\.?']],
  ['MM', ['month', '\\d{1,2}']],
  ['M', ['month', '\\d{1,2}']],
  ['DD', ['day', '\\d{1,2}']],
  ['D', ['day', '\\d{1,2}']],
  ['HH', ['hour', '\\d{1,2}']],
  ['H', ['hour', '\\d{1,2}']],
  ['hh', ['hour', '\\d{1,2}']],
  ['h', ['hour', '\\d{1,2}']],
  ['mm', ['minute', '\\d{2}']],
  ['ss', ['second', '\\d{2}(?:[.,]\\d{1,9})?']],
  ['A', ['half', '[AaPp]\\.? ?[Mm]\\.?']],
  ['Z', ['zone', '(?:[+-]\\d{2}:?\\d{2}|[+-]\\d{2}|[A-Za-z]{1,4})']],
]);

/** Tokens side by side, as in YYYYMMDD, can only be told apart by their full width. */
const FULL_WIDTH = '\\d{2}';

/** Compiles a pattern; the text returned otherwise says what is wrong with it. */
export function compilePattern(text: string): DatePattern | string {
  const seen = new Set<string>();
  let source = '';
  let isBehindNumber = false;
  const tokens = [...upperCased(text).matchAll(TOKEN)];
  for (const [index, { 0: token, 1: literal, 2: other }] of tokens.entries()) {
    const known = SOURCES.get(token);
    if (known === undefined || literal !== undefined || other !== undefined) {
      const characters = literal ?? token;
      if (literal === undefined && token !== 'T' && /\p{L}|\d|%/u.test(token)) {
        return `"${token}" has no meaning in it`;
      }
      source += characters === ' ' ? ' +' : escapeLiteral(characters);
      isBehindNumber = false;
      continue;
    }
    const [group, digits] = known;
    if (seen.has(group)) return `it has the ${group} twice`;
    seen.add(group);
    const next = SOURCES.get(tokens[index + 1]?.[0] ?? '');
    const isNumber = digits.startsWith('\\d');
    const touches = isNumber && (isBehindNumber || next?.[1].startsWith('\\d') === true);
    source += `(?<${group}>${touches && digits === '\\d{1,2}' ? FULL_WIDTH : digits})`;
    isBehindNumber = isNumber;
  }
  const lacking = missingPart(seen);
  if (lacking !== undefined) return lacking;
  const hasTime = seen.has('hour');
  return { read: readerOf(new RegExp(`^${source}${hasTime ? '$' : ''}`, 'u'), hasTime) };
}

function missingPart(seen: ReadonlySet<string>): string | undefined {
  if (seen.has('month') && seen.has('name')) return 'it has the month twice';
  if (!seen.has('year')) return 'the year (YYYY or YY) is missing';
  if (!seen.has('month') && !seen.has('name')) return 'the month (MM, MMM or MMMM) is missing';
  if (!seen.has('day')) return 'the day (DD or D) is missing';
  if (seen.has('hour') && !seen.has('minute') && !seen.has('half')) return 'the minutes (mm) are missing';
  if (!seen.has('hour') && ['minute', 'second', 'half', 'zone'].some((part) => seen.has(part))) {
    return 'the hour (HH or hh) is missing';
  }
  if (seen.has('second') && !seen.has('minute')) return 'the minutes (mm) are missing';
  return undefined;
}

function readerOf(pattern: RegExp, hasTime: boolean): (text: string) => PatternReading | string {
  return (text) => {
    const match = pattern.exec(text);
    const groups = match?.groups;
    if (match === null || groups === undefined) return 'is not written in the declared date format';
    const { year = '', month, name, day } = groups;
    const monthNumber = name === undefined ? Number(month) : monthOfName(name.replace('.', ''));
    if (monthNumber === undefined) return 'has an unknown month name';
    const time = hasTime ? timeOf(groups) : timeBehind(text, match[0].length);
    if (typeof time === 'string') return time;
    const yearNumber = year.length === 2 ? fullYear(Number(year)) : Number(year);
    return { year: yearNumber, month: monthNumber, day: Number(day), time };
  };
}

/** The time that the pattern's own groups hold, read by the rules for times anywhere. */
function timeOf(groups: Readonly<Record<string, string | undefined>>): TimeOfDay | string {
  const { hour = '', minute = '00', second, half, zone } = groups;
  const clock = second === undefined ? `${hour}:${minute}` : `${hour}:${minute}:${second}`;
  return readTimeOfDay(`${clock}${half === undefined ? '' : ` ${half}`}${zone === undefined ? '' : ` ${zone}`}`, 0);
}

/** A pattern without time still allows one behind the date. */
function timeBehind(text: string, end: number): TimeOfDay | string | undefined {
  if (end === text.length) return undefined;
  const start = startOfTime(text, end);
  return start === undefined ? 'is not written in the declared date format' : readTimeOfDay(text, start);
}

/** Spreadsheets and Java write dd and yyyy; without an hour, their mm is the month. */
function upperCased(text: string): string {
  const shouted = text.replace(/\[[^\]]*\]|[dy]+/g, (part) => (part.startsWith('[') ? part : part.toUpperCase()));
  return /[MHh]/.test(shouted) ? shouted : shouted.replace(/m+/g, (part) => part.toUpperCase());
}

function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
