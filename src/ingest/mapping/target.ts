import { MAP_TARGETS } from '../../config/reading-settings.ts';

/** What a column can mean to the pipeline, the required ones first. */
export const targetNames = MAP_TARGETS;

export type TargetName = (typeof targetNames)[number];

export type RequiredTargetName = 'date' | 'customer' | 'order' | 'amount';

/** Without these four there are no orders. */
export const requiredTargetNames: readonly RequiredTargetName[] = ['date', 'customer', 'order', 'amount'];

/** Targets whose value is computed with the number language; all others are text. */
export type NumberTargetName = 'amount' | 'quantity' | 'unitPrice' | 'refund' | 'discount';

export interface Target {
  /** The name the pipeline's own files use for it; stands in errors. */
  readonly label: string;
  readonly kind: 'text' | 'number';
  readonly isRequired: boolean;
  /** One sentence for help and docs. */
  readonly meaning: string;
}

/** All targets with their meanings. */
export const targets: Readonly<Record<TargetName, Target>> = {
  date: {
    label: 'Date',
    kind: 'text',
    isRequired: true,
    meaning: 'The day the order was placed, with or without a time.',
  },
  customer: {
    label: 'Customer ID',
    kind: 'text',
    isRequired: true,
    meaning: 'What tells one customer from another: an id or an e-mail address; blank for guests.',
  },
  order: {
    label: 'Order ID',
    kind: 'text',
    isRequired: true,
    meaning: 'The id of the order; rows with the same id belong to one order.',
  },
  amount: {
    label: 'Sales',
    kind: 'number',
    isRequired: true,
    meaning: 'Money of the order or of the line, refunds not yet taken off; negative for returns.',
  },
  rowIndex: {
    label: 'row index',
    kind: 'text',
    isRequired: false,
    meaning: "The row's number in an earlier table; the column has no name or is called `Unnamed: 0`.",
  },
  line: {
    label: 'line id',
    kind: 'text',
    isRequired: false,
    meaning: 'The id of a line within its order.',
  },
  product: {
    label: 'product',
    kind: 'text',
    isRequired: false,
    meaning: 'The name or number of what was sold.',
  },
  quantity: {
    label: 'quantity',
    kind: 'number',
    isRequired: false,
    meaning: 'How many pieces were sold.',
  },
  unitPrice: {
    label: 'unit price',
    kind: 'number',
    isRequired: false,
    meaning: 'The price of one piece.',
  },
  channel: {
    label: 'channel',
    kind: 'text',
    isRequired: false,
    meaning: 'Where the order came from, such as web, shop or marketplace.',
  },
  currency: {
    label: 'currency',
    kind: 'text',
    isRequired: false,
    meaning: 'The currency of the amount, as a code or a symbol.',
  },
  status: {
    label: 'status',
    kind: 'text',
    isRequired: false,
    meaning: 'The state of the order or payment, such as paid, pending, cancelled.',
  },
  refund: {
    label: 'refund',
    kind: 'number',
    isRequired: false,
    meaning: 'Money given back on this order; it becomes a return of its own and is not taken off the amount.',
  },
  discount: {
    label: 'discount',
    kind: 'number',
    isRequired: false,
    meaning: 'Money taken off the price before the amount was charged.',
  },
  country: {
    label: 'country',
    kind: 'text',
    isRequired: false,
    meaning: 'The country the order was shipped to or billed in.',
  },
};

/** Whether a word, such as the left side of `--map date=...`, is a target. */
export function isTargetName(word: string): word is TargetName {
  return Object.hasOwn(targets, word);
}
