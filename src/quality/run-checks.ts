import type { Queryable } from '../engines/engine.ts';
import type { ResultSet } from '../engines/result-set.ts';
import { singleNumber } from '../engines/result-set.ts';
import { type Check, headerOf, type Model } from '../project/model.ts';
import { type CheckResult, statusOf } from './check-result.ts';
import { expectation, failingRowsSql, isRowCheck, rowChecksSql } from './check-sql.ts';

const EXAMPLES = 5;

export interface CheckOptions {
  /** The quoted relation of a model. */
  relationOf(model: string): string;
  readonly signal?: AbortSignal;
}

/** Runs the checks that a model declares against its built table. Row checks share one pass over the table. */
export async function runChecks(model: Model, database: Queryable, options: CheckOptions): Promise<CheckResult[]> {
  const { checks } = headerOf(model);
  const relation = options.relationOf(model.name);
  const failing = await countFailing(checks, relation, database, options);
  const results: CheckResult[] = [];
  for (const [position, check] of checks.entries()) {
    const failingRows = failing[position] ?? 0;
    const base = {
      layer: model.layer,
      table: model.name,
      kind: check.kind,
      name: check.name,
      severity: check.severity,
      status: statusOf(check.severity, failingRows),
      expected: expectation(check),
      failingRows,
    };
    results.push(failingRows === 0 ? base : { ...base, examples: await examples(check, relation, database, options) });
  }
  return results;
}

async function countFailing(
  checks: readonly Check[],
  relation: string,
  database: Queryable,
  options: CheckOptions,
): Promise<number[]> {
  const rowChecks = checks.filter(isRowCheck);
  const counts = rowChecks.length === 0 ? undefined : await query(rowChecksSql(relation, rowChecks), database, options);
  const failing: number[] = [];
  for (const check of checks) {
    if (isRowCheck(check)) {
      failing.push(Number(counts?.rows[0]?.[1 + rowChecks.indexOf(check)] ?? 0));
    } else {
      const rows = failingRowsSql(relation, check, options.relationOf);
      failing.push(singleNumber(await query(`select count(*) from (${rows}) as failing`, database, options)));
    }
  }
  return failing;
}

/** Ordered by all their columns, so that the same data shows the same examples. */
async function examples(
  check: Check,
  relation: string,
  database: Queryable,
  options: CheckOptions,
): Promise<ResultSet> {
  const rows = failingRowsSql(relation, check, options.relationOf);
  const { columns } = await query(`select * from (${rows}) as failing limit 0`, database, options);
  const order = columns.map((_, position) => position + 1).join(', ');
  return query(`select * from (${rows}) as failing order by ${order} limit ${EXAMPLES}`, database, options);
}

function query(sql: string, database: Queryable, { signal }: CheckOptions): Promise<ResultSet> {
  return database.query(sql, signal === undefined ? {} : { signal });
}
