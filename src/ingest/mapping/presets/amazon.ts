import { noCustomer, noCustomerNote, type Preset } from './preset.ts';

export const amazonAllOrders: Preset = {
  id: 'amazon-all-orders',
  title: 'Amazon all orders report',
  signature: ['amazon-order-id', 'purchase-date', 'order-status', 'item-price', 'shipping-price'],
  grain: 'line',
  targets: {
    date: '[purchase-date]',
    customer: noCustomer,
    order: '[amazon-order-id]',
    amount: [
      '[item-price] + [shipping-price] - [item-promotion-discount] - [ship-promotion-discount]',
      '[item-price] + [shipping-price] - [item-promotion-discount]',
      '[item-price] + [shipping-price]',
    ],
    product: ['[product-name] | [sku]', '[product-name]', '[sku]'],
    quantity: '[quantity]',
    channel: '[sales-channel]',
    currency: '[currency]',
    status: '[order-status]',
    discount: '[item-promotion-discount]',
    country: '[ship-country]',
  },
  customerRule: 'text',
  rules: [
    { column: 'order-status', when: 'one-of', values: ['cancelled', 'canceled'], outcome: 'CANCELLED' },
    { column: 'item-status', when: 'one-of', values: ['cancelled', 'canceled'], outcome: 'CANCELLED' },
    { column: 'order-status', when: 'one-of', values: ['pending', 'pending availability'], outcome: 'UNPAID' },
  ],
  notes: [
    noCustomerNote,
    'One row per item; amount is item price and shipping less promotions, without tax.',
    'Cancelled and pending orders are set aside.',
  ],
};

export const amazonNewOrders: Preset = {
  id: 'amazon-new-orders',
  title: 'Amazon new orders report',
  signature: ['order-id', 'order-item-id', 'purchase-date', 'buyer-email', 'item-price'],
  grain: 'line',
  targets: {
    date: '[purchase-date]',
    customer: '[buyer-email]',
    order: '[order-id]',
    amount: [
      '[item-price] + [item-tax] + [shipping-price] + [shipping-tax]',
      '[item-price] + [shipping-price]',
      '[item-price]',
    ],
    line: '[order-item-id]',
    product: ['[product-name] | [sku]', '[product-name]', '[sku]'],
    quantity: '[quantity-purchased]',
    channel: '[sales-channel]',
    currency: '[currency]',
    country: '[ship-country]',
  },
  customerRule: 'email',
  notes: [
    "One row per item; amount is item price and shipping with their taxes. Customer is Amazon's alias of the buyer's address.",
  ],
};

export const amazonUnshipped: Preset = {
  id: 'amazon-unshipped',
  title: 'Amazon unshipped orders report',
  signature: ['order-id', 'order-item-id', 'purchase-date', 'quantity-to-ship'],
  without: ['item-price'],
  grain: 'line',
  targets: { date: '[purchase-date]', customer: '[buyer-email]', order: '[order-id]', line: '[order-item-id]' },
  customerRule: 'email',
  refusal: {
    reason: 'the Amazon unshipped orders report holds no amounts',
    remedy: 'Take the new orders report (it has amounts and buyers) or the all orders report instead.',
  },
};

export const amazonDateRange: Preset = {
  id: 'amazon-date-range',
  title: 'Amazon date range (transaction) report',
  signature: ['date/time', 'settlement id', 'type', 'order id', 'product sales'],
  grain: 'line',
  targets: {
    date: '[date/time]',
    customer: noCustomer,
    order: '[order id]',
    amount: '[product sales]',
    product: ['[description] | [sku]', '[description]', '[sku]'],
    quantity: '[quantity]',
    channel: '[marketplace]',
    status: '[type]',
  },
  customerRule: 'text',
  rules: [
    { column: 'type', when: 'one-of', values: ['refund'], outcome: 'RETURN' },
    { column: 'type', when: 'not-one-of', values: ['order'], outcome: 'NOT_AN_ORDER' },
    { column: 'type', when: 'empty', outcome: 'NOT_AN_ORDER' },
  ],
  notes: [
    noCustomerNote,
    'Amount is product sales: without shipping, promotions, tax and fees. Rows of type Order count, Refund are returns, transfers and fees are set aside.',
  ],
};
