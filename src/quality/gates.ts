import type { Queryable } from '../engines/engine.ts';
import { type CheckResult, statusOf } from './check-result.ts';

export interface GateOptions {
  relationOf(name: string): string;
  /** Share of records, 0-1. */
  readonly maxRejectedShare: number;
}

/**
 * Fails when too large a part of the input was refused; shows the reasons with their counts. Orders without a customer are
 * left out on both sides: a shop with guests is no damaged file.
 */
export async function rejectedShareGate(
  database: Queryable,
  { relationOf, maxRejectedShare }: GateOptions,
): Promise<CheckResult> {
  const verdicts = relationOf('stg_sales_checked');
  const guests = "reason_code = 'INVALID_CUSTOMER' and is_guest";
  const counts = await database.query(
    `select count(*) - count(*) filter (where ${guests}), count(reason_code) - count(*) filter (where ${guests}) ` +
      `from ${verdicts}`,
  );
  const [records = 0, rejected = 0] = (counts.rows[0] ?? []).map(Number);
  // Not as a product: 0.29 * 100 is a little less than 29.
  const share = records === 0 ? 0 : rejected / records;
  const exceeds = share > maxRejectedShare;
  const base = {
    layer: 'staging',
    table: 'stg_sales_rejected',
    kind: 'gate',
    name: 'rejected_share',
    severity: 'error',
    status: statusOf('error', exceeds ? rejected : 0),
    expected: `at most ${percent(maxRejectedShare)} of the records are rejected; here ${percent(share)}`,
    failingRows: exceeds ? rejected : 0,
  } as const;
  if (!exceeds) return base;
  const examples = await database.query(
    `select reason_code, count(*) as records, min(reason_detail) as example from ${verdicts} ` +
      `where reason_code is not null and not (${guests}) group by reason_code order by 2 desc, 1 limit 5`,
  );
  return { ...base, examples };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
