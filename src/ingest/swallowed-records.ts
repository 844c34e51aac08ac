const lf = 0x0a;
const cr = 0x0d;
const zero = 0x30;
const nine = 0x39;
/** A date and an amount have at least so many digits. */
const fewestDigits = 6;

/**
 * Whether a record of several lines holds others: a quote that was left open has closed at a stray one in a later record. It is in
 * the same column, else the field count would not be right: so a cell of several lines holds all delimiters of one or more
 * records, and the digits of their dates and amounts.
 */
export function hasSwallowedRecords(
  record: Uint8Array,
  fieldCount: number,
  quoteByte: number,
  delimiterByte: number,
): boolean {
  const gaps = fieldCount - 1;
  if (gaps < 1) return false;
  let isQuoted = false;
  let lines = 0;
  let delimiters = 0;
  let digits = 0;
  for (let at = 0; at < record.length; at++) {
    const byte = record[at] ?? 0;
    if (byte === quoteByte) {
      const records = delimiters / gaps;
      const isWhole = records >= 1 && Number.isInteger(records) && records <= lines;
      if (isQuoted && isWhole && digits >= fewestDigits * records) return true;
      if (!isQuoted && record[at - 1] !== quoteByte) {
        lines = 0;
        delimiters = 0;
        digits = 0;
      }
      isQuoted = !isQuoted;
    } else if (isQuoted && byte === delimiterByte) {
      delimiters++;
    } else if (isQuoted && byte >= zero && byte <= nine) {
      digits++;
    } else if (isQuoted && (byte === lf || (byte === cr && record[at + 1] !== lf))) {
      lines++;
    }
  }
  return false;
}
