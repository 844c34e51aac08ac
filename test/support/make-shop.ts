/** One row of an order file, as text. */
export interface SaleRow {
  readonly date: string;
  readonly customer: string;
  readonly order: string;
  readonly sales: string;
}

/** Rows are given as `[date, customer, order, sales]` in tests: a line of the file at a glance. */
export function row(date: string, customer: string, order: string, sales: string | number): SaleRow {
  return { date, customer, order, sales: String(sales) };
}

/** An order file without a row index, quoted where CSV needs it. */
export function csvOf(rows: readonly SaleRow[]): string {
  const lines = rows.map(({ date, customer, order, sales }) => [date, customer, order, sales].map(field).join(','));
  return `Date,Customer ID,Order ID,Sales\n${lines.map((line) => `${line}\n`).join('')}`;
}

function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cents as they stand in a file: 1250 is `12.50`. */
export function amountText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
