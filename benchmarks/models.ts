import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { fitPurchaseModels } from '../src/analytics/fit.ts';
import { type PurchaseCells, type PurchaseRow, purchaseCells } from '../src/analytics/purchase-cells.ts';
import { simulateCustomers } from '../src/analytics/simulate-customers.ts';
import { days, weeks } from '../src/analytics/units.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const historyDays = 730;

/**
 * Customers of a Pareto/NBD shop with two years of history, times in whole days as a shop knows them. Orders of one day are
 * one purchase, as everywhere.
 */
function* customers(count: number): Generator<PurchaseRow<'week'>> {
  const generator = xoroshiro128plus(count);
  const uniform = () => uniformFloat64(generator);
  const age = () => days(1 + Math.floor(uniform() * historyDays));
  const shop = { unit: 'day', name: 'pareto-nbd', values: [0.6, 75, 0.6, 80], horizon: days(0), uniform } as const;
  for (const { frequency, recency, age: watched } of simulateCustomers({ ...shop, customers: count, age })) {
    const last = Math.ceil(recency);
    yield { frequency: Math.min(frequency, last), recency: weeks(last / 7), age: weeks(watched / 7) };
  }
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0).padStart(6);

function fitAndPrint(cells: PurchaseCells<'week'>, seconds: number): void {
  const start = performance.now();
  const fits = fitPurchaseModels(cells);
  const fitting = (performance.now() - start) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  const best = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const columns = [
    cells.customers.toLocaleString('en-US').padStart(10),
    cells.size.toLocaleString('en-US').padStart(10),
    `${seconds.toFixed(1).padStart(7)} s`,
    `${fitting.toFixed(1).padStart(7)} s`,
    `${megabytes(peak)} MB`,
    `${best.model.name} ${best.parameters.map(({ name, value }) => `${name} ${value.toPrecision(4)}`).join(', ')}`,
  ];
  console.log(columns.join('  '));
}

/** Prints time and memory of fitting all models against the number of customers. */
function main(): void {
  console.log(' customers       cells    merging    fitting  peak memory  most likely model');
  for (const size of sizes) {
    const start = performance.now();
    const cells = purchaseCells('week', customers(size));
    fitAndPrint(cells, (performance.now() - start) / 1000);
  }
}

main();
