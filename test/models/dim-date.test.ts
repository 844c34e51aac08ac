import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowObject } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

let shop: Shop;
let days: RowObject[];

beforeAll(async () => {
  shop = await openShop({ fiscalYearStartMonth: 4 });
  await shop.load([row('2020-12-30', 'a', '1', '10.00'), row('2024-02-29', 'a', '2', '10.00')]);
  days = await shop.query('select * from warehouse.dim_date order by date_id');
});

afterAll(() => shop[Symbol.asyncDispose]());

/** The day by the standard library's calendar, which knows nothing of the database's. */
function expected(day: Date): Record<string, unknown> {
  const at = (offset: number) => new Date(day.getTime() + offset * 86_400_000);
  const name = (options: Intl.DateTimeFormatOptions) =>
    day.toLocaleDateString('en-US', { timeZone: 'UTC', ...options });
  const year = day.getUTCFullYear();
  const month = day.getUTCMonth() + 1;
  const quarter = Math.ceil(month / 3);
  const text = day.toISOString().slice(0, 10);
  const thursday = at(3 - ((day.getUTCDay() + 6) % 7));
  const dayOfYear = Math.round((day.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  return {
    date_id: Number(text.replaceAll('-', '')),
    full_date: text,
    year,
    quarter,
    month,
    month_name: name({ month: 'long' }),
    month_abbr: name({ month: 'long' }).slice(0, 3),
    week_of_year: 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * 86_400_000)),
    day_of_year: dayOfYear,
    day_of_month: day.getUTCDate(),
    day_of_week: day.getUTCDay() + 1,
    day_name: name({ weekday: 'long' }),
    day_abbr: name({ weekday: 'short' }),
    is_weekend: [0, 6].includes(day.getUTCDay()),
    is_month_start: day.getUTCDate() === 1,
    is_month_end: at(1).getUTCDate() === 1,
    is_quarter_start: day.getUTCDate() === 1 && month % 3 === 1,
    is_quarter_end: at(1).getUTCDate() === 1 && month % 3 === 0,
    is_year_start: dayOfYear === 1,
    is_year_end: at(1).getUTCFullYear() !== year,
    date_string: text,
    month_year: text.slice(0, 7),
    quarter_year: `${year}-Q${quarter}`,
    fiscal_year: month >= 4 ? year + 1 : year,
    fiscal_quarter: ((quarter + 2) % 4) + 1,
    fiscal_month: ((month + 8) % 12) + 1,
  };
}

test('the calendar has every day of every year from the first order to the as-of date', () => {
  expect(days).toHaveLength(366 + 365 + 365 + 365 + 366);
  expect(days[0]?.full_date).toBe('2020-01-01');
  expect(days.at(-1)?.full_date).toBe('2024-12-31');
});

test('every column of every day is what the calendar says, ISO weeks 52 and 53, leap days and fiscal years included', () => {
  const byHand = days.map((day) => expected(new Date(`${day.full_date}T00:00:00Z`)));
  expect(days.map((day) => ({ ...day }))).toEqual(byHand);
});
