import type {
  CampaignArm,
  CampaignEffect,
  CampaignReadout,
  CampaignReadouts,
  MeasuredDifference,
} from '../api/campaigns/campaign-readout.ts';
import type { Config } from '../config/schema.ts';
import { printable } from '../printable.ts';
import { type Words, wordsOf } from './explain-words.ts';
import { formatter } from './format.ts';
import { type Block, blocksText, type Line } from './text-blocks.ts';
import { wrap } from './wrap.ts';

const WIDEST = 100;
/** Narrower terminals break the lines themselves. */
const NARROWEST = 60;

/** What each launched campaign brought, in words. */
export function campaignsMeasureText(
  readouts: CampaignReadouts,
  config: Pick<Config, 'locale' | 'currency'>,
  terminalWidth: number | undefined,
): string {
  const { asOf, finished, running } = readouts;
  const width = Math.max(NARROWEST, Math.min(WIDEST, terminalWidth ?? WIDEST));
  if (finished.length + running.length === 0) return nothingLaunched(asOf, width);
  const words = wordsOf(formatter({ locale: config.locale, currency: config.currency ?? readouts.currency ?? 'USD' }));
  const parts = [
    ...section(`MEASURED, with orders up to ${asOf}`, finished, words, width),
    ...section('STILL RUNNING', running, words, width),
    ...(finished.some(({ effect }) => effect !== null) || running.some(({ effect }) => effect !== null)
      ? [wrap(NOTE, width).join('\n')]
      : []),
  ];
  return parts.join('\n\n');
}

const NOTE =
  'Everybody who was assigned counts, contacted or not. The verdict is about the share who ordered; money is shown beside it. ' +
  'The intervals of all four looks together hold the truth with 95 %.';

function nothingLaunched(asOf: string, width: number): string {
  return [
    `No campaign was launched before ${asOf}: there is nothing to measure.`,
    ...wrap(
      'Launch a list with: marketing-pipeline campaigns launch. Send it, load the orders that follow with: marketing-pipeline run FILE, and ask again.',
      width,
    ),
  ].join('\n');
}

function section(title: string, readouts: readonly CampaignReadout[], words: Words, width: number): string[] {
  if (readouts.length === 0) return [];
  return [
    title,
    blocksText(
      readouts.map((readout) => blockOf(readout, words)),
      width,
    ),
  ];
}

function blockOf(readout: CampaignReadout, words: Words): Block {
  const { campaignType, launchedOn, launchId, targets, controls, effect, verdictInWords } = readout;
  return {
    title: `${printable(campaignType)}, launched on ${launchedOn} (${printable(launchId)})`,
    lines: [
      ['Verdict', verdictInWords],
      ...earlierLines(readout),
      ['Ordered', `${ordered(targets, 'targets', words)}, ${ordered(controls, 'controls', words)}`],
      ...(effect === null ? [] : effectLines(readout, effect, words)),
      ['Window', windowText(readout, words)],
    ],
  };
}

function earlierLines({ earlierEvidence }: CampaignReadout): Line[] {
  if (earlierEvidence === null) return [];
  return [['Before', `up to ${earlierEvidence.lookDay} there was evidence that ${earlierEvidence.verdict} ordered`]];
}

function ordered({ customers, converters, conversionPercent }: CampaignArm, name: string, words: Words): string {
  if (conversionPercent === null) return `no ${name}`;
  return `${words.count(converters)} of ${words.count(customers)} ${name} (${words.decimal(conversionPercent, 2)} %)`;
}

function effectLines({ targets, controls }: CampaignReadout, effect: CampaignEffect, words: Words): Line[] {
  const { revenue, adjustedRevenue, varianceReductionPercent, incrementalRevenue, intervalLevelPercent } = effect;
  const perCustomer = [targets, controls].map(({ revenuePerCustomer }) => words.money(revenuePerCustomer ?? 0));
  const reduction = `${words.decimal(varianceReductionPercent, 1)} %`;
  const helps = varianceReductionPercent > 0;
  return [
    ['Revenue', `${perCustomer.join(' per target, ')} per control: ${withInterval(revenue, words)}`],
    [
      'Prediction',
      helps
        ? `makes the variance ${reduction} smaller: ${withInterval(adjustedRevenue, words)} per customer with it`
        : 'does not make the variance smaller, so it is not used',
    ],
    [
      'In total',
      `${withInterval(incrementalRevenue, words)} for all ${words.count(targets.customers)} targets, before costs`,
    ],
    [
      'Level',
      `${words.decimal(intervalLevelPercent, intervalLevelPercent > 99.9 ? 4 : 1)} % for the intervals of this look`,
    ],
  ];
}

function withInterval({ value, low, high }: MeasuredDifference, words: Words): string {
  const signed = (amount: number) => (amount > 0 ? `+${words.money(amount)}` : words.money(amount));
  const range = low === null || high === null ? 'no interval yet' : `${signed(low)} to ${signed(high)}`;
  return `${signed(value)} (${range})`;
}

function windowText({ windowDays, lookNumber, lookDay, isFinal, nextLookOn }: CampaignReadout, words: Words): string {
  const days = words.days(windowDays);
  if (isFinal) return `${days}, over on ${lookDay}`;
  if (lookNumber === 0) return `${days}; the first look is on ${nextLookOn}`;
  return `${days}; this is look ${lookNumber} of 4, with orders up to ${lookDay}; the next is on ${nextLookOn}`;
}
