/** Why the pipeline must reject a row. */
export type DirtReason =
  | 'INVALID_DATE'
  | 'INVALID_CUSTOMER'
  | 'INVALID_ORDER'
  | 'INVALID_SALES'
  | 'DUPLICATE_ROW'
  | 'ORDER_CONFLICT'
  | 'MALFORMED_ROW';

/** A counter for each reason, at zero. */
export function countersByReason(): Record<DirtReason, number> {
  return {
    INVALID_DATE: 0,
    INVALID_CUSTOMER: 0,
    INVALID_ORDER: 0,
    INVALID_SALES: 0,
    DUPLICATE_ROW: 0,
    ORDER_CONFLICT: 0,
    MALFORMED_ROW: 0,
  };
}

/** One row of the file after the row index: the text between the commas, and why it is rejected, if it is. */
export interface FileRow {
  readonly fields: readonly string[];
  readonly reason?: DirtReason;
}

/** An order of one line as it would stand in a clean file. */
export interface PlainRow {
  readonly date: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly sales: string;
}

/** What an accident makes of a row. `otherCustomerId` is some other customer's id. */
export type DirtForm = (row: PlainRow, otherCustomerId: string) => readonly FileRow[];

/** Cents as text with two decimals: 1250 is `12.50`, -5 is `-0.05`. */
export function formatCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The fields of a clean row, in the file's order. */
export function plainFields({ date, customerId, orderId, sales }: PlainRow): readonly string[] {
  return [date, customerId, orderId, sales];
}

function change(reason: DirtReason, edit: (row: PlainRow) => Partial<PlainRow>): DirtForm {
  return (row) => [{ fields: plainFields({ ...row, ...edit(row) }), reason }];
}

function ragged(edit: (row: PlainRow) => readonly string[]): DirtForm {
  return (row) => [{ fields: edit(row), reason: 'MALFORMED_ROW' }];
}

const twice: DirtForm = (row) => [{ fields: plainFields(row) }, { fields: plainFields(row), reason: 'DUPLICATE_ROW' }];

const twoCustomers: DirtForm = (row, otherCustomerId) => [
  { fields: plainFields(row), reason: 'ORDER_CONFLICT' },
  { fields: plainFields({ ...row, customerId: otherCustomerId, sales: `1${row.sales}` }), reason: 'ORDER_CONFLICT' },
];

function withQuoteInside(text: string): string {
  return `${text.slice(0, -1)}"${text.slice(-1)}`;
}

/** Every kind of dirt; used in turn, so that 25 dirty orders show all of them. */
export const dirtForms: readonly DirtForm[] = [
  change('INVALID_DATE', ({ date }) => ({ date: `${date.slice(0, 4)}-02-30` })),
  change('INVALID_CUSTOMER', () => ({ customerId: '' })),
  change('INVALID_ORDER', () => ({ orderId: '' })),
  change('INVALID_SALES', () => ({ sales: 'n/a' })),
  twice,
  twoCustomers,
  ragged(({ date, customerId, orderId }) => [date, customerId, orderId]),
  change('INVALID_DATE', ({ date }) => ({ date: `${date.slice(0, 4)}-13-01` })),
  ragged(({ date, customerId, orderId, sales }) => [date, customerId, orderId, '1', sales.padStart(6, '0')]),
  change('INVALID_SALES', () => ({ sales: '' })),
  twice,
  change('INVALID_CUSTOMER', () => ({ customerId: '   ' })),
  change('INVALID_DATE', () => ({ date: '' })),
  ragged((row) => plainFields({ ...row, sales: withQuoteInside(row.sales) })),
  change('INVALID_SALES', ({ sales }) => ({ sales: `${sales}.00` })),
  change('INVALID_DATE', () => ({ date: 'unknown' })),
  twoCustomers,
  ragged((row) => [...plainFields(row), 'gift']),
  change('INVALID_SALES', () => ({ sales: 'free' })),
  change('INVALID_DATE', ({ date }) => ({ date: `${date}x` })),
  twice,
  change('INVALID_ORDER', () => ({ orderId: ' ' })),
  ragged((row) => plainFields({ ...row, sales: `"${row.sales}` })),
  change('INVALID_DATE', () => ({ date: '0000-00-00' })),
  change('INVALID_SALES', ({ sales }) => ({ sales: sales.replace('.', 'O') })),
];
