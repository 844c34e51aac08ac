import type { Preset } from './preset.ts';

const targets = {
  date: '[Date]',
  customer: '[Customer ID]',
  order: '[Order ID]',
  amount: '[Sales]',
} as const;

export const original: Preset = {
  id: 'original',
  title: 'Date, Customer ID, Order ID, Sales',
  signature: ['Date', 'Customer ID', 'Order ID', 'Sales'],
  // With these beside them the four names are not clear any more, or say less than there is: names are matched one by one then.
  without: [
    ...['Order Date', 'Customer', 'Order', 'Amount', 'Sales Amount', 'source_row'],
    ...['Status', 'Order Status', 'Payment Status', 'Financial Status', 'State', 'Type', 'Event Type'],
    ...['Refund', 'Refunds', 'Refunded', 'Refund Amount', 'Refunded Amount', 'Amount Refunded'],
    ...['Cancelled', 'Canceled', 'Cancelled at', 'Canceled at'],
  ],
  grain: 'order',
  targets: { ...targets, currency: '[Currency]' },
  customerRule: 'text',
};

export const rejects: Preset = {
  id: 'rejects',
  title: 'Rejected records, exported by this pipeline',
  signature: ['source_file', 'source_row', 'reason_code', 'Date', 'Customer ID', 'Order ID', 'Sales'],
  grain: 'order',
  targets: { ...targets, currency: '[Currency]', refund: '[refunded_amount]' },
  customerRule: 'text',
  notes: ['Mended rejects: load_id and source_row say which record they take the place of.'],
};
