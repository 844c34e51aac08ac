const numberOrDate = /^\s*[+-]?[\d.,/:-]*\d[\d.,/:-]*\s*$/;
const money = /^[\s(+-]*[\p{Sc}]?\s*-?\d[\d.,' ]*\s*[\p{Sc}]?\)?\s*$/u;
const dateWithTime = /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]/;
const dateWithMonth =
  /^\s*(\d{1,2}[-. ]*)?\p{L}{3,9}[-. ]+\d{1,2}([-, ]+\d{2,4}|\s*$)|^\s*\d{1,2}[-. ]+\p{L}{3,9}[-. ]+\d{2,4}/u;
const address = /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$|^\s*https?:\/\//i;

/** Longer cells are texts; the patterns are not tried on them. */
const longestCell = 100;

/** Whether a cell is a number, an amount of money, a date, an e-mail or web address: not the name of a column. */
export function looksLikeData(cell: string): boolean {
  if (cell.length > longestCell) return false;
  return (
    numberOrDate.test(cell) ||
    money.test(cell) ||
    dateWithTime.test(cell) ||
    dateWithMonth.test(cell) ||
    address.test(cell)
  );
}
