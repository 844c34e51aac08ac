import { z } from 'zod';
import { postgresSettings } from './postgres-settings.ts';
import { readingSettings } from './reading-settings.ts';

const days = () => z.int().min(1).max(36_500);
const amount = () => z.number().min(0).max(1e15);
const share = () => z.number().min(0).max(1);

/** Control characters have no place in a name or a path, and a URL would become a folder called "s3:". */
const path = (example: string) =>
  z
    .string()
    .min(1)
    .max(4_096)
    .regex(/^(?![A-Za-z][\w+.-]*:\/\/)\P{Cc}+$/u)
    .meta({ title: 'local path', examples: [example] });

const isoDate = () => z.iso.date().meta({ title: 'date of the calendar as YYYY-MM-DD', examples: ['2024-01-31'] });

const currencyCode = () =>
  z
    .string()
    .regex(/^[A-Z]{3}$/)
    .refine((code) => code === 'USD' || Intl.supportedValuesOf('currency').includes(code))
    .meta({ title: 'known currency code (ISO 4217)', examples: ['EUR'] });

const localeTag = () =>
  z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .refine((tag) => tag === 'en-US' || isKnownLocale(tag))
    .meta({ title: 'known language tag (BCP 47)', examples: ['de-DE'] });

const memorySize = () =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}(\.\d{1,3})? ?[MGTmgt][Ii]?[Bb]$/)
    .meta({ title: 'size in MB, GB or TB', examples: ['2GB'] });

function isKnownLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

function isIncreasing(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
}

/** Every setting: what is allowed, its default and its meaning. The descriptions reach editors and the `config` command. */
export const configSchema = z.strictObject({
  dataDir: path('./data')
    .default('./data')
    .describe('Folder for published tables, run records and logs; it is created when missing.'),
  engine: z
    .enum(['duckdb', 'postgres'])
    .default('duckdb')
    .describe('Database engine that computes the tables; the same models run on each.'),
  modelsDir: path('./models')
    .nullable()
    .default(null)
    .describe(
      'Folder with your own models, added to the built-in ones; a model of the same name replaces the built-in one; null: built-in models only.',
    ),
  asOf: isoDate()
    .nullable()
    .default(null)
    .describe('The day that counts as today, as YYYY-MM-DD; null: the last order date in the data, never the clock.'),
  allowZeroAmounts: z
    .boolean()
    .default(false)
    .describe('Whether an order of amount zero counts as an order; if false, its row is rejected with a reason.'),
  maxRejectedShare: share()
    .default(0.05)
    .describe('Largest share of input rows (0 to 1) that may be rejected; a run with more publishes nothing.'),
  fiscalYearStartMonth: z
    .int()
    .min(1)
    .max(12)
    .default(1)
    .describe('Month (1 to 12) in which the fiscal year begins; it sets the fiscal columns of dim_date.'),
  currency: currencyCode()
    .nullable()
    .default(null)
    .describe(
      'ISO 4217 code of the amounts: rows in another currency are set aside, nothing is converted; null: the one the input names, printed as USD where it names none.',
    ),
  locale: localeTag()
    .default('en-US')
    .describe('Language tag (BCP 47) by which numbers and dates are printed; stored values do not depend on it.'),

  ...postgresSettings,
  ...readingSettings,

  newDays: days()
    .default(90)
    .describe('A customer whose first order is less than this many days ago is New; must be below lostDays.'),
  activeDays: days()
    .default(90)
    .describe('A customer with an order within this many days is active, which the High Value segment requires.'),
  atRiskDays: days()
    .default(180)
    .describe('A customer without an order for more than this many days is At Risk; must be below lostDays.'),
  lostDays: days().default(365).describe('A customer without an order for more than this many days is Lost.'),
  highValueShare: z
    .number()
    .gt(0)
    .lte(1)
    .default(0.2)
    .describe('Top share of customers by lifetime value (above 0, up to 1) that counts as high value.'),
  highValueBy: z
    .enum(['share', 'threshold'])
    .default('share')
    .describe(
      'Whether highValueShare (a share of customers) or ltvHighThreshold (an amount) decides who is high value.',
    ),
  ltvHighThreshold: amount()
    .default(500)
    .describe('Lifetime value, in the currency of the data, from which a customer is high value by threshold.'),
  ltvRegularThreshold: amount()
    .default(100)
    .describe(
      'Lifetime value, in the currency of the data, from which the value_tier of customer_segments is Regular instead of Low.',
    ),
  expectedGapPercentile: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.9)
    .describe(
      'Percentile (between 0 and 1) of the expected gap between orders; a repeat customer silent for longer is At Risk.',
    ),

  segmentHistoryMonths: z
    .int()
    .min(1)
    .max(120)
    .default(12)
    .describe(
      'Month ends before the as-of date for which segments and moves between them are computed again (1 to 120).',
    ),

  minDaysForWinback: z
    .int()
    .min(0)
    .max(36_500)
    .default(90)
    .describe('Fewest days without an order before a lost customer can be a Win-Back target.'),
  minLtvForRetention: amount()
    .default(200)
    .describe(
      'Lowest lifetime value, in the currency of the data, for which an At Risk customer is a Retention target.',
    ),
  highPriorityThreshold: share()
    .default(0.7)
    .describe('Churn risk (0 to 1) from which a campaign target gets a higher priority level.'),
  controlShare: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe(
      'Share of campaign targets (0 to 0.5) left alone as the control group; 0: the effect cannot be measured.',
    ),
  controlSalt: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}+$/u)
    .meta({ title: 'text of 1 to 200 printable characters', examples: ['spring-2025'] })
    .default('campaigns')
    .describe('Text mixed into the assignment to control groups; another text draws other groups.'),
  campaignCooldownDays: z
    .int()
    .min(0)
    .max(36_500)
    .default(30)
    .describe(
      'Days that must pass after the launch of a campaign before its customers, control group included, may be on a list again; 0: no such limit.',
    ),
  campaignWindowDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe(
      'Length in days (1 to 365) of the measurement window of a campaign, which begins on the day after the as-of date of its launch.',
    ),
  grossMargin: z
    .number()
    .gt(0)
    .lte(1)
    .nullable()
    .default(null)
    .describe('Share of revenue (above 0, up to 1) that is margin; null: lifetime value is revenue, not margin.'),

  retentionWindowsMonths: z
    .array(z.int().min(1).max(120))
    .min(1)
    .max(24)
    .refine(isIncreasing)
    .default([3, 12, 18])
    .describe('Months after the first order for which cumulative retention is computed, in increasing order.'),
  minBuyersForPrediction: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(500)
    .describe('Fewest customers with which predictions are made; with fewer they are withheld, with the reason.'),
  minHistoryDaysForPrediction: days()
    .default(180)
    .describe('Fewest days of order history with which predictions are made; with fewer they are withheld.'),
  minEventsForPrediction: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(100)
    .describe('Fewest events of each kind (returned, did not return) with which predictions are made.'),

  churnHorizonDays: z
    .literal([30, 60, 90, 180, 365])
    .nullable()
    .default(null)
    .describe(
      'Days without an order that count as churn: 30, 60, 90, 180 or 365; null: the smallest that reaches the median time to the next order among returning customers, at most a third of the history.',
    ),
  annualDiscountRate: share()
    .default(0.1)
    .describe('Discount of future value per year (0 to 1): 0.1 makes 110 in a year worth 100 today.'),
  backtestCustomers: z
    .int()
    .min(1_000)
    .max(1_000_000_000)
    .default(50_000)
    .describe('Most customers that each backtest looks at, drawn by a hash of their ids; more take longer.'),

  insightFalseDiscoveryRate: z
    .number()
    .gt(0)
    .lte(0.5)
    .default(0.05)
    .describe(
      'Share of false ones among the reported findings (above 0, up to 0.5) that is accepted on average; all comparisons of a run are corrected together.',
    ),
  insightMinEffect: share()
    .default(0.1)
    .describe('Smallest relative difference (0 to 1) that is reported as a finding: 0.1 is 10 % of what was expected.'),

  keepSnapshots: z
    .int()
    .min(1)
    .max(1_000)
    .default(3)
    .describe(
      'Published snapshots to keep, the current one included; older ones are deleted and cannot be rolled back to.',
    ),
  threads: z
    .int()
    .min(1)
    .max(1_024)
    .nullable()
    .default(null)
    .describe('Threads of the engine; null: all cores. Results do not depend on it.'),
  memoryLimit: memorySize()
    .nullable()
    .default(null)
    .describe("Memory of the engine, as 500MB or 2GB, before it writes to tempDir; null: the engine's own default."),
  tempDir: path('./tmp')
    .nullable()
    .default(null)
    .describe('Folder for data that does not fit into memory; null: a private folder, deleted after the run.'),
  maxConcurrentModels: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe('Independent models that are computed at the same time; more needs more memory.'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe("Least important message that reaches the log; debug adds each step's SQL and row counts."),
  maxRecordBytes: z
    .int()
    .min(1_024)
    .max(268_435_456)
    .default(1_048_576)
    .describe('Longest record of an input file in bytes; a longer one is rejected (usually a quote left open).'),
});

/** Makes a type and its lists read-only. */
type Settled<T> = { readonly [K in keyof T]: T[K] extends (infer E)[] ? readonly E[] : T[K] };

/** Like {@link Settled}, for input: lists may be read-only, keys may be left out or undefined. */
type Proposed<T> = { readonly [K in keyof T]: T[K] extends (infer E)[] | undefined ? readonly E[] | undefined : T[K] };

/** The trusted settings of a run: complete, checked, with absolute paths. */
export type Config = Settled<z.output<typeof configSchema>>;

/** What a user may write: any of the keys. */
export type ConfigSpec = Proposed<z.input<typeof configSchema>>;

export type ConfigKey = keyof Config;

/** All keys, in the order of the schema. */
export const configKeys: readonly ConfigKey[] = configSchema.keyof().options;

export function isConfigKey(name: string): name is ConfigKey {
  return Object.hasOwn(configSchema.shape, name);
}
