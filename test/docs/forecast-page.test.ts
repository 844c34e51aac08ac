import { describe, expect, test } from 'vitest';
import { monthsBeforeEvidence, mostLeads } from '../../src/analytics/forecast/backtest.ts';
import { fewestCompleteMonths, fewestYearlyOrders } from '../../src/analytics/forecast/enough-months.ts';
import { fewestErrors } from '../../src/analytics/forecast/error-spread.ts';
import { isBeaten } from '../../src/analytics/forecast/verdict.ts';
import { openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';
import { pageText } from './support.ts';

const page = await pageText('docs/forecast.md');
const prose = page.replaceAll(/\s+/g, ' ');

/** The cells of the row that begins so. */
function cells(label: string): string[] {
  const line = page.split('\n').find((one) => one.startsWith(`| ${label} `)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe('docs/forecast.md says what the code does', () => {
  test('what is needed, how far ahead, from when on', () => {
    expect(cells('complete, whole months')).toEqual([String(fewestCompleteMonths)]);
    expect(cells('orders in the last 12 of them')).toEqual([String(fewestYearlyOrders)]);
    expect(prose).toContain(`all leads up to ${mostLeads} months`);
    expect([16, 24, 29, 30, 72].map(monthsBeforeEvidence)).toEqual([8, 12, 12, 24, 24]);
    expect(monthsBeforeEvidence(100)).toBe(100 - 48);
    expect(prose).toContain(`from ${fewestErrors} such errors on`);
  });

  test('the limits of the verdict', () => {
    const at = { naive: 'last_month', pairs: 60, ours: 0, theirs: 0, origins: 12 } as const;
    expect(isBeaten({ ...at, ratio: 0.95, ratioOneAhead: 0.99, originsWon: 8 })).toBe(true);
    expect(isBeaten({ ...at, ratio: 0.96, ratioOneAhead: 0.99, originsWon: 8 })).toBe(false);
    expect(isBeaten({ ...at, ratio: 0.95, ratioOneAhead: 1, originsWon: 8 })).toBe(false);
    expect(isBeaten({ ...at, ratio: 0.95, ratioOneAhead: 0.99, originsWon: 7 })).toBe(false);
  });
});

const hec = sharedFile('hec_orders.csv');

test.skipIf(hec.isMissing)(`docs/forecast.md says what a run over the reference file gives${hec.note}`, async () => {
  await using shop = await openShop();
  const { forecast } = await shop.run([hec.path]);
  const grades = await shop.query('select * from business.forecast_grades order by measure');
  const digits = (name: string) => grades.map((grade) => Number(grade[name]).toFixed(3));
  expect(prose).toContain(
    `Of ${grades[0]?.complete_months} complete months of the HEC file, ${grades[0]?.backtested_origins} `,
  );
  expect(cells('verdict')).toEqual(grades.map(({ verdict }) => verdict));
  expect(cells('error relative to same as last month')).toEqual(digits('relative_to_last_month'));
  expect(cells('error relative to same month last year')).toEqual(digits('relative_to_same_month_last_year'));
  expect(cells('past 80 % intervals')).toEqual(grades.map((grade) => String(grade.tested_intervals)));
  expect(cells('share of them that held')).toEqual(digits('interval_coverage'));
  const { orders, revenue } = forecast.nextTwelveMonths ?? { orders: null, revenue: null };
  const whole = [orders, revenue].map((sum) => Math.round(sum?.expected ?? 0).toLocaleString('en-US'));
  expect(cells('expected in the 12 months from 2022-12 on')).toEqual(whole);
});
