import type { Column, Value } from '../engines/result-set.ts';

/** What a spreadsheet may take for the beginning of a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

/** Null is an empty field, empty text is `""`. */
function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (value === '') return '""';
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** One record of RFC 4180 with a line feed at its end. A single null is `""`, because an empty line is no record. */
export function csvRecord(values: readonly Value[]): string {
  const line = values.map(csvField).join(',');
  return line === '' ? '""\n' : `${line}\n`;
}

/** Whether a spreadsheet may take the text for a formula. */
export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** Text with an apostrophe before what a spreadsheet would compute. */
export function withoutFormula(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/**
 * Writes rows of these columns as records. Unless `exact`, text cells cannot become formulas; numbers, dates and
 * booleans are always left as they are.
 */
export function csvWriter(
  columns: readonly Column[],
  exact: boolean,
): { readonly header: string; record(row: readonly Value[]): string } {
  const isText = columns.map(({ type }) => !exact && (type === 'text' || type === 'other'));
  const names = columns.map(({ name }) => (exact ? name : withoutFormula(name)));
  return {
    header: csvRecord(names),
    record: (row) =>
      csvRecord(
        row.map((value, position) => (isText[position] && typeof value === 'string' ? withoutFormula(value) : value)),
      ),
  };
}
