import type { ColumnType } from '../engines/result-set.ts';

/** In what the numbers of a column are counted; money in the currency of the data. */
export type Unit = 'money' | 'percent' | 'days' | 'customers' | 'orders' | 'rows' | 'seconds';

/** What a column of an answer holds. */
export interface ColumnSpec<Type extends ColumnType = ColumnType> {
  readonly type: Type;
  /**
   * A sentence, or the name of a model whose column of the same name says what it means (`monthly_metrics`), or of one of
   * its columns (`dim_customer.total_spent`).
   */
  readonly meaning: string;
  readonly unit?: Unit;
}

export type ColumnSpecs = Readonly<Record<string, ColumnSpec>>;

function spec<Type extends ColumnType>(type: Type, ownUnit?: Unit) {
  return (meaning: string, unit: Unit | undefined = ownUnit): ColumnSpec<Type> =>
    unit === undefined ? { type, meaning } : { type, meaning, unit };
}

export const text = spec('text');
export const whole = spec('integer');
export const customers = spec('integer', 'customers');
export const orders = spec('integer', 'orders');
export const rows = spec('integer', 'rows');
export const days = spec('integer', 'days');
/** With two decimals. */
export const money = spec('decimal', 'money');
/** With two decimals, 0 to 100. */
export const percent = spec('decimal', 'percent');
/** A number with a fixed count of decimals. */
export const decimal = spec('decimal');
export const real = spec('double');
export const date = spec('date');
export const flag = spec('boolean');

/** The model and column that a meaning refers to; undefined for a sentence. */
export function referenceOf(name: string, { meaning }: ColumnSpec): { model: string; column: string } | undefined {
  if (!/^[a-z0-9_]+(\.[a-z0-9_]+)?$/.test(meaning)) return undefined;
  const [model = '', column = name] = meaning.split('.');
  return { model, column };
}
