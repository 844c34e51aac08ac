import type { Preset } from './preset.ts';

const notes = [
  'Amount is the total price: with shipping and tax. An order of several items has its total on the first row.',
  'The report holds no cancellations and refunds.',
];

export const ebay: Preset = {
  id: 'ebay',
  title: 'eBay orders report',
  signature: ['Sales Record Number', 'Order Number', 'Buyer Username', 'Total Price', 'Sale Date'],
  grain: 'first-line',
  targets: {
    date: '[Sale Date]',
    customer: '[Buyer Username]',
    order: '[Order Number]',
    amount: '[Total Price]',
    line: '[Transaction ID]',
    product: '[Item Title]',
    quantity: '[Quantity]',
    unitPrice: '[Sold For]',
    country: ['[Ship To Country] | [Buyer Country]', '[Ship To Country]', '[Buyer Country]'],
  },
  customerRule: 'text',
  notes,
};

export const ebayGerman: Preset = {
  id: 'ebay-german',
  title: 'eBay orders report, German',
  signature: ['Verkaufsprotokollnummer', 'Bestellnummer', 'Nutzername des Käufers'],
  oneOf: [
    ['Gesamtbetrag', 'Gesamtpreis'],
    ['Verkauft am', 'Verkaufsdatum'],
  ],
  grain: 'first-line',
  targets: {
    date: ['[Verkauft am]', '[Verkaufsdatum]'],
    customer: '[Nutzername des Käufers]',
    order: '[Bestellnummer]',
    amount: ['[Gesamtbetrag]', '[Gesamtpreis]'],
    product: ['[Angebotstitel]', '[Artikelbezeichnung]'],
    quantity: ['[Anzahl]', '[Stückzahl]'],
    unitPrice: ['[Verkauft für]', '[Verkaufspreis]'],
  },
  customerRule: 'text',
  notes,
};
