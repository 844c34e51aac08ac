import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { type Grade, gradeDate, gradeNumber, gradeProbability } from '../../src/analytics/backtest/grade.ts';
import { fewestCuts } from '../../src/analytics/backtest/plan-cuts.ts';
import { nextOrder } from '../../src/analytics/next-order.ts';
import { missingEvidence } from '../../src/analytics/observation/evidence-floor.ts';
import { poissonProcess } from '../../src/analytics/processes/poisson.ts';
import { rate } from '../../src/analytics/units.ts';
import { configSchema } from '../../src/config/schema.ts';
import { churnFeatures } from '../../src/predictions/churn-features.ts';
import { expectSentence, formulasOf, numbersIn, page, tableOf } from './methods-page.ts';

describe('formulas', () => {
  const { formulas, rest } = formulasOf(page);

  test('every dollar sign belongs to one', () => {
    expect(rest.split('\n').filter((line) => line.includes('$'))).toEqual([]);
    expect(formulas.filter(({ isBlock }) => isBlock).length).toBeGreaterThan(25);
    expect(formulas.length).toBeGreaterThan(150);
  });

  test.each(formulas.map((formula) => [formula.tex, formula] as const))('%s', (_, { tex, isBlock }) => {
    katex.renderToString(tex, { displayMode: isBlock, throwOnError: true, strict: 'error' });
    // What Markdown would take for itself on GitHub: escapes, emphasis, tags; in tables the bar.
    expect(tex).not.toMatch(/\\[^A-Za-z]|(^|[^A-Za-z0-9])_|[*<&`#%~]/);
  });
});

const grades = ['A', 'B', 'C', 'D', 'WITHHELD'] as const satisfies readonly Grade[];

/** The cells of a row, by grade, with the numbers in them. */
function limitsOf(title: string, row: string): Map<Grade, number[]> {
  const found = tableOf(title).find((cells) => cells.get(title) === row);
  if (found === undefined) throw new Error(`no row "${row}"`);
  return new Map(grades.map((grade) => [grade, numbersIn(found.get(grade) ?? '').map(Number)]));
}

/** A little, which rounding does not swallow. */
const step = 1e-6;
const first = (limits: ReadonlyMap<Grade, number[]>, grade: Grade) => limits.get(grade)?.[0] ?? Number.NaN;
const second = (limits: ReadonlyMap<Grade, number[]>, grade: Grade) => limits.get(grade)?.[1] ?? Number.NaN;

describe('limits of the grades, just inside and just outside', () => {
  const churn = 'Churn risk';
  interface Shown {
    readonly low?: number;
    readonly slope?: number;
    readonly logLoss?: number;
    readonly recency?: number;
    readonly cuts?: number;
    readonly won?: number;
  }
  const probability = ({ low = 0.9, slope = 1, logLoss = 0.2, recency = 0.4, cuts = 4, won = 4 }: Shown): Grade =>
    gradeProbability({
      ...{
        cuts,
        fewestCuts,
        horizonDays: 90,
        auc: { value: low, low, high: 1 },
        logLoss,
        calibrationSlope: slope,
        cutsWon: won,
      },
      baselines: new Map([
        ['constant', 0.5],
        ['recency', recency],
        ['the number of orders', 0.4],
      ]),
    }).grade;

  test('lower end of the AUC', () => {
    const limits = limitsOf(churn, "lower end of the AUC's 95 % interval");
    for (const [better, worse] of [
      ['A', 'B'],
      ['B', 'C'],
      ['C', 'D'],
    ] as const) {
      expect(probability({ low: first(limits, better) })).toBe(better);
      expect(probability({ low: first(limits, better) - step })).toBe(worse);
    }
    expect(probability({ low: first(limits, 'D') + step })).toBe('D');
    expect(probability({ low: first(limits, 'WITHHELD') })).toBe('WITHHELD');
  });

  test('calibration slope', () => {
    const limits = limitsOf(churn, 'calibration slope');
    expect(limits.get('B')).toEqual(limits.get('A'));
    const [lowA, highA, lowC, highC] = [
      first(limits, 'A'),
      second(limits, 'A'),
      first(limits, 'C'),
      second(limits, 'C'),
    ];
    for (const slope of [lowA, highA]) expect(probability({ slope })).toBe('A');
    for (const slope of [lowA - step, highA + step, lowC, highC]) expect(probability({ slope })).toBe('C');
    for (const slope of [lowC - step, highC + step, 50, first(limits, 'D')]) expect(probability({ slope })).toBe('D');
    expect(probability({ slope: first(limits, 'WITHHELD') - step })).toBe('WITHHELD');
  });

  test('log loss and days against the constant, and against recency alone', () => {
    expect(probability({ logLoss: 0.5, recency: 0.9 })).toBe('WITHHELD');
    expect(probability({ logLoss: 0.4 - step })).toBe('A');
    expect(probability({ logLoss: 0.4 })).toBe('D');
    expect([probability({ won: 3 }), probability({ won: 2 })]).toEqual(['A', 'WITHHELD']);
  });

  const numbers = 'Expected orders, predicted value';
  const number = ({ saved = 0.5, ratio = 1, recency = 2, won = 4 }): Grade =>
    gradeNumber({
      ...{ subject: 'orders', cuts: 4, fewestCuts, horizonDays: 90, ratio, correlation: 0.5, cutsWon: won },
      rootMeanSquaredError: Math.sqrt(1 - saved),
      baselines: new Map([
        ['constant', 1],
        ['recency', recency],
      ]),
    }).grade;

  test('squared error saved', () => {
    const limits = limitsOf(numbers, 'squared error saved against the mean of all');
    for (const [better, worse] of [
      ['A', 'B'],
      ['B', 'C'],
      ['C', 'D'],
    ] as const) {
      expect(number({ saved: first(limits, better) + step })).toBe(better);
      expect(number({ saved: first(limits, better) - step })).toBe(worse);
    }
    expect(number({ saved: first(limits, 'D') + step })).toBe('D');
    expect(number({ saved: first(limits, 'WITHHELD') })).toBe('WITHHELD');
  });

  test('ratio of the sums', () => {
    const limits = limitsOf(numbers, 'predicted sum over actual sum, or the reverse');
    for (const [index, grade] of grades.slice(0, 4).entries()) {
      const limit = first(limits, grade);
      for (const ratio of [limit - step, 1 / (limit - step)]) expect(number({ ratio })).toBe(grade);
      for (const ratio of [limit + step, 1 / (limit + step)]) expect(number({ ratio })).toBe(grades[index + 1]);
    }
    expect(first(limits, 'WITHHELD')).toBe(first(limits, 'D'));
  });

  test('days, and error against recency alone', () => {
    expect([number({ won: 3 }), number({ won: 2 })]).toEqual(['A', 'WITHHELD']);
    const error = Math.sqrt(0.5);
    expect([number({ recency: error + step }), number({ recency: error })]).toEqual(['A', 'D']);
  });

  test('share by the median date, and dates that are needed for it', () => {
    const limits = limitsOf('Next order', 'share that had ordered by the median date');
    const dated = (shareByMedian: number | null, orders: Grade = 'A', customers = 100): Grade =>
      gradeDate({ orders: { grade: orders, reason: '' }, customers, shareByMedian }).grade;
    const bounds = ['A', 'B', 'C', 'WITHHELD'] as const;
    for (const [index, grade] of bounds.slice(0, 3).entries()) {
      const [low, high] = [first(limits, grade), second(limits, grade)];
      for (const share of [low + step, high - step]) expect(dated(share)).toBe(grade);
      for (const share of [low - step, high + step]) expect(dated(share)).toBe(bounds[index + 1]);
    }
    expectSentence(/Where fewer than (\d+) customers' dates could be tested it is withheld/, [100]);
    expect([dated(0.5, 'A', 99), dated(null, 'A', 0), dated(0.5, 'D', 0)]).toEqual([
      'WITHHELD',
      'WITHHELD',
      'WITHHELD',
    ]);
    expect([dated(0.5, 'B'), dated(0.5, 'WITHHELD')]).toEqual(['B', 'WITHHELD']);
  });

  test('the floor: what is missing with one less of each, and nothing with these', () => {
    const needed = tableOf('Needed').map((row) => Number(row.get('At least')));
    const [buyers = 0, historyDays = 0, returned = 0, notReturned = 0, cuts = 0] = needed;
    const defaults = configSchema.parse({});
    const floor = {
      minBuyers: defaults.minBuyersForPrediction,
      minHistoryDays: defaults.minHistoryDaysForPrediction,
      minEvents: defaults.minEventsForPrediction,
    };
    const enough = { buyers, historyDays, returned, notReturned };
    expect(missingEvidence(enough, floor)).toBeNull();
    for (const [name, value] of Object.entries(enough)) {
      expect(missingEvidence({ ...enough, [name]: value - 1 }, floor), name).not.toBeNull();
    }
    expect([probability({ cuts }), probability({ cuts: cuts - 1 })]).toEqual(['A', 'WITHHELD']);
  });
});

test('the features of the churn model are all there, in their order', () => {
  const features = tableOf('Feature').map((row) => row.get('Feature'));
  expect(features).toEqual(churnFeatures.map(({ name }) => `\`${name}\``));
});

test('the date of the next order lies behind its window where few return, as the page says', () => {
  const { timeOfNoOrder, ...process } = poissonProcess('week', rate(0.1, 'week'));
  const date = (pEver: number) => nextOrder('week', pEver, { ...process, timeOfNoOrder });
  const isBehind = (pEver: number) => (date(pEver).median ?? 0) > (date(pEver).quantileIfReturning(0.9) ?? 0);
  expectSentence(/ordering again is below 0\.5 \/ 0\.9 = ([\d.]+\d)/, [0.5 / 0.9]);
  expect([isBehind(0.555), isBehind(0.557)]).toEqual([true, false]);
});
