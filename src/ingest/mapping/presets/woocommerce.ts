import type { Preset, PresetRule } from './preset.ts';

function statusRules(column: string): PresetRule[] {
  return [
    {
      column,
      when: 'one-of',
      values: ['cancelled', 'wc-cancelled', 'canceled', 'trash', 'wc-trash'],
      outcome: 'CANCELLED',
    },
    { column, when: 'one-of', values: ['failed', 'wc-failed'], outcome: 'FAILED' },
    {
      column,
      when: 'one-of',
      values: [
        'pending',
        'wc-pending',
        'pending payment',
        'checkout-draft',
        'wc-checkout-draft',
        'draft',
        'auto-draft',
      ],
      outcome: 'UNPAID',
    },
  ];
}

const fullRefund = { when: 'one-of', values: ['refunded', 'wc-refunded'], outcome: 'REFUNDED' } as const;
const statusNote =
  'Cancelled, failed and pending orders are set aside; on-hold orders count, as in WooCommerce Analytics.';

export const wooCommerceAnalytics: Preset = {
  id: 'woocommerce-analytics',
  title: 'WooCommerce Analytics orders',
  signature: ['Date', 'Order #', 'Status', 'Customer', 'Net Sales'],
  grain: 'order',
  targets: {
    date: '[Date]',
    customer: '[Customer]',
    order: '[Order #]',
    amount: '[Net Sales]',
    product: '[Product(s)]',
    quantity: '[Items sold]',
    channel: '[Attribution]',
    status: '[Status]',
  },
  customerRule: 'text',
  rules: statusRules('Status'),
  notes: [
    'Amount is Net Sales; rows with a negative amount are returns.',
    'Customer is a name, not an id: two people of one name become one customer.',
    statusNote,
  ],
};

export const wooCommerceWebToffee: Preset = {
  id: 'woocommerce-webtoffee',
  title: 'WooCommerce orders (WebToffee export)',
  signature: ['order_id', 'order_date', 'status', 'order_total', 'order_currency', 'customer_id', 'billing_email'],
  grain: 'order',
  targets: {
    date: '[order_date]',
    customer: [
      "unless([customer_id], '0') | [billing_email] | [customer_email]",
      "unless([customer_id], '0') | [billing_email]",
    ],
    order: ['[order_number] | [order_id]', '[order_id]'],
    amount: '[order_total]',
    currency: '[order_currency]',
    status: '[status]',
    refund: 'packed([refund_items], amount)',
    discount: '[discount_total]',
    country: ['[shipping_country] | [billing_country]', '[shipping_country]', '[billing_country]'],
  },
  customerRule: 'email',
  guestIds: ['0'],
  rules: [...statusRules('status'), { column: 'status', ...fullRefund }],
  notes: [
    'Customer is customer_id; where it is 0 (a guest) the e-mail address.',
    'Amount is order_total; the amounts in refund_items become returns of their own.',
    statusNote,
  ],
};

export const wooCommerceImportSuite: Preset = {
  id: 'woocommerce-csv-import-suite',
  title: 'WooCommerce orders (CSV Import Suite)',
  signature: ['order_id', 'order_number_formatted', 'date', 'status', 'order_total', 'customer_user'],
  grain: 'order',
  targets: {
    date: '[date]',
    customer: ["unless([customer_user], '0') | [billing_email]", "unless([customer_user], '0')"],
    order: '[order_id]',
    amount: '[order_total]',
    status: '[status]',
    discount: '[order_discount]',
    country: ['[shipping_country] | [billing_country]', '[shipping_country]', '[billing_country]'],
  },
  customerRule: 'email',
  guestIds: ['0'],
  rules: [...statusRules('status'), { column: 'status', ...fullRefund }],
  notes: ['Customer is customer_user, else billing_email.', statusNote],
};

export const wooCommerceAdvancedExport: Preset = {
  id: 'woocommerce-advanced-order-export',
  title: 'WooCommerce orders (Advanced Order Export)',
  signature: ['Order Number', 'Order Date', 'Order Total Amount'],
  grain: 'first-line',
  targets: {
    date: '[Order Date]',
    customer: [
      '[Email (Billing)]',
      '[Customer Email]',
      '[Billing Email]',
      '[Email]',
      "unless([Customer User ID], '0')",
      "unless([User ID], '0')",
    ],
    order: '[Order Number]',
    amount: '[Order Total Amount]',
    product: '[Item Name]',
    currency: ['[Order Currency]', '[Currency]'],
    status: '[Order Status]',
    refund: '[Order Refund Amount]',
    discount: '[Cart Discount Amount]',
    country: ['[Country Code (Shipping)]', '[Country Code (Billing)]'],
  },
  customerRule: 'email',
  guestIds: ['0'],
  rules: [...statusRules('Order Status'), { column: 'Order Status', ...fullRefund }],
  notes: [
    'The columns of this export are chosen by the shop; the customer is the e-mail or user column that is there.',
    'With one row per item, the order\'s total must stand on its first row only: export with "fill order columns for: 1st row only".',
    statusNote,
  ],
};
