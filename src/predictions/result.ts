import type { CellValue, CodeModelColumn, CodeModelResult } from '../project/model.ts';

/** The result of a code model whose cells are given by name, so that no column is in the wrong place. */
export function resultOf<const Columns extends readonly CodeModelColumn[]>(
  columns: Columns,
  records: readonly Readonly<Record<Columns[number]['name'], CellValue>>[],
): CodeModelResult {
  const names: readonly Columns[number]['name'][] = columns.map(({ name }) => name);
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: records.map((record) => names.map((name) => record[name])),
  };
}
