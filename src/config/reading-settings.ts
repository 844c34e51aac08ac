import { z } from 'zod';

/** What a column of an export can mean, the required ones first; `map` names columns for these. */
export const MAP_TARGETS = [
  'date',
  'customer',
  'order',
  'amount',
  'rowIndex',
  'line',
  'product',
  'quantity',
  'unitPrice',
  'channel',
  'currency',
  'status',
  'refund',
  'discount',
  'country',
] as const;

const printableText = (title: string, example: string, longest = 200) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}+$/u)
    .meta({ title, examples: [example] });

const timeZone = () =>
  z
    .string()
    .refine(isKnownZone)
    .meta({ title: 'time zone of the IANA list', examples: ['Europe/Berlin'] });

function isKnownZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const expression = printableText('column or expression', 'Quantity*UnitPrice', 1_000);

/** How input files are read: settings that say what a file itself does not. */
export const readingSettings = {
  map: z
    .partialRecord(z.enum(MAP_TARGETS), expression)
    .nullable()
    .default(null)
    .meta({
      title: `object with columns or expressions for any of ${MAP_TARGETS.join(', ')}`,
      examples: [{ date: 'Order Date', amount: 'Quantity*UnitPrice' }],
    })
    .describe(
      'Columns of the input by what they mean, such as {"date": "Order Date", "amount": "Quantity*UnitPrice"}; null: found by their names.',
    ),
  grain: z
    .enum(['auto', 'order', 'line', 'first-line'])
    .default('auto')
    .describe(
      'What a record of the input is: an order, a line of an order (equal lines are no copies), or a line with the total on the first line of the order only; auto: by layout.',
    ),
  guests: z
    .enum(['reject', 'separate'])
    .default('reject')
    .describe(
      'What becomes of orders without a customer: rejected (not counted against maxRejectedShare), or each a customer of its own.',
    ),
  encoding: printableText('text encoding', 'windows-1252', 40)
    .nullable()
    .default(null)
    .describe('Text encoding of the input, such as utf-8 or windows-1252; null: found from the bytes.'),
  delimiter: z
    .string()
    .regex(/^[\t\x20-\x7e]$/)
    .meta({ title: 'single character', examples: [';'] })
    .nullable()
    .default(null)
    .describe('What stands between the columns of the input; null: found from the header.'),
  sheet: printableText('name or number of a sheet', 'Orders')
    .nullable()
    .default(null)
    .describe('Sheet of a workbook, by name or by number from 1, or file in a zip archive; null: the one with orders.'),
  dateFormat: printableText('date format', 'DD/MM/YYYY', 60)
    .nullable()
    .default(null)
    .describe(
      'How dates are written, such as DD/MM/YYYY or month-first; null: decided from the whole column, never guessed.',
    ),
  excelDates: z
    .enum(['1900', '1904'])
    .nullable()
    .default(null)
    .describe('Reads day numbers of a spreadsheet as dates, counted from 1900 (Windows) or 1904 (old Mac); null: no.'),
  timezone: timeZone()
    .default('UTC')
    .describe('Time zone of the shop, in which a time stamp with an offset becomes a date.'),
  decimalMark: z
    .enum(['.', ','])
    .nullable()
    .default(null)
    .describe('What stands before the decimals of amounts; null: decided from the whole column, never guessed.'),
  requireFinalNewline: z
    .boolean()
    .default(false)
    .describe('Whether a file that does not end with a line end is refused as possibly cut off.'),
  schemaDrift: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe('What --append does with a file whose columns are not those of any file loaded before.'),
} as const;
