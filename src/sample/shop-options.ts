/**
 * What is true of the simulated shop, so that a test can compare it with what a model recovers.
 *
 * Every customer buys once. A share never returns; the others order at a constant personal rate until the end date
 * (there is no dropout), which makes the repeat orders a zero-inflated NBD process. Order values follow the Gamma-Gamma
 * model and do not depend on the rate.
 */
export interface ShopTruth {
  /** Share of first-time buyers that never returns, 0 to 1. */
  readonly neverReturnShare: number;
  /** Mean purchase rate of the customers that do return, in orders per day. */
  readonly meanOrdersPerDay: number;
  /** Shape `r` of the gamma distribution of those rates; the model's `alpha` is `r / meanOrdersPerDay` days. */
  readonly orderRateShape: number;
  /** Shape `p` of the order values around a customer's mean. */
  readonly spendShape: number;
  /** Shape `q`, above 1, of the customers' means: the higher, the more alike the customers. */
  readonly spendMeanShape: number;
  /** Scale `gamma` in money units: the mean order is worth `p * gamma / (q - 1)`. */
  readonly spendScale: number;
  /** Growth of the number of new customers from month to month: 0.02 is 2 % a month. */
  readonly acquisitionGrowthPerMonth: number;
  /** New customers by month of the year, January first, relative to each other, above 0. */
  readonly monthFactors: readonly number[];
  /** New customers by day of the week, Sunday first, relative to each other, above 0. */
  readonly weekdayFactors: readonly number[];
  /** How much of the seasonal swing of new customers reaches the repeat orders: 0 none, 1 all of it. */
  readonly repeatSeasonality: number;
  /** Share of orders of which something comes back, 0 to 1. */
  readonly returnShare: number;
  /** Share of those returns that return the whole order; the rest returns 20 to 80 % of its value. */
  readonly fullReturnShare: number;
  /** Shortest and longest time from order to return, in days. A return after the end date is not in the data. */
  readonly returnDelayDays: readonly [shortest: number, longest: number];
  /** Share of orders with two or three lines, 0 to 1. */
  readonly multiLineShare: number;
  /** Share of orders that leave dirt in the file, 0 to 1 (orders with several lines or a return are spared). */
  readonly dirtyOrderShare: number;
}

/** A simulated shop: its size, its period, its truth. Equal options give equal orders, byte for byte. */
export interface ShopOptions {
  /** Number of customers that buy at least once. With one customer there is no dirt: a conflict needs two. */
  readonly customers?: number;
  /** 0 to 4294967295. */
  readonly seed?: number;
  /** First day, `YYYY-MM-DD`. */
  readonly startDate?: string;
  /** Last day, `YYYY-MM-DD`, included. */
  readonly endDate?: string;
  readonly truth?: Partial<ShopTruth>;
}

/** The truth of the bundled sample. */
export const defaultShopTruth: ShopTruth = {
  neverReturnShare: 0.35,
  meanOrdersPerDay: 0.0023,
  orderRateShape: 2.5,
  spendShape: 5,
  spendMeanShape: 4,
  spendScale: 45,
  acquisitionGrowthPerMonth: 0.015,
  monthFactors: [0.92, 0.9, 0.95, 0.97, 1, 0.95, 0.88, 0.87, 0.98, 1.05, 1.35, 1.45],
  weekdayFactors: [1.15, 1.1, 1.02, 0.98, 0.97, 0.88, 0.9],
  repeatSeasonality: 0.5,
  returnShare: 0.04,
  fullReturnShare: 0.6,
  returnDelayDays: [3, 30],
  multiLineShare: 0.03,
  dirtyOrderShare: 0.0016,
};

/** The bundled sample: about 40,000 rows over two and a half years. */
export const defaultShopOptions: Required<ShopOptions> = {
  customers: 23_000,
  seed: 20_230_101,
  startDate: '2023-01-01',
  endDate: '2025-06-30',
  truth: defaultShopTruth,
};
