import type { Preset, PresetRule } from './preset.ts';

export const onlineRetail: Preset = {
  id: 'online-retail',
  title: 'Online Retail (InvoiceNo, StockCode)',
  signature: ['StockCode', 'Quantity', 'InvoiceDate'],
  oneOf: [
    ['InvoiceNo', 'Invoice'],
    ['UnitPrice', 'Price'],
    ['CustomerID', 'Customer ID'],
  ],
  grain: 'line',
  targets: {
    date: '[InvoiceDate]',
    customer: '[CustomerID]',
    order: ['[InvoiceNo]', '[Invoice]'],
    amount: ['[Quantity] * [UnitPrice]', '[Quantity] * [Price]'],
    product: ['[Description] | [StockCode]', '[StockCode]'],
    quantity: '[Quantity]',
    unitPrice: ['[UnitPrice]', '[Price]'],
    country: '[Country]',
  },
  customerRule: 'text',
  rules: [
    { column: 'InvoiceNo', when: 'starts-with', values: ['C'], outcome: 'RETURN' },
    { column: 'Invoice', when: 'starts-with', values: ['C'], outcome: 'RETURN' },
    { column: 'InvoiceNo', when: 'starts-with', values: ['A'], outcome: 'NOT_AN_ORDER' },
    { column: 'Invoice', when: 'starts-with', values: ['A'], outcome: 'NOT_AN_ORDER' },
  ],
  notes: [
    'Amount is quantity times unit price, summed per invoice.',
    'Invoices that begin with C are returns, those with A are bookkeeping adjustments.',
  ],
};

const olistRules: readonly PresetRule[] = [
  { column: 'order_status', when: 'one-of', values: ['canceled', 'cancelled', 'unavailable'], outcome: 'CANCELLED' },
];
const olistCustomerNote = {
  without: 'customer_unique_id',
  note: 'Warning: customer_id of Olist is one per order, so nobody seems to order twice; join customer_unique_id from the customers file.',
};

export const olistPayments: Preset = {
  id: 'olist-payments',
  title: 'Olist orders joined with payments',
  signature: ['order_id', 'order_purchase_timestamp', 'payment_value'],
  oneOf: [['customer_unique_id', 'customer_id']],
  without: ['order_item_id'],
  grain: 'line',
  targets: {
    date: '[order_purchase_timestamp]',
    customer: ['[customer_unique_id]', '[customer_id]'],
    order: '[order_id]',
    amount: '[payment_value]',
    line: '[payment_sequential]',
    status: '[order_status]',
  },
  customerRule: 'text',
  rules: olistRules,
  notes: ['One row per payment; the payments of an order are summed.', olistCustomerNote],
};

export const olistItems: Preset = {
  id: 'olist-items',
  title: 'Olist orders joined with items',
  signature: ['order_id', 'order_purchase_timestamp', 'price', 'order_item_id'],
  oneOf: [['customer_unique_id', 'customer_id']],
  grain: 'line',
  targets: {
    date: '[order_purchase_timestamp]',
    customer: ['[customer_unique_id]', '[customer_id]'],
    order: '[order_id]',
    amount: '[price]',
    line: '[order_item_id]',
    product: '[product_id]',
    unitPrice: '[price]',
    status: '[order_status]',
  },
  customerRule: 'text',
  rules: olistRules,
  notes: [
    'One row per item; amount is price, without freight. A payment_value beside it would repeat for each item and is not used.',
    olistCustomerNote,
  ],
};

export const retailTransactions: Preset = {
  id: 'retail-transactions',
  title: 'Retail transactions (customer_id, tran_date, tran_amount)',
  signature: ['customer_id', 'tran_amount'],
  oneOf: [['tran_date', 'trans_date']],
  without: ['order_id', 'transaction_id', 'invoice_no'],
  grain: 'line',
  targets: {
    date: ['[tran_date]', '[trans_date]'],
    customer: '[customer_id]',
    order: ['[customer_id] & [tran_date]', '[customer_id] & [trans_date]'],
    amount: '[tran_amount]',
  },
  customerRule: 'text',
  notes: ['There is no order id: all rows of a customer on one day are taken as one order, with an id made of both.'],
};

export const superstore: Preset = {
  id: 'superstore',
  title: 'Superstore (order lines with Sales)',
  signature: ['Order ID', 'Order Date', 'Customer ID', 'Sales'],
  oneOf: [['Product ID', 'Product Name', 'Sub-Category', 'Row ID']],
  grain: 'line',
  targets: {
    date: '[Order Date]',
    customer: '[Customer ID]',
    order: '[Order ID]',
    amount: '[Sales]',
    line: '[Row ID]',
    product: ['[Product Name]', '[Product ID]'],
    quantity: '[Quantity]',
    country: '[Country]',
  },
  customerRule: 'text',
  notes: ['One row per product; the rows of an order are summed. Discount is a rate, not money, and is not used.'],
};

export const completeJourney: Preset = {
  id: 'complete-journey',
  title: 'The Complete Journey (households and baskets)',
  signature: ['household_id', 'basket_id', 'sales_value', 'transaction_timestamp'],
  grain: 'line',
  targets: {
    date: '[transaction_timestamp]',
    customer: '[household_id]',
    order: '[basket_id]',
    amount: '[sales_value]',
    product: '[product_id]',
    quantity: '[quantity]',
    channel: '[store_id]',
  },
  customerRule: 'text',
  notes: ['One row per product; the rows of a basket are summed. Customers are households.'],
};

export const completeJourneyDays: Preset = {
  id: 'complete-journey-days',
  title: 'The Complete Journey, with day numbers',
  signature: ['household_key', 'BASKET_ID', 'DAY', 'SALES_VALUE'],
  grain: 'line',
  targets: { customer: '[household_key]', order: '[BASKET_ID]', amount: '[SALES_VALUE]', product: '[PRODUCT_ID]' },
  customerRule: 'text',
  refusal: {
    reason: 'DAY is the number of a day in the study, not a date',
    remedy: 'Add a column with dates and name it: --map date="...".',
  },
};
