import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { type DayNumber, parseIsoDate } from './calendar.ts';
import { defaultShopOptions, defaultShopTruth, type ShopOptions, type ShopTruth } from './shop-options.ts';

/** Shop options that have been checked, with every default filled in. */
export interface ShopSettings {
  readonly customers: number;
  readonly seed: number;
  readonly firstDay: DayNumber;
  /** Number of days from the first to the last, both included. */
  readonly dayCount: number;
  readonly truth: ShopTruth;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
}

type NumericTruth = { [Key in keyof ShopTruth]: ShopTruth[Key] extends number ? Key : never }[keyof ShopTruth];

const share: Bounds = { min: 0, max: 1 };
const truthBounds: Readonly<Record<string, Bounds>> = {
  neverReturnShare: share,
  meanOrdersPerDay: { min: 1e-9, max: 100 },
  orderRateShape: { min: 0.01, max: 1000 },
  spendShape: { min: 0.01, max: 1000 },
  spendMeanShape: { min: 1.01, max: 1000 },
  spendScale: { min: 0.01, max: 1e6 },
  acquisitionGrowthPerMonth: { min: -0.5, max: 0.5 },
  repeatSeasonality: share,
  returnShare: share,
  fullReturnShare: share,
  multiLineShare: share,
  dirtyOrderShare: share,
} satisfies Record<NumericTruth, Bounds>;
const customerBounds: Bounds = { min: 1, max: 50_000_000, whole: true };
const seedBounds: Bounds = { min: 0, max: 0xffff_ffff, whole: true };
const factorBounds: Bounds = { min: 0.001, max: 1000 };
const delayBounds: Bounds = { min: 1, max: 365, whole: true };
const longestPeriodDays = 36_525;

function requireNumber(name: string, value: number, { min, max, whole }: Bounds): void {
  if (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) return;
  throw new UsageError(`${value} is no possible value of ${name} of a simulated shop`, {
    remedy: `Give a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`,
  });
}

function requireKnownKeys(given: object, known: object, what: string): void {
  const names = Object.keys(known);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new UsageError(`"${name}" is not ${what} of a simulated shop${didYouMean(name, names)}`, {
      remedy: `Known are ${names.join(', ')}.`,
    });
  }
}

function requireDate(name: string, text: string): DayNumber {
  const day = parseIsoDate(text);
  if (day !== undefined) return day;
  throw new UsageError(`"${text}" is not a date (${name} of a simulated shop)`, {
    remedy: 'Write it as YYYY-MM-DD, for example 2023-01-01.',
  });
}

function requireFactors(name: string, factors: readonly number[], count: number): void {
  if (factors.length !== count) {
    throw new UsageError(`[${factors.join(', ')}] is no possible value of ${name} of a simulated shop`, {
      remedy: `Give ${count} numbers.`,
    });
  }
  for (const factor of factors) requireNumber(name, factor, factorBounds);
}

function checkTruth(truth: ShopTruth): ShopTruth {
  const { monthFactors, weekdayFactors, returnDelayDays, ...numbers } = truth;
  for (const [name, value] of Object.entries(numbers)) {
    const bounds = truthBounds[name];
    if (bounds) requireNumber(name, value, bounds);
  }
  requireFactors('monthFactors', monthFactors, 12);
  requireFactors('weekdayFactors', weekdayFactors, 7);
  const [shortest, longest] = returnDelayDays;
  requireNumber('returnDelayDays', shortest, delayBounds);
  requireNumber('returnDelayDays', longest, { ...delayBounds, min: shortest });
  return truth;
}

/**
 * The one door for shop options.
 * @throws {UsageError} when an option is unknown or its value is not possible.
 */
export function shopSettings(options: ShopOptions = {}): ShopSettings {
  requireKnownKeys(options, defaultShopOptions, 'an option');
  requireKnownKeys(options.truth ?? {}, defaultShopTruth, 'a truth parameter');
  const { customers, seed, startDate, endDate } = { ...defaultShopOptions, ...options };
  const truth = checkTruth({ ...defaultShopTruth, ...options.truth });
  requireNumber('customers', customers, customerBounds);
  requireNumber('seed', seed, seedBounds);
  const firstDay = requireDate('startDate', startDate);
  const dayCount = requireDate('endDate', endDate) - firstDay + 1;
  if (dayCount < 1 || dayCount > longestPeriodDays) {
    throw new UsageError(`${startDate} to ${endDate} is no possible period of a simulated shop`, {
      remedy: `Give an endDate on or after startDate, at most ${longestPeriodDays} days in all.`,
    });
  }
  return { customers, seed, firstDay, dayCount, truth };
}
