/** Rows sorted by their text: an order that no engine has to be asked for, and that depends on their content alone. */
export function inTextOrder<Row>(rows: readonly Row[]): Row[] {
  return rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
    .map(({ row }) => row);
}

/** Rows without some of their columns. */
export function without<Row extends object>(rows: readonly Row[], columns: readonly string[]): Partial<Row>[] {
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name))) as Partial<Row>,
  );
}
