import type { Preset } from './preset.ts';

export const squarespace: Preset = {
  id: 'squarespace',
  title: 'Squarespace orders',
  signature: ['Order ID', 'Email', 'Created at', 'Total', 'Financial Status'],
  oneOf: [['Lineitem name', 'Lineitem quantity', 'Lineitem price', 'Amount Refunded', 'Cancelled at']],
  grain: 'first-line',
  targets: {
    date: '[Created at]',
    customer: '[Email]',
    order: '[Order ID]',
    amount: '[Total]',
    product: '[Lineitem name]',
    quantity: '[Lineitem quantity]',
    unitPrice: '[Lineitem price]',
    currency: '[Currency]',
    status: '[Financial Status]',
    refund: '[Amount Refunded]',
    discount: '[Discount Amount]',
    country: ['[Shipping Country] | [Billing Country]', '[Shipping Country]', '[Billing Country]'],
  },
  customerRule: 'email',
  rules: [
    { column: 'Cancelled at', when: 'filled', outcome: 'CANCELLED' },
    { column: 'Financial Status', when: 'one-of', values: ['voided', 'canceled', 'cancelled'], outcome: 'CANCELLED' },
    { column: 'Financial Status', when: 'one-of', values: ['refunded'], outcome: 'REFUNDED' },
  ],
  notes: [
    'One row per line item: Total, status and refund stand on the first row of an order and are counted once.',
    'Amount is Total; Amount Refunded becomes a return of its own.',
  ],
};
