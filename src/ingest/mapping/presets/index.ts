import { amazonAllOrders, amazonDateRange, amazonNewOrders, amazonUnshipped } from './amazon.ts';
import { bigCommerce } from './bigcommerce.ts';
import { ebay, ebayGerman } from './ebay.ts';
import { etsyItems, etsyOrders } from './etsy.ts';
import { gumroad } from './gumroad.ts';
import { original, rejects } from './own-files.ts';
import { payPal } from './paypal.ts';
import type { Preset } from './preset.ts';
import {
  completeJourney,
  completeJourneyDays,
  olistItems,
  olistPayments,
  onlineRetail,
  retailTransactions,
  superstore,
} from './public-data.ts';
import { shopify } from './shopify.ts';
import { squareItems, squareTransactions } from './square.ts';
import { squarespace } from './squarespace.ts';
import { stripe, stripeLegacy, stripeWithoutCustomer } from './stripe.ts';
import {
  wooCommerceAdvancedExport,
  wooCommerceAnalytics,
  wooCommerceImportSuite,
  wooCommerceWebToffee,
} from './woocommerce.ts';

/** All known layouts, in the order of the docs. No header of one is taken for another. */
export const presets: readonly Preset[] = [
  original,
  shopify,
  wooCommerceAnalytics,
  wooCommerceWebToffee,
  wooCommerceImportSuite,
  wooCommerceAdvancedExport,
  stripe,
  stripeLegacy,
  stripeWithoutCustomer,
  squareTransactions,
  squareItems,
  amazonAllOrders,
  amazonNewOrders,
  amazonDateRange,
  amazonUnshipped,
  etsyOrders,
  etsyItems,
  ebay,
  ebayGerman,
  payPal,
  squarespace,
  bigCommerce,
  gumroad,
  onlineRetail,
  olistPayments,
  olistItems,
  retailTransactions,
  superstore,
  completeJourney,
  completeJourneyDays,
  rejects,
];
