import type { SalesForecast } from '../api/sales-forecast.ts';
import { printable } from '../printable.ts';
import type { ForecastFigures, ForecastMonth } from '../run/forecast-figures.ts';
import type { ExpectedSum } from '../run/prediction-figures.ts';
import type { Formatter } from './format.ts';
import { renderTable } from './table.ts';
import { blocksText, type Line } from './text-blocks.ts';

const WIDTH = 100;

/** Months that a summary shows. */
const summaryMonths = 3;

const names: Readonly<Record<string, string>> = { orders: 'Orders', revenue: 'Revenue' };

function between({ expected, low, high }: ExpectedSum, format: (value: number) => string): string {
  return `${format(expected)} (${format(low)} to ${format(high)})`;
}

/** Amounts without cents: a forecast has none. */
function wholeMoney({ money }: Formatter): (value: number) => string {
  return (value) => money(Math.round(value)).replace(/([.,]00)(?=\D*$)/, '');
}

function verdictLines({ grades }: ForecastFigures): Line[] {
  const [first] = grades;
  if (first?.verdict === 'withheld') return [['Withheld', printable(first.reason)]];
  return grades.map(({ measure, reason }): Line => [names[measure] ?? measure, printable(reason)]);
}

function methodLines({ grades }: ForecastFigures): Line[] {
  const methods = new Map(grades.map(({ measure, method }) => [measure, method ?? '']));
  const [orders, revenue] = [methods.get('orders') ?? '', methods.get('revenue') ?? ''];
  return orders === revenue
    ? [['Method', orders]]
    : [
        ['Method, orders', orders],
        ['Method, revenue', revenue],
      ];
}

function monthLine({ month, isCurrent, orders, revenue }: ForecastMonth, words: Formatter): Line {
  const amounts = `${between(orders, words.count)} orders, ${between(revenue, wholeMoney(words))}`;
  return [month, isCurrent ? `${amounts}, the whole month` : amounts];
}

function yearLines({ nextTwelveMonths: year }: ForecastFigures, words: Formatter): Line[] {
  if (year === undefined) return [];
  const amounts = `${between(year.orders, words.count)} orders, ${between(year.revenue, wholeMoney(words))}`;
  return [['12 months', `${amounts}, ${year.firstMonth} to ${year.lastMonth}`]];
}

/** The next months and the year, and how far they can be trusted; or why nothing is foreseen. */
export function forecastSummaryText(figures: ForecastFigures, words: Formatter): string {
  const { months } = figures;
  const title = months.length === 0 ? 'FORECAST' : 'FORECAST by month, old and new customers, 80 % intervals';
  const next = months.slice(0, summaryMonths).map((month) => monthLine(month, words));
  return blocksText([{ title, lines: [...next, ...yearLines(figures, words), ...verdictLines(figures)] }], WIDTH);
}

/** All months as a table, then the year, the verdicts and what the purchase model says. */
export function forecastText(forecast: SalesForecast, words: Formatter, width = WIDTH): string {
  const { asOf, snapshotId, months, purchaseModel } = forecast;
  const headline = `Forecast as of ${asOf}, snapshot ${snapshotId}`;
  const wide = Math.min(width, WIDTH);
  if (months.length === 0) {
    return `${headline}\n\n${blocksText([{ title: 'FORECAST', lines: verdictLines(forecast) }], wide)}`;
  }
  const money = wholeMoney(words);
  const part = (value: number | null, format: (one: number) => string) => (value === null ? '' : format(value));
  const range = ({ low, high }: ExpectedSum, format: (one: number) => string) => `${format(low)}–${format(high)}`;
  const columns = ['month', 'orders', '80 %', 'existing', 'new', 'revenue', '80 %'];
  const table = renderTable(
    {
      columns: columns.map((name) => ({ name, type: name === 'month' ? 'text' : 'integer' })),
      rows: months.map(({ month, isCurrent, orders, revenue }) => [
        isCurrent ? `${month} *` : month,
        ...[words.count(orders.expected), range(orders, words.count)],
        ...[part(orders.fromExisting, words.count), part(orders.fromNew, words.count)],
        ...[money(revenue.expected), range(revenue, money)],
      ]),
    },
    width,
  ).trimEnd();
  const lines = [
    ...yearLines(forecast, words),
    ...methodLines(forecast),
    ...verdictLines(forecast),
    ...modelLines(purchaseModel, words),
  ];
  return [headline, `${table}${currentNote(months, words)}`, blocksText([{ title: 'FORECAST', lines }], wide)].join(
    '\n\n',
  );
}

function currentNote([first]: readonly ForecastMonth[], words: Formatter): string {
  if (first?.isCurrent !== true) return '';
  const soFar = `${words.count(first.ordersSoFar ?? 0)} orders, ${words.money(first.revenueSoFar ?? 0)}`;
  return `\n* the whole month, foreseen from the months before it; so far: ${soFar}`;
}

function modelLines({ orders, revenue }: SalesForecast['purchaseModel'], words: Formatter): Line[] {
  const amounts = [
    orders === null ? [] : [`${between(orders, words.count)} purchase days`],
    revenue === null ? [] : [between(revenue, wholeMoney(words))],
  ].flat();
  if (amounts.length === 0) return [];
  return [['Purchase model', `${amounts.join(', ')} of today's customers in the next 365 days, for comparison`]];
}
