/** Scores, as people call them. */
export const SCORES = {
  churn_risk: 'Churn risk',
  expected_orders: 'Expected orders',
  predicted_value: 'Predicted value',
  next_order: 'Next order',
} as const;

/** Methods of the backtests, ours first; those behind it need no model. */
export const METHODS: Readonly<Record<string, string>> = {
  model: 'Ours',
  purchase_model: 'Purchase model alone',
  order_count: 'Order count alone',
  recency: 'Recency alone',
  run_rate: 'Paid so far, carried on',
  constant: 'The same for everybody',
  outcome: 'What came',
};

interface Metric {
  readonly title: string;
  readonly about: string;
  /** The value of a perfect or an honest prediction, where there is one. */
  readonly aim?: number;
}

/** Measures of the backtests, in the order in which they are shown. */
export const METRICS: Readonly<Record<string, Metric>> = {
  auc: {
    title: 'Order of customers (AUC)',
    about:
      'Of a customer who left and one who stayed, how often the first had the higher risk. 0.5 is guessing, 1 perfect.',
    aim: 0.5,
  },
  log_loss: {
    title: 'Log loss',
    about: 'How surprised the prediction was by what came, per customer. Lower is better.',
  },
  brier: {
    title: 'Brier score',
    about: 'Mean squared difference between the predicted probability and what came. Lower is better.',
  },
  calibration_slope: {
    title: 'Calibration slope',
    about: '1 where high risks are as high as they say; below 1 they are too far apart, above 1 too close together.',
    aim: 1,
  },
  calibration_intercept: {
    title: 'Calibration intercept',
    about: '0 where risks are right on the whole; above 0 they were too low, below 0 too high.',
    aim: 0,
  },
  lift_top_decile: {
    title: 'Lift of the top tenth',
    about: 'How many times as many of the tenth with the highest risk left as of all customers. 1 is guessing.',
    aim: 1,
  },
  ratio: {
    title: 'Predicted over actual',
    about: 'The predicted sum over the sum that came. 1 is right on the whole.',
    aim: 1,
  },
  rmse: {
    title: 'Error per customer (RMSE)',
    about: 'Root of the mean squared difference between prediction and outcome. Lower is better.',
  },
  correlation: {
    title: 'Correlation with what came',
    about: 'Between the predictions and the outcomes of customers. 0 is guessing, 1 perfect.',
  },
  top_decile_share: {
    title: 'Money of the top tenth',
    about: 'Share of all that came which the tenth with the highest prediction brought. Higher is better.',
  },
  coverage: {
    title: 'Intervals that held',
    about: 'Share of customers whose outcome fell into their 80 % interval. 0.8 is honest.',
    aim: 0.8,
  },
  expected_coverage: {
    title: 'Intervals that should hold',
    about: 'Share that the intervals themselves promise: orders are whole, so that it is above 0.8.',
  },
  share_by_median: {
    title: 'Ordered by the median date',
    about: 'Share of customers who had ordered by the date that half of them should have. 0.5 is honest.',
    aim: 0.5,
  },
  mean_predicted: {
    title: 'Mean prediction',
    about: 'What was predicted per customer, and what came.',
  },
};

/** What a model is of. */
export const SUBJECTS: Readonly<Record<string, { readonly title: string; readonly about: string }>> = {
  purchases: {
    title: 'When customers buy',
    about: 'Models of how often customers buy and when they leave, fitted to all of them. One is chosen.',
  },
  spend: {
    title: 'How much they spend',
    about: 'Models of the amount of a purchase, fitted to those who bought again. One is chosen.',
  },
  churn: {
    title: 'Who will not come back',
    about: 'Corrections to what the purchase model says of the probability of no order within the horizon.',
  },
};

/** Models, as the papers call them. */
export const MODELS: Readonly<Record<string, string>> = {
  nbd: 'NBD',
  'zero-inflated-poisson': 'zero-inflated Poisson',
  'zero-inflated-nbd': 'zero-inflated NBD',
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'pareto-nbd': 'Pareto/NBD',
  'gamma-gamma': 'Gamma-Gamma on repeat purchases',
  'gamma-gamma-all': 'Gamma-Gamma on all purchases',
  constant: 'the same mean for everybody',
  logistic: 'logistic regression',
};

/** Methods of the monthly forecast. */
export const FORECASTS: Readonly<Record<string, string>> = {
  components: 'Ours',
  last_month: 'Same as last month',
  same_month_last_year: 'Same month last year',
};

/** What a grade says in words. */
export const GRADES: Readonly<Record<string, { readonly words: string; readonly bars: number }>> = {
  A: { words: 'very reliable', bars: 4 },
  B: { words: 'reliable', bars: 3 },
  C: { words: 'usable with care', bars: 2 },
  D: { words: 'a rough guide only', bars: 1 },
  WITHHELD: { words: 'not shown', bars: 0 },
};

/** The name of a thing for people; the name in the data where there is none. */
export function named(words: Readonly<Record<string, string>>, name: string | null): string {
  return words[name ?? ''] ?? name ?? '';
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text of the data as a sentence. */
export function sentence(text: string | null): string {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return '';
  return `${capital(trimmed)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
