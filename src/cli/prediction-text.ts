import { printable } from '../printable.ts';
import type { ExpectedSum, PredictionFigures } from '../run/prediction-figures.ts';
import type { Formatter } from './format.ts';
import { blocksText } from './text-blocks.ts';

const WIDTH = 100;

const names: Readonly<Record<string, string>> = {
  expected_orders: 'Expected orders',
  predicted_value: 'Expected revenue',
  churn_risk: 'Churn risk',
  next_order: 'Next order',
};

/** What is predicted, how sure it is and how far it can be trusted; or why nothing is. */
export function predictionText(figures: PredictionFigures, words: Formatter): string {
  const { grades, purchaseModel } = figures;
  const title = 'PREDICTIONS for the next 365 days, 80 % intervals';
  const reasons = new Set(grades.map(({ grade, reason }) => `${grade} ${reason}`));
  const [first] = grades;
  if (reasons.size === 1 && first?.grade === 'WITHHELD') {
    return blocksText([{ title: 'PREDICTIONS', lines: [['Withheld', printable(first.reason)]] }], WIDTH);
  }
  const lines = Object.entries(names).flatMap(([score, name]): [string, string][] => {
    const graded = grades.find((one) => one.score === score);
    if (graded === undefined) return [];
    if (graded.grade === 'WITHHELD') return [[name, `withheld: ${graded.reason}`]];
    return [[name, [sumText(score, figures, words), `grade ${graded.grade}: ${graded.reason}`].join('')]];
  });
  if (purchaseModel !== undefined) lines.push(['Purchase model', `${purchaseModel.name}: ${purchaseModel.reason}`]);
  return blocksText([{ title, lines: lines.map(([name, text]) => [name, printable(text)]) }], WIDTH);
}

function sumText(score: string, figures: PredictionFigures, { count, money }: Formatter): string {
  const { expectedOrders: orders, expectedRevenue: revenue, churnHorizonDays } = figures;
  if (score === 'expected_orders' && orders !== undefined) return `${between(orders, count)}, `;
  if (score === 'predicted_value' && revenue !== undefined) return `${between(revenue, money)}, `;
  return score === 'churn_risk' && churnHorizonDays !== undefined ? `no order within ${churnHorizonDays} days, ` : '';
}

function between({ expected, low, high }: ExpectedSum, format: (value: number) => string): string {
  return `${format(expected)} (${format(low)} to ${format(high)})`;
}
