import type { CustomerExplanation } from '../api/explain/customer-explanation.ts';
import type { Outlook } from '../api/explain/outlook.ts';
import { driverText } from './explain-driver-words.ts';
import { gradeText, type Words } from './explain-words.ts';
import type { Line } from './text-blocks.ts';

type Missing = (outlook: Outlook<unknown>) => string;

/** Says why nothing is foreseen; the same reason only once. */
export function missingOnce(): Missing {
  const said = new Set<string | null>();
  return ({ reason, grade }) => {
    const what = reason === grade.reason ? 'withheld' : 'not predicted';
    if (said.has(reason)) return `${what} for the same reason`;
    said.add(reason);
    return `${what}: ${reason}`;
  };
}

export function valueLines({ profile, value, orders }: CustomerExplanation, words: Words, missing: Missing): Line[] {
  const { money, few, chance, count } = words;
  const { historicValue } = value;
  const basis = historicValue === profile.revenue ? '' : `, the margin of ${money(profile.revenue)}`;
  const lines: Line[] = [['So far', `${money(historicValue)}${basis}`]];
  if (value.expected === null) lines.push(['Next 365 days', missing(value)]);
  else {
    const { predictedValue, low, high, lifetimeValue, residualValue } = value.expected;
    const interval = low === null || high === null ? '' : `; 80 % interval ${money(low)} to ${money(high)}`;
    lines.push(['Next 365 days', `${money(predictedValue)} expected${interval}`]);
    lines.push(['Lifetime value', `${money(lifetimeValue)}, so far and next 365 days`]);
    if (residualValue !== null)
      lines.push(['Residual value', `${money(residualValue)}, all orders to come, discounted`]);
    lines.push(['Value grade', gradeText(value.grade)]);
  }
  if (orders.expected === null) return [...lines, ['Orders to come', missing(orders)]];
  const { orders: expected, low, high, probabilityAlive, probabilityOfNeverReturning } = orders.expected;
  return [
    ...lines,
    ['Orders to come', `${few(expected)} in 365 days; 80 % interval ${count(low)} to ${count(high)}`],
    [
      'Still a customer',
      `${chance(probabilityAlive)} likely; ${chance(probabilityOfNeverReturning)} likely never to order again`,
    ],
    ['Orders grade', gradeText(orders.grade)],
  ];
}

export function riskLines({ churn }: CustomerExplanation, words: Words, missing: Missing): Line[] {
  const { expected, grade } = churn;
  if (expected === null) return [['Risk of leaving', missing(churn)]];
  const { horizonDays, score, percentile, drivers, habits } = expected;
  const { chance, days } = words;
  const isAverage = drivers.length === 0;
  return [
    ['Risk of leaving', `${chance(score / 100)} likely not to order within ${days(horizonDays)}`],
    ['Compared', rankText(percentile, words)],
    [
      'Why',
      isAverage
        ? 'nothing sets this customer apart from an average one'
        : 'against an average customer, strongest first',
    ],
    ...drivers.map((driver): Line => ['', driverText(driver, habits, words)]),
    ['Grade', gradeText(grade)],
  ];
}

function rankText(percentile: number, { chance }: Words): string {
  if (percentile === 0) return 'no customer has a lower risk';
  if (percentile === 100) return 'no customer has a higher risk';
  if (percentile < 1) return 'fewer than 1 % of the customers have a lower risk';
  return `higher than the risk of ${chance(percentile / 100)} of the customers`;
}

export function nextOrderLines({ asOf, nextOrder }: CustomerExplanation, { days }: Words, missing: Missing): Line[] {
  const { expected, grade } = nextOrder;
  if (expected === null) return [['Date', missing(nextOrder)]];
  const { date, from, until } = expected;
  const window = until === null ? `from ${from} on, with no end in sight` : `${from} to ${until}`;
  return [
    ['Date', `${date}, in ${days(daysBetween(asOf, date))}: as likely as not there is an order by then`],
    ['80 % window', `${window}, should there be one`],
    ['Grade', gradeText(grade)],
  ];
}

function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
