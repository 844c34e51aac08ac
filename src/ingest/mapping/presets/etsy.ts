import type { Preset } from './preset.ts';

export const etsyOrders: Preset = {
  id: 'etsy-orders',
  title: 'Etsy sold orders',
  signature: ['Sale Date', 'Order ID', 'Buyer User ID', 'Order Value'],
  grain: 'order',
  targets: {
    date: '[Sale Date]',
    customer: ['[Buyer User ID] | [Buyer]', '[Buyer User ID]'],
    order: '[Order ID]',
    amount: ['[Order Value] - [Discount Amount]', '[Order Value]'],
    product: '[SKU]',
    quantity: '[Number of Items]',
    channel: '[Order Type]',
    currency: '[Currency]',
    status: '[Status]',
    discount: '[Discount Amount]',
    country: '[Ship Country]',
  },
  customerRule: 'text',
  rules: [
    { column: 'Status', when: 'one-of', values: ['canceled', 'cancelled'], outcome: 'CANCELLED' },
    { column: 'Status', when: 'one-of', values: ['refunded', 'fully refunded'], outcome: 'REFUNDED' },
  ],
  dateHint: 'month-first',
  notes: [
    'Amount is Order Value less Discount Amount: without shipping and tax.',
    'Customer is Buyer User ID, else Buyer; Full Name is not taken, because names collide and guests share one.',
  ],
};

export const etsyItems: Preset = {
  id: 'etsy-items',
  title: 'Etsy sold order items',
  signature: ['Sale Date', 'Item Name', 'Buyer', 'Item Total', 'Order ID'],
  grain: 'line',
  targets: {
    date: '[Sale Date]',
    customer: '[Buyer]',
    order: '[Order ID]',
    amount: ['[Item Total] - [Discount Amount]', '[Item Total]'],
    line: '[Transaction ID]',
    product: '[Item Name]',
    quantity: '[Quantity]',
    unitPrice: '[Price]',
    channel: '[Order Type]',
    currency: '[Currency]',
    discount: '[Discount Amount]',
    country: '[Ship Country]',
  },
  customerRule: 'text',
  dateHint: 'month-first',
  notes: [
    'One row per item; amount is Item Total less Discount Amount. The report holds no cancellations and refunds.',
  ],
};
