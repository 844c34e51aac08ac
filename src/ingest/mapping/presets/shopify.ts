import type { Preset } from './preset.ts';

export const shopify: Preset = {
  id: 'shopify',
  title: 'Shopify orders',
  signature: ['Name', 'Email', 'Created at', 'Total', 'Financial Status'],
  oneOf: [['Lineitem name', 'Lineitem quantity', 'Lineitem price', 'Refunded Amount', 'Cancelled at']],
  grain: 'first-line',
  targets: {
    date: '[Created at]',
    customer: ['[Email] | [Phone]', '[Email]'],
    order: '[Name]',
    amount: '[Total]',
    product: '[Lineitem name]',
    quantity: '[Lineitem quantity]',
    unitPrice: '[Lineitem price]',
    channel: '[Source]',
    currency: '[Currency]',
    status: '[Financial Status]',
    refund: '[Refunded Amount]',
    discount: '[Discount Amount]',
    country: ['[Shipping Country] | [Billing Country]', '[Shipping Country]', '[Billing Country]'],
  },
  customerRule: 'email',
  rules: [
    { column: 'Cancelled at', when: 'filled', outcome: 'CANCELLED' },
    { column: 'Financial Status', when: 'one-of', values: ['voided'], outcome: 'CANCELLED' },
    { column: 'Financial Status', when: 'one-of', values: ['expired'], outcome: 'UNPAID' },
    { column: 'Financial Status', when: 'one-of', values: ['refunded'], outcome: 'REFUNDED' },
  ],
  notes: [
    'One row per line item: Total, status and refund stand on the first row of an order and are counted once.',
    'Amount is Total; Refunded Amount becomes a return of its own.',
    'Customer is Email, else Phone; without both the order is a guest\'s. Billing Name is not taken, because names collide; choose it with --map customer="Email | Phone | Billing Name".',
    "Voided and cancelled orders are set aside; pending, authorized and partially paid orders count, as in Shopify's sales reports.",
  ],
};
