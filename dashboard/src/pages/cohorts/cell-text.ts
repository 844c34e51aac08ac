import type { Format } from '../../format/format.ts';
import type { CohortRow } from './cohort-grid.ts';
import type { AverageRow, MatrixRow, Measure } from './measures.ts';

/** All that is said of a cell: what it is, of how many, how sure, and what to keep in mind. */
export function cellText(row: MatrixRow, measure: Measure, format: Format): string {
  const after = row.months_since_acquisition ?? 0;
  const title = `Cohort ${format.month(row.cohort_month)}, month ${after} (${format.month(row.activity_month)})`;
  return lines(
    title,
    ...(measure.interval(row) === undefined ? revenueText(row, format) : retentionText(row, measure, format)),
    row.is_immature === true && 'The month is not over: the figure can still grow.',
    row.is_left_truncated === true && TRUNCATED,
  );
}

const TRUNCATED = 'The data begins in the middle of the shop’s life: old customers are counted as if they were new.';

function retentionText(row: MatrixRow, measure: Measure, format: Format): readonly string[] {
  const [low, high] = measure.interval(row) ?? [null, null];
  const when = measure.label === 'In or after' ? 'in the month or later' : 'in the month';
  return [
    `${format.number(measure.customers(row))} of ${format.number(row.cohort_size)} customers ordered ${when}: ${format.percent(measure.value(row))}`,
    row.months_since_acquisition === 0
      ? 'By definition: it is the month of their first order.'
      : `95 % interval: ${format.percent(low)} to ${format.percent(high)}`,
  ];
}

function revenueText(row: MatrixRow, format: Format): readonly string[] {
  return [
    `${format.money(row.cumulative_revenue_per_customer)} per customer up to the end of the month`,
    `${format.money(row.cumulative_sales)} of ${format.number(row.cohort_size)} customers; no interval is computed for money`,
  ];
}

/** What is said of the name of a row. */
export function cohortText(cohort: CohortRow, format: Format): string {
  return lines(
    `Cohort ${format.month(cohort.month)}: ${format.number(cohort.size)} customers first ordered in this month.`,
    cohort.isLeftTruncated && TRUNCATED,
  );
}

/** What is said of a cell of the average. */
export function averageText(row: AverageRow | undefined, measure: Measure, format: Format): string {
  if (row === undefined) return 'No cohort has this month complete.';
  const value = measure.average(row);
  return lines(
    `Weighted average, month ${row.months_since_acquisition}`,
    `${measure.label === 'Revenue' ? `${format.money(value)} per customer` : format.percent(value)}: ${format.number(row.cohorts)} cohorts with ${format.number(row.customers)} customers`,
  );
}

function lines(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join('\n');
}
