import type { BacktestRecord, Score } from './backtest-columns.ts';

/**
 * Variance, relative to the square of a sum, of the error that all customers shared on past days: seasons, trends, whatever the model
 * does not know. The mean square of the logarithms of predicted over actual sums, less what chance explains. 0 where nothing was tested.
 */
export function commonErrorVariance(records: readonly BacktestRecord[], score: Score): number {
  const own = records.filter((one) => one.score === score && one.method === 'model' && one.cut !== 'all');
  const orders = records.filter(
    (one) => one.score === 'expected_orders' && one.method === 'model' && one.cut !== 'all',
  );
  const errors = own
    .filter(({ metric, value }) => metric === 'ratio' && value > 0)
    .map(({ cut, value }) => {
      const actual = orders.find((one) => one.cut === cut && one.metric === 'mean_actual');
      const count = actual === undefined ? 0 : actual.value * actual.customers;
      return Math.log(value) ** 2 - (count > 0 ? 1 / count : 0);
    });
  if (errors.length === 0) return 0;
  return Math.max(0, errors.reduce((sum, error) => sum + error, 0) / errors.length);
}
