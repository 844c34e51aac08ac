import type { Check } from '../project/model.ts';
import { sqlLiteral } from '../project/sql-text.ts';

/** Checks that look at one row at a time: all of a table's are counted in one pass. */
export type RowCheck = Exclude<Check, { kind: 'unique' | 'relationship' }>;

export function isRowCheck(check: Check): check is RowCheck {
  return check.kind !== 'unique' && check.kind !== 'relationship';
}

/** A condition that is true for the rows that break the check. */
export function violation(check: RowCheck): string {
  switch (check.kind) {
    case 'not_null':
      return `${check.column} is null`;
    case 'accepted_values':
      return `${check.column} not in ${sqlLiteral(check.values)}`;
    case 'range': {
      const parts = [
        check.min === null ? [] : [`${check.column} < ${sqlLiteral(check.min)}`],
        check.max === null ? [] : [`${check.column} > ${sqlLiteral(check.max)}`],
      ].flat();
      return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
    }
    case 'expression':
      return `(${check.sql}) is not true`;
  }
}

/** One row with the table's row count and the failing rows of each check. */
export function rowChecksSql(relation: string, checks: readonly RowCheck[]): string {
  const counts = checks.map((check, position) => `count(*) filter (where ${violation(check)}) as c${position}`);
  return `select ${['count(*) as row_count', ...counts].join(', ')} from ${relation}`;
}

/** The rows that break a check, without an order or a limit. */
export function failingRowsSql(relation: string, check: Check, relationOf: (model: string) => string): string {
  if (isRowCheck(check)) return `select * from ${relation} where ${violation(check)}`;
  if (check.kind === 'unique') {
    const columns = check.columns.join(', ');
    const known = check.columns.map((column) => `${column} is not null`).join(' and ');
    return `select ${columns}, count(*) as occurrences from ${relation} where ${known} group by ${columns} having count(*) > 1`;
  }
  return (
    `select child.* from ${relation} as child where child.${check.column} is not null and not exists ` +
    `(select 1 from ${relationOf(check.toModel)} as parent where parent.${check.toColumn} = child.${check.column})`
  );
}

/** What the check wants, in a few words. */
export function expectation(check: Check): string {
  switch (check.kind) {
    case 'not_null':
      return `${check.column} is never empty`;
    case 'unique':
      return `${check.columns.join(', ')} never repeats`;
    case 'accepted_values':
      return `${check.column} is one of ${check.values.join(', ')}`;
    case 'range':
      return `${check.column} is between ${check.min ?? 'anything'} and ${check.max ?? 'anything'}`;
    case 'relationship':
      return `${check.column} exists in ${check.toModel}.${check.toColumn}`;
    case 'expression':
      return check.sql;
  }
}
