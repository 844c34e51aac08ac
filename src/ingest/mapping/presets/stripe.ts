import type { Preset, PresetRule } from './preset.ts';

const rules: readonly PresetRule[] = [
  { column: 'Mode', when: 'one-of', values: ['test'], outcome: 'NOT_AN_ORDER' },
  { column: 'Status', when: 'one-of', values: ['failed', 'blocked'], outcome: 'FAILED' },
  { column: 'Status', when: 'one-of', values: ['canceled', 'cancelled'], outcome: 'CANCELLED' },
  {
    column: 'Status',
    when: 'not-one-of',
    values: ['paid', 'refunded', 'partially refunded', 'partial refund'],
    outcome: 'UNPAID',
  },
  { column: 'Captured', when: 'one-of', values: ['false', 'no', '0'], outcome: 'UNPAID' },
  { column: 'Status', when: 'one-of', values: ['refunded'], outcome: 'REFUNDED' },
];

const targets = {
  order: '[id]',
  amount: '[Amount]',
  product: '[Description]',
  currency: '[Currency]',
  status: '[Status]',
  refund: '[Amount Refunded]',
  country: '[Card Address Country]',
} as const;
const customer = ['[Customer ID] | [Customer Email]', '[Customer ID]', '[Customer Email]'];
const notes = [
  'Amount is Amount in the currency of the payment; Amount Refunded becomes a return of its own.',
  'Only captured payments with status Paid, Refunded or Partially refunded count; failed payments carry an amount, too.',
];

export const stripeLegacy: Preset = {
  id: 'stripe-legacy',
  title: 'Stripe payments, long form',
  signature: ['id', 'Created (UTC)', 'Amount', 'Currency', 'Status'],
  oneOf: [['Customer ID', 'Customer Email']],
  without: ['Created date (UTC)'],
  grain: 'order',
  targets: { date: '[Created (UTC)]', customer, ...targets },
  customerRule: 'email',
  rules,
  timeZoneOfDates: 'UTC',
  notes: [...notes, 'Customer is Customer ID, else Customer Email.'],
};

export const stripe: Preset = {
  id: 'stripe',
  title: 'Stripe payments',
  signature: ['id', 'Created date (UTC)', 'Amount', 'Currency', 'Status'],
  oneOf: [['Customer ID', 'Customer Email']],
  grain: 'order',
  targets: { date: '[Created date (UTC)]', customer, ...targets },
  customerRule: 'email',
  rules,
  timeZoneOfDates: 'UTC',
  notes: [...notes, 'Customer is Customer ID, else Customer Email.'],
};

export const stripeWithoutCustomer: Preset = {
  id: 'stripe-without-customer',
  title: 'Stripe payments, default columns (no customer)',
  signature: ['id', 'Amount', 'Currency', 'Status'],
  oneOf: [['Created date (UTC)', 'Created (UTC)']],
  without: ['Customer ID', 'Customer Email'],
  grain: 'order',
  targets: { date: ['[Created date (UTC)]', '[Created (UTC)]'], customer: "''", ...targets },
  customerRule: 'email',
  rules,
  timeZoneOfDates: 'UTC',
  notes: [
    ...notes,
    'These columns hold no customer: every record is a guest. Export again with the columns Customer ID and Customer Email.',
  ],
};
