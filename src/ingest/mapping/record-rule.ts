import { valueKey } from './column-name.ts';

/**
 * What a record is, other than a plain order.
 * `CANCELLED`, `FAILED`, `UNPAID`, `NOT_AN_ORDER`: set aside and counted by that kind.
 * `REFUNDED`: an order whose full amount was given back; holds only where the refund target is absent, blank or zero.
 * `RETURN`: the record is itself a return; its amount counts negative whatever its sign.
 */
export type RecordOutcome = 'CANCELLED' | 'FAILED' | 'UNPAID' | 'NOT_AN_ORDER' | 'REFUNDED' | 'RETURN';

/** `contains`: one of the values stands anywhere in the cell. All but `empty` never hold for a blank cell. */
export type RuleCondition = 'one-of' | 'not-one-of' | 'filled' | 'empty' | 'starts-with' | 'contains';

export interface RecordRule {
  /** Position of the column in the header, from 0. */
  readonly column: number;
  readonly when: RuleCondition;
  /** Compared without case, spaces, underscores and hyphens; empty for `filled` and `empty`. */
  readonly values: readonly string[];
  readonly outcome: RecordOutcome;
}

/** A column has few distinct states; more than these are not remembered. */
const rememberedCells = 1000;

/** The rules as one function of a record's cells: the outcome of the first rule that holds. */
export function compileRules(rules: readonly RecordRule[]): (cells: readonly string[]) => RecordOutcome | undefined {
  const compiled = rules.map((rule) => ({ column: rule.column, outcome: rule.outcome, holds: compileRule(rule) }));
  return (cells) => {
    for (const { column, outcome, holds } of compiled) {
      if (holds(cells[column] ?? '')) return outcome;
    }
    return undefined;
  };
}

function compileRule({ when, values }: RecordRule): (cell: string) => boolean {
  const isFilled = (cell: string) => cell.length > 0 && cell.trim().length > 0;
  if (when === 'filled') return isFilled;
  if (when === 'empty') return (cell) => !isFilled(cell);
  const keys = values.map(valueKey);
  const keySet = new Set(keys);
  const test = (cell: string): boolean => {
    const key = valueKey(cell);
    if (key === '') return false;
    switch (when) {
      case 'one-of':
        return keySet.has(key);
      case 'not-one-of':
        return !keySet.has(key);
      case 'starts-with':
        return keys.some((start) => key.startsWith(start));
      case 'contains':
        return keys.some((part) => key.includes(part));
    }
  };
  const known = new Map<string, boolean>();
  return (cell) => {
    if (cell === '') return false;
    let holds = known.get(cell);
    if (holds === undefined) {
      holds = test(cell);
      if (known.size < rememberedCells) known.set(cell, holds);
    }
    return holds;
  };
}
