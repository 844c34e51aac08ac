import type { Preset } from './preset.ts';

export const gumroad: Preset = {
  id: 'gumroad',
  title: 'Gumroad sales',
  signature: ['Purchase ID', 'Purchase Email', 'Purchase Date', 'Sale Price ($)'],
  grain: 'order',
  targets: {
    date: ['[Purchase Date] & [Purchase Time (UTC timezone)]', '[Purchase Date]'],
    customer: '[Purchase Email]',
    order: '[Purchase ID]',
    amount: '[Sale Price ($)]',
    product: '[Item Name]',
    quantity: '[Quantity]',
    status: '[Refunded?]',
    refund: '[Partial Refund ($)]',
    country: '[Country]',
  },
  customerRule: 'email',
  rules: [
    { column: 'Fully Refunded?', when: 'one-of', values: ['true', 'yes', '1'], outcome: 'REFUNDED' },
    { column: 'Refunded?', when: 'one-of', values: ['true', 'yes', '1'], outcome: 'REFUNDED' },
  ],
  timeZoneOfDates: 'UTC',
  notes: [
    'Amount is Sale Price ($); Partial Refund ($) becomes a return of its own, a full refund gives the whole amount back.',
  ],
};
