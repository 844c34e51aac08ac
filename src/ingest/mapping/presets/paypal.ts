import type { Preset } from './preset.ts';

export const payPal: Preset = {
  id: 'paypal',
  title: 'PayPal activity',
  signature: ['Date', 'Type', 'Status', 'Gross', 'From Email Address', 'Transaction ID'],
  grain: 'order',
  targets: {
    date: '[Date]',
    customer: ["if([Type], 'refund', [To Email Address], [From Email Address])", '[From Email Address]'],
    order: ["if([Type], 'refund', [Reference Txn ID] | [Transaction ID], [Transaction ID])", '[Transaction ID]'],
    amount: '[Gross]',
    product: '[Item Title]',
    quantity: '[Quantity]',
    currency: '[Currency]',
    status: '[Status]',
    country: ['[Country Code]', '[Country]'],
  },
  customerRule: 'email',
  rules: [
    { column: 'Balance Impact', when: 'one-of', values: ['memo'], outcome: 'NOT_AN_ORDER' },
    {
      column: 'Type',
      when: 'contains',
      values: [
        'currency conversion',
        'hold',
        'deposit',
        'withdrawal',
        'transfer',
        'authorization',
        'reversal of',
        'loan',
      ],
      outcome: 'NOT_AN_ORDER',
    },
    { column: 'Status', when: 'one-of', values: ['denied', 'failed'], outcome: 'FAILED' },
    { column: 'Status', when: 'one-of', values: ['canceled', 'cancelled', 'voided'], outcome: 'CANCELLED' },
    {
      column: 'Status',
      when: 'not-one-of',
      values: ['completed', 'refunded', 'partially refunded', 'reversed'],
      outcome: 'UNPAID',
    },
    { column: 'Type', when: 'contains', values: ['refund'], outcome: 'RETURN' },
    { column: 'Balance Impact', when: 'not-one-of', values: ['credit'], outcome: 'NOT_AN_ORDER' },
  ],
  notes: [
    'Amount is Gross of completed payments that came in; holds, transfers, currency conversions, fees and payments made are set aside.',
    'A refund is a return of the payment it refers to (Reference Txn ID), by the customer it went to.',
    'Date is the local date of the account.',
  ],
};
