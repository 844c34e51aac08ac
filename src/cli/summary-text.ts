import type { Config } from '../config/schema.ts';
import type { Layer } from '../engines/layer.ts';
import { LAYERS } from '../engines/layer.ts';
import type { RunSummary } from '../run/summary.ts';
import { forecastSummaryText } from './forecast-text.ts';
import { type Formatter, formatter, seconds } from './format.ts';
import { insightText } from './insight-text.ts';
import { predictionText } from './prediction-text.ts';

type Lines = readonly (readonly [string, string])[];

/** A run's figures for people: the text report, and what `run` prints at its end. */
export function summaryText(summary: RunSummary, config: Pick<Config, 'locale' | 'currency'>): string {
  const words = formatter({ locale: config.locale, currency: config.currency ?? summary.currency ?? 'USD' });
  const blocks = LAYERS.map((layer) => layerText(layer, summary, words));
  const { total, passed, warned, failed } = summary.quality;
  return [
    ...blocks,
    predictionText(summary.layers.business.predictions, words),
    forecastSummaryText(summary.forecast, words),
    `QUALITY: ${words.count(passed)} of ${words.count(total)} checks passed, ${warned} warned, ${failed} failed`,
    ...insightText(summary, words),
  ].join('\n\n');
}

function layerText(layer: Layer, { layers }: RunSummary, words: Formatter): string {
  const { status, durationSeconds } = layers[layer];
  const state = status === 'success' ? `SUCCESS (${seconds(durationSeconds)})` : 'AS PUBLISHED';
  const lines = {
    staging: () => stagingLines(layers.staging, words),
    warehouse: () => warehouseLines(layers, words),
    business: () => businessLines(layers.business, words),
  }[layer]();
  const widest = Math.max(...lines.map(([name]) => name.length));
  return [
    `${layer.toUpperCase()}: ${state}`,
    ...lines.map(([name, text]) => `  ${`${name}:`.padEnd(widest + 2)}${text}`),
  ].join('\n');
}

function stagingLines(figures: RunSummary['layers']['staging'], { count, money }: Formatter): Lines {
  const lines: (readonly [string, string])[] = [
    ['Raw records', count(figures.rawRecords)],
    ['Clean records', count(figures.cleanRecords)],
    ['Rejected records', `${count(figures.rejectedRecords)}${listed(figures.rejectedByReason, count)}`],
  ];
  if (figures.guestRecords > 0) {
    lines.push(['Of them guests', `${count(figures.guestRecords)}, ${money(figures.guestAmount)} (--guests separate)`]);
  }
  if (figures.setAsideRecords > 0) {
    lines.push(['Set aside', `${count(figures.setAsideRecords)}${listed(figures.setAsideByKind, count)}`]);
  }
  if (figures.changedOrders > 0) lines.push(['Changed orders', `${count(figures.changedOrders)} (stg_order_changes)`]);
  if (figures.lateRecords > 0) lines.push(['Late records', count(figures.lateRecords)]);
  return lines;
}

function warehouseLines({ warehouse, business }: RunSummary['layers'], { count, money, percent }: Formatter): Lines {
  const perCustomer = Object.entries(business.ordersPerCustomer)
    .map(([orders, customers]) => `${orders}: ${count(customers)}`)
    .join(', ');
  const oneOrder = business.ordersPerCustomer['1'] ?? 0;
  const share = warehouse.customers === 0 ? 0 : oneOrder / warehouse.customers;
  return [
    ['Unique customers', count(warehouse.customers)],
    ['Orders', count(warehouse.orders)],
    ['Returns', count(warehouse.returns)],
    ['Total revenue', money(warehouse.revenue)],
    ['One-order customers', `${count(oneOrder)} (${percent(share)})`],
    ['Orders per customer', perCustomer],
  ];
}

function businessLines(figures: RunSummary['layers']['business'], { count }: Formatter): Lines {
  return [
    ['Months', count(figures.months)],
    ['Cohort cells', count(figures.cohortCells)],
    ['Segments', plain(figures.segments, count)],
    ['Campaign targets', `${count(figures.campaignTargets)}${listed(figures.campaigns, count)}`],
    ['Business insights', count(figures.insights)],
  ];
}

function plain(counts: Readonly<Record<string, number>>, count: (value: number) => string): string {
  return Object.entries(counts)
    .map(([name, number]) => `${name} ${count(number)}`)
    .join(', ');
}

function listed(counts: Readonly<Record<string, number>>, count: (value: number) => string): string {
  const text = plain(counts, count);
  return text === '' ? '' : ` (${text})`;
}
