import type { Preset } from './preset.ts';

export const bigCommerce: Preset = {
  id: 'bigcommerce',
  title: 'BigCommerce orders',
  signature: ['Order ID', 'Order Date', 'Order Status', 'Order Total', 'Email Address'],
  grain: 'order',
  targets: {
    date: '[Order Date]',
    customer: '[Email Address]',
    order: '[Order ID]',
    amount: '[Order Total]',
    status: '[Order Status]',
    refund: '[Refund Amount]',
    country: ['[Shipping Country] | [Billing Country]', '[Shipping Country]', '[Billing Country]'],
  },
  customerRule: 'email',
  rules: [
    { column: 'Order Status', when: 'one-of', values: ['cancelled', 'canceled'], outcome: 'CANCELLED' },
    { column: 'Order Status', when: 'one-of', values: ['declined'], outcome: 'FAILED' },
    {
      column: 'Order Status',
      when: 'one-of',
      values: ['incomplete', 'pending', 'awaiting payment'],
      outcome: 'UNPAID',
    },
    { column: 'Order Status', when: 'one-of', values: ['refunded'], outcome: 'REFUNDED' },
  ],
  notes: [
    'Amount is Order Total; Refund Amount becomes a return of its own.',
    'Cancelled, declined, incomplete, pending and unpaid orders are set aside.',
  ],
};
