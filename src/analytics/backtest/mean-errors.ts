/** Customers for whom one number was predicted, with the sums of what came. */
export interface PredictedCell {
  readonly customers: number;
  readonly predicted: number;
  /** Sum of what came, over the customers. */
  readonly actual: number;
  /** Sum of its squares. */
  readonly actualSquares: number;
}

/** Sums over customers of what was predicted and what came. */
export interface PredictionSums {
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  readonly predictedSquares: number;
  readonly actualSquares: number;
  readonly products: number;
}

export interface MeanErrors {
  readonly customers: number;
  readonly meanPredicted: number;
  readonly meanActual: number;
  /** Sum predicted over sum that came; null where nothing came. */
  readonly ratio: number | null;
  readonly rootMeanSquaredError: number;
  /** Pearson's; null where one side does not vary. */
  readonly correlation: number | null;
}

export function sumCells(cells: Iterable<PredictedCell>): PredictionSums {
  let [customers, predicted, actual, predictedSquares, actualSquares, products] = [0, 0, 0, 0, 0, 0];
  for (const cell of cells) {
    customers += cell.customers;
    predicted += cell.customers * cell.predicted;
    predictedSquares += cell.customers * cell.predicted ** 2;
    actual += cell.actual;
    actualSquares += cell.actualSquares;
    products += cell.predicted * cell.actual;
  }
  return { customers, predicted, actual, predictedSquares, actualSquares, products };
}

export function addSums(all: readonly PredictionSums[]): PredictionSums {
  const sum = (of: (one: PredictionSums) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    customers: sum((one) => one.customers),
    predicted: sum((one) => one.predicted),
    actual: sum((one) => one.actual),
    predictedSquares: sum((one) => one.predictedSquares),
    actualSquares: sum((one) => one.actualSquares),
    products: sum((one) => one.products),
  };
}

/** How far predictions of numbers were off; null without customers. */
export function meanErrors(sums: PredictionSums): MeanErrors | null {
  const { customers, predicted, actual, predictedSquares, actualSquares, products } = sums;
  if (customers === 0) return null;
  const squares = Math.max(0, predictedSquares - 2 * products + actualSquares);
  const spread = (sum: number, square: number) => square / customers - (sum / customers) ** 2;
  const variances = spread(predicted, predictedSquares) * spread(actual, actualSquares);
  const covariance = products / customers - (predicted / customers) * (actual / customers);
  const isVaried = variances > 1e-18 * (predictedSquares / customers) * (actualSquares / customers);
  return {
    customers,
    meanPredicted: predicted / customers,
    meanActual: actual / customers,
    ratio: actual > 0 ? predicted / actual : null,
    rootMeanSquaredError: Math.sqrt(squares / customers),
    correlation: isVaried ? Math.max(-1, Math.min(1, covariance / Math.sqrt(variances))) : null,
  };
}
