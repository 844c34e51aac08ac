const DAY_MS = 86_400_000;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Days since 1970-01-01 of a date written YYYY-MM-DD. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export const yearOf = (date: string) => Number(date.slice(0, 4));
export const monthOf = (date: string) => Number(date.slice(5, 7));
export const quarterOf = (date: string) => Math.ceil(monthOf(date) / 3);
/** The month as YYYY-MM. */
export const monthTextOf = (date: string) => date.slice(0, 7);
export const quarterTextOf = (date: string) => `${date.slice(0, 4)}-Q${quarterOf(date)}`;
/** The day as a number YYYYMMDD. */
export const dateIdOf = (date: string) => Number(date.replaceAll('-', ''));
/** 1 for Sunday to 7 for Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (date: string) => ((((dayOf(date) + 4) % 7) + 7) % 7) + 1;
export const weekdayName = (weekday: number) => WEEKDAYS[weekday - 1] ?? '';
export const monthName = (month: number) => MONTHS[month - 1] ?? '';
/** Months on the calendar from one date to another. */
export const monthsApart = (from: string, to: string) => (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
export const isMonthEnd = (date: string) => monthOf(dateOf(dayOf(date) + 1)) !== monthOf(date);

/** The months from one date to another, as YYYY-MM. */
export function monthsBetween(from: string, to: string): string[] {
  const first = yearOf(from) * 12 + monthOf(from) - 1;
  return Array.from({ length: monthsApart(from, to) + 1 }, (_, index) => {
    const month = first + index;
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

/** Last day of a month given as YYYY-MM. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return dateOf(Date.UTC(year, number, 0) / DAY_MS);
}
