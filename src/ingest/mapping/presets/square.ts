import type { Preset } from './preset.ts';

const rules = [
  { column: 'Event Type', when: 'one-of', values: ['refund'], outcome: 'RETURN' },
  { column: 'Transaction Status', when: 'one-of', values: ['failed', 'declined'], outcome: 'FAILED' },
  { column: 'Transaction Status', when: 'one-of', values: ['canceled', 'cancelled', 'voided'], outcome: 'CANCELLED' },
] as const;
const notes = [
  'Amount is Net Sales: without tax and tip. Rows with Event Type Refund are returns.',
  'Date is the local date of the shop. Customer is Customer ID; rows without one are guests.',
];

export const squareTransactions: Preset = {
  id: 'square-transactions',
  title: 'Square transactions',
  signature: ['Date', 'Net Sales', 'Transaction ID', 'Customer ID', 'Event Type'],
  oneOf: [['Total Collected', 'Net Total', 'Payment ID', 'Gift Card Sales']],
  without: ['Item', 'Qty'],
  grain: 'order',
  targets: {
    date: '[Date]',
    customer: '[Customer ID]',
    order: '[Transaction ID]',
    amount: '[Net Sales]',
    channel: ['[Channel]', '[Source]'],
    product: '[Description]',
    status: ['[Transaction Status]', '[Event Type]'],
    discount: '[Discounts]',
  },
  customerRule: 'text',
  rules,
  notes,
};

export const squareItems: Preset = {
  id: 'square-items',
  title: 'Square items',
  signature: ['Date', 'Item', 'Qty', 'Net Sales', 'Transaction ID', 'Customer ID'],
  grain: 'line',
  targets: {
    date: '[Date]',
    customer: '[Customer ID]',
    order: '[Transaction ID]',
    amount: '[Net Sales]',
    product: '[Item]',
    quantity: '[Qty]',
    channel: '[Channel]',
    status: '[Event Type]',
    discount: '[Discounts]',
  },
  customerRule: 'text',
  rules: rules.slice(0, 1),
  notes: ['One row per item; the rows of a Transaction ID are summed.', ...notes],
};
