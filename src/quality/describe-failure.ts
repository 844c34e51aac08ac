import type { CheckResult } from './check-result.ts';

const SHOWN_COLUMNS = 8;

/** What a check found, in lines: what was expected, how many rows break it, and some of them. */
export function describeFailure(result: CheckResult): string[] {
  const { layer, table, name, expected, failingRows, examples } = result;
  const rows = failingRows === 1 ? '1 row differs' : `${failingRows} rows differ`;
  const lines = [`${layer}.${table} ${name}: expected ${expected}; ${rows}`];
  for (const row of examples?.rows ?? []) {
    const cells = row
      .slice(0, SHOWN_COLUMNS)
      .map((value, position) => `${examples?.columns[position]?.name}=${JSON.stringify(value)}`);
    lines.push(`  ${cells.join(' ')}${row.length > SHOWN_COLUMNS ? ' ...' : ''}`);
  }
  return lines;
}
