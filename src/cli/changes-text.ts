import type { Config } from '../config/schema.ts';
import { printable } from '../printable.ts';
import type { Cause, CausedChange, PlannedChanges } from '../run/changes.ts';
import { formatter } from './format.ts';
import { movesTable } from './moves-text.ts';

const NAMES: Readonly<Record<Cause, string>> = {
  code: 'code (program or models)',
  config: 'config (settings)',
  data: 'data (orders, and how files are read)',
};

/** What a run would change, for people. */
export function changesText(
  changes: PlannedChanges,
  { locale }: Pick<Config, 'locale'>,
  width: number | undefined,
): string {
  const words = formatter({ locale, currency: 'USD' });
  const { changed, customers, moves, why, settings, notes, publishedSnapshotId, publishedAsOf, asOf } = changes;
  const share = customers === 0 ? 0 : changed / customers;
  const dates = publishedAsOf === asOf ? `as of ${asOf}` : `as of ${asOf} instead of ${publishedAsOf}`;
  const blocks = [
    `A run would move ${words.count(changed)} of ${words.count(customers)} customers to another segment than in ${publishedSnapshotId} (${words.percent(share)}), ${dates}. Nothing has been published.`,
  ];
  if (changed > 0) blocks.push(movesTable(moves, words, width));
  const widest = Math.max(...why.map(({ causes }) => nameOf(causes).length));
  const line = (cause: CausedChange) => {
    const [largest] = cause.moves.toSorted((a, b) => b.customers - a.customers);
    const most =
      largest === undefined
        ? ''
        : `, most of them ${largest.from} to ${largest.to} (${words.count(largest.customers)})`;
    return `  ${`${nameOf(cause.causes)}:`.padEnd(widest + 2)}${words.count(cause.customers)}${most}`;
  };
  blocks.push(`WHY, one after the other\n${why.map(line).join('\n')}`);
  if (settings.length > 0) {
    const lines = settings.map(({ key, before, after }) => `  ${key}: ${shown(before)} to ${shown(after)}`);
    blocks.push(`SETTINGS that differ\n${lines.join('\n')}`);
  }
  if (notes.length > 0) blocks.push(notes.map((note) => `note: ${printable(note)}`).join('\n'));
  return blocks.join('\n\n');
}

function nameOf(causes: readonly Cause[]): string {
  return causes.map((cause) => NAMES[cause]).join(' and ');
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value));
}
