import { useMemo } from 'react';
import type { AnyRow, Cell } from './answer.ts';
import type { Question } from './use-question.ts';

/** A question about those of its rows that have these values; `csv` is the address of just these, where there is one. */
export function useNarrowed<Row extends object>(
  question: Question<Row>,
  wanted: Partial<Record<keyof Row & string, Cell>>,
  csv: string | undefined,
): Question<Row> {
  const { data } = question;
  const key = JSON.stringify(Object.entries(wanted));
  const narrowed = useMemo(() => {
    if (data === undefined) return undefined;
    const values: readonly (readonly [string, Cell])[] = JSON.parse(key);
    return {
      ...data,
      rows: data.rows.filter((row) => values.every(([name, value]) => (row as AnyRow)[name] === value)),
    };
  }, [data, key]);
  return narrowed === undefined ? { ...question, csv } : Object.assign({ ...question }, { data: narrowed, csv });
}
