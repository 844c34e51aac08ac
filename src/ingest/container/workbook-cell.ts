import type { StreamRow } from 'hucre/xlsx';

type CellValue = StreamRow['values'][number];

/** What a spreadsheet shows for a formula that failed. The reader gives them as text, so a text cell of just that counts as one. */
const errorTexts = new Set([
  '#NULL!',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  '#NAME?',
  '#NUM!',
  '#N/A',
  '#GETTING_DATA',
  '#SPILL!',
  '#CALC!',
]);

/** Excel keeps 15 significant digits; what lies beyond them in a double is noise. */
const significantDigits = 15;

/** A cell as text; undefined for an error cell. */
export function cellText(value: CellValue): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return errorTexts.has(value) ? undefined : value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return dateText(value);
}

/**
 * As Excel shows it in a wide enough cell: 15 significant digits, no exponent between 1e-9 and 1e15. Whole numbers are exact up to
 * 2^53; larger ones have lost their last digits and keep the exponent that says so.
 */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const rounded = Number(value.toPrecision(significantDigits));
  const size = Math.abs(rounded);
  if (size >= 1e15) return rounded.toExponential().replace('e', 'E');
  const text = String(rounded);
  const small = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (small === null || size < 1e-9) return text.replace('e', 'E');
  const [, sign = '', digit = '', fraction = '', exponent = ''] = small;
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digit}${fraction}`;
}

/**
 * `YYYY-MM-DD`, with `THH:MM:SS` where there is a time of day, or `HH:MM:SS` for a time without a day. Rounded to
 * seconds, as a workbook's days in a double are not exact. Undefined for what is no date.
 */
function dateText(value: Date): string | undefined {
  const milliseconds = Math.round(value.getTime() / 1000) * 1000;
  if (Number.isNaN(milliseconds)) return undefined;
  const iso = new Date(milliseconds).toISOString();
  if (!/^\d{4}-/.test(iso)) return undefined;
  const day = iso.slice(0, 10);
  const time = iso.slice(11, 19);
  if (day === '1899-12-31') return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}
