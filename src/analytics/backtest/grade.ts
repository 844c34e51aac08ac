import { skill } from '../classification/proper-scores.ts';

/** A is best. WITHHELD: not shown, because it was not shown to be better than knowing nothing. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'WITHHELD';

export interface Graded {
  readonly grade: Grade;
  /** In words, with the numbers. */
  readonly reason: string;
}

const order: readonly Grade[] = ['A', 'B', 'C', 'D', 'WITHHELD'];

/** The worse of two grades. */
export function worseOf(a: Grade, b: Grade): Grade {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** The grade of the first limit that a figure reaches. */
function byLimit(value: number, limits: readonly (readonly [number, Grade])[]): Grade {
  return limits.find(([limit]) => value >= limit)?.[1] ?? 'WITHHELD';
}

export interface ProbabilityEvidence {
  readonly cuts: number;
  readonly fewestCuts: number;
  /** Days ahead that were predicted. */
  readonly horizonDays: number;
  readonly auc: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly logLoss: number;
  readonly calibrationSlope: number | null;
  /** Log loss of predictions that need no model, by their name in words. */
  readonly baselines: ReadonlyMap<string, number>;
  /** Cuts on which the log loss was lower than that of the constant. */
  readonly cutsWon: number;
}

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

function tooFew(cuts: number, fewestCuts: number): Graded | undefined {
  if (cuts >= fewestCuts) return undefined;
  const days = `${cuts} past day${cuts === 1 ? '' : 's'}`;
  return { grade: 'WITHHELD', reason: `could be tested on ${days} only, ${fewestCuts} are needed` };
}

/**
 * Grades a probability by what it has shown on past days. The order of customers gives the grade: the lower end of the interval of
 * the AUC, .8 for A, .7 for B, .6 for C. Where its slope of calibration is out of 0.8 to 1.25 it is no better than C, out of 0.5 to 2
 * no better than D; where something as plain as recency alone or the number of orders alone foretells as well, no better than D. One
 * that does not beat the constant base rate, in all and on most days, is withheld.
 */
export function gradeProbability(evidence: ProbabilityEvidence): Graded {
  const { cuts, fewestCuts, horizonDays, auc, logLoss, calibrationSlope: slope, baselines, cutsWon } = evidence;
  const few = tooFew(cuts, fewestCuts);
  if (few !== undefined) return few;
  const constant = baselines.get('constant') ?? 0;
  const gain = skill(logLoss, constant) ?? 0;
  const area =
    auc === null ? 'no AUC' : `AUC ${auc.value.toFixed(3)} (${auc.low.toFixed(3)} to ${auc.high.toFixed(3)})`;
  const facts = [
    `${area} on ${cuts} past days, ${horizonDays} days ahead`,
    `log loss ${percent(Math.abs(gain))} ${gain > 0 ? 'lower' : 'higher'} than with the base rate for all`,
    slope === null ? 'calibration not determined' : `calibration slope ${slope.toFixed(2)}`,
  ];
  const withheld = (why: string): Graded => ({ grade: 'WITHHELD', reason: [why, ...facts].join('; ') });
  if (auc === null || auc.low <= 0.5) return withheld('cannot tell who will leave from who will not');
  if (gain <= 0) return withheld('no better than the base rate for all');
  if (2 * cutsWon <= cuts) return withheld(`better than the base rate for all on ${cutsWon} of ${cuts} past days only`);
  if (slope !== null && slope < 0.25) return withheld('far too sure of itself');
  let grade = byLimit(auc.low, [
    [0.8, 'A'],
    [0.7, 'B'],
    [0.6, 'C'],
    [0.5, 'D'],
  ]);
  if (slope === null || slope < 0.8 || slope > 1.25) grade = worseOf(grade, 'C');
  if (slope === null || slope < 0.5 || slope > 2) grade = worseOf(grade, 'D');
  const equals = [...baselines].filter(([name, loss]) => name !== 'constant' && loss <= logLoss).map(([name]) => name);
  if (equals.length > 0) {
    grade = worseOf(grade, 'D');
    facts.push(`${equals.join(' and ')} alone foretold as well`);
  }
  return { grade, reason: facts.join('; ') };
}

export interface NumberEvidence {
  /** What is predicted, in words: `orders`, `value`. */
  readonly subject: string;
  readonly cuts: number;
  readonly fewestCuts: number;
  /** Days ahead that were predicted. */
  readonly horizonDays: number;
  /** Sum predicted over sum that came; null where nothing came. */
  readonly ratio: number | null;
  readonly rootMeanSquaredError: number;
  readonly correlation: number | null;
  readonly baselines: ReadonlyMap<string, number>;
  readonly cutsWon: number;
}

/**
 * Grades a predicted number by how much nearer it came than the mean of all (share of the squared error that is gone: .3 for A, .1 for
 * B, .02 for C) and by how near its sum came (10, 20, 35 percent off, or a factor of two for D). One that does not beat the mean is
 * withheld.
 */
export function gradeNumber(evidence: NumberEvidence): Graded {
  const {
    subject,
    cuts,
    fewestCuts,
    horizonDays,
    ratio,
    rootMeanSquaredError: error,
    correlation,
    baselines,
    cutsWon,
  } = evidence;
  const few = tooFew(cuts, fewestCuts);
  if (few !== undefined) return few;
  if (ratio === null) return { grade: 'WITHHELD', reason: `nothing came after ${cuts} past days to compare with` };
  const constant = baselines.get('constant') ?? 0;
  const gain = skill(error ** 2, constant ** 2) ?? 0;
  const facts = [
    `expected ${subject} were ${percent(ratio, 0)} of those that came in the ${horizonDays} days after ${cuts} past days`,
    `squared error ${percent(Math.abs(gain))} ${gain > 0 ? 'smaller' : 'larger'} than with the mean of all`,
    correlation === null ? 'no correlation' : `correlation ${correlation.toFixed(2)}`,
  ];
  const withheld = (why: string): Graded => ({ grade: 'WITHHELD', reason: [why, ...facts].join('; ') });
  if (gain <= 0) return withheld('no better than the mean of all');
  if (2 * cutsWon <= cuts) return withheld(`better than the mean of all on ${cutsWon} of ${cuts} past days only`);
  if (ratio < 0.5 || ratio > 2) return withheld('off by more than a factor of two in all');
  const off = Math.abs(Math.log(ratio));
  let grade = byLimit(gain, [
    [0.3, 'A'],
    [0.1, 'B'],
    [0.02, 'C'],
    [0, 'D'],
  ]);
  if (off > Math.log(1.1)) grade = worseOf(grade, 'B');
  if (off > Math.log(1.2)) grade = worseOf(grade, 'C');
  if (off > Math.log(1.35)) grade = worseOf(grade, 'D');
  const better = [...baselines].filter(([name, one]) => name !== 'constant' && one <= error).map(([name]) => name);
  if (better.length > 0) {
    grade = worseOf(grade, 'D');
    facts.push(`${better.join(' and ')} alone came as near`);
  }
  return { grade, reason: facts.join('; ') };
}

export interface DateEvidence {
  /** Grade of the expected orders, from the same model. */
  readonly orders: Graded;
  /** Customers whose next order was due within the horizon, and the share that had ordered by the median date. */
  readonly customers: number;
  readonly shareByMedian: number | null;
}

/** From so many customers on, the share by the median date is known to about five percent. */
const enoughDates = 100;

/**
 * Grades the date of the next order: no better than the expected orders, and half of the customers must have ordered by the median date
 * (5 points off at most for A, 10 for B, 20 for C). Where the dates of fewer than 100 customers could be tested it is withheld.
 */
export function gradeDate({ orders, customers, shareByMedian }: DateEvidence): Graded {
  if (orders.grade === 'WITHHELD')
    return { grade: 'WITHHELD', reason: `expected orders are withheld: ${orders.reason}` };
  if (shareByMedian === null || customers < enoughDates) {
    const who = customers === 0 ? 'no customer' : `${customers} customers only`;
    return {
      grade: 'WITHHELD',
      reason: `cannot be tested: the next order of ${who} was due within the horizon of a backtest`,
    };
  }
  const off = Math.abs(shareByMedian - 0.5);
  const grade = off <= 0.05 ? 'A' : off <= 0.1 ? 'B' : off <= 0.2 ? 'C' : 'WITHHELD';
  const reason = `${percent(shareByMedian, 0)} of ${customers.toLocaleString('en-US')} customers had ordered by the median date, where half should have`;
  return { grade: worseOf(grade, orders.grade), reason };
}
