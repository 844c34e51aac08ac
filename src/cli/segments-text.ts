import type { SegmentProfile, SegmentReport } from '../api/segments/segment-report.ts';
import type { Config } from '../config/schema.ts';
import { type Formatter, formatter } from './format.ts';
import { movesTable } from './moves-text.ts';
import { renderTable } from './table.ts';

/** The segments for people. */
export function segmentsText(
  report: SegmentReport,
  config: Pick<Config, 'locale' | 'currency'>,
  width: number | undefined,
): string {
  const words = formatter({ locale: config.locale, currency: config.currency ?? report.currency ?? 'USD' });
  const { five, rfm, lastMonth, sinceLastRun, asOf, snapshotId } = report;
  const blocks = [
    `Segments as of ${asOf}, snapshot ${snapshotId}`,
    `THE FIVE SEGMENTS\n${profileTable(five, words, width)}`,
    `THE NAMED SEGMENTS of recency, frequency and revenue\n${profileTable(rfm, words, width)}`,
  ];
  if (lastMonth !== null) {
    blocks.push(`MOVES in the month to ${lastMonth.monthEnd}\n${movesTable(lastMonth.moves, words, width)}`);
  }
  if (sinceLastRun === null) {
    blocks.push('MOVES since the run before: none to compare with; nothing had been published, or it was not recorded');
  } else {
    const { moves, previousRunId } = sinceLastRun;
    const moved = moves.filter(({ from, to }) => from !== to).reduce((sum, { customers }) => sum + customers, 0);
    const title = `MOVES since run ${previousRunId}: ${words.count(moved)} customers`;
    blocks.push(moved === 0 ? title : `${title}\n${movesTable(moves, words, width)}`);
  }
  return blocks.join('\n\n');
}

function profileTable(profiles: readonly SegmentProfile[], words: Formatter, width: number | undefined): string {
  const known = (value: number | null, show: (value: number) => string) => (value === null ? '-' : show(value));
  const percent = (value: number) => `${value.toFixed(1)} %`;
  const withNext = profiles.some(({ typicalNextSegment }) => typicalNextSegment !== null);
  const columns = ['customers', 'of base', 'of revenue', 'avg value', 'avg risk', 'AOV', 'days between', 'stable'];
  return renderTable(
    {
      columns: [
        { name: 'segment', type: 'text' },
        ...columns.map((name) => ({ name, type: 'integer' as const })),
        ...(withNext ? [{ name: 'goes to', type: 'text' as const }] : []),
      ],
      rows: profiles.map((one) => [
        one.segment,
        words.count(one.customers),
        percent(one.shareOfBase),
        known(one.shareOfRevenue, percent),
        known(one.avgLifetimeValue, words.money),
        known(one.avgChurnRisk, (value) => value.toFixed(1)),
        known(one.avgOrderValue, words.money),
        known(one.medianDaysBetweenOrders, (value) => value.toFixed(0)),
        known(one.bootstrapStability, (value) => `${(100 * value).toFixed(1)} %`),
        ...(withNext
          ? [
              one.typicalNextSegment === null
                ? '-'
                : `${one.typicalNextSegment} (${(one.typicalNextShare ?? 0).toFixed(0)} %)`,
            ]
          : []),
      ]),
    },
    width,
  ).trimEnd();
}
