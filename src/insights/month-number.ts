/** Months since the year 0, so that they can be counted: of a date or month that begins with YYYY-MM. */
export const monthNumber = (date: string): number => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;

/** The month of that number as YYYY-MM. */
export function monthName(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** Days of the month of that number. */
export function daysInMonth(number: number): number {
  return new Date(Date.UTC(Math.floor(number / 12), (number % 12) + 1, 0)).getUTCDate();
}

/** The last month that is over on that day. */
export function lastCompleteMonth(day: string): number {
  const month = monthNumber(day);
  return Number(day.slice(8, 10)) === daysInMonth(month) ? month : month - 1;
}
