import { delimiterName } from './find-table.ts';
import type { ScannedSource } from './scanned-source.ts';
import type { Understanding } from './understanding.ts';

/** What a user should know of how a file was read, as sentences without its name. */
export function sourceWarnings(
  source: Omit<ScannedSource, 'warnings' | 'records' | 'recordColumns' | 'malformed'>,
): string[] {
  const { encoding, delimiter, table, container, understanding, preamble, invalidUtf8Count } = source;
  const warnings: string[] = [...source.containerWarnings];
  if (table === 'text' && encoding !== 'utf-8') warnings.push(`read as ${encoding.toUpperCase()}`);
  if (table === 'text' && delimiter !== ',') warnings.push(`read with ${delimiterName(delimiter)} between the columns`);
  if (container !== 'plain' && source.member !== undefined) warnings.push(`read ${source.member}`);
  if (source.otherMembers.length > 0) warnings.push(`not read: ${someOf(source.otherMembers)}`);
  if (preamble.length > 0) warnings.push(`passed over ${lines(preamble.length)} above the header`);
  if (!source.endsWithNewline) {
    warnings.push('no newline at the end: possibly a partial file, its last amount cut short');
  }
  if (source.lineEnding === 'mixed') warnings.push('several kinds of line endings in one file');
  if (invalidUtf8Count > 0) {
    const count = invalidUtf8Count.toLocaleString('en-US');
    warnings.push(`lines that are not valid UTF-8: ${count}; the file may be in Latin-1 or windows-1252`);
  }
  if (hasOffsets(understanding)) {
    warnings.push(`time stamps became dates in the time zone ${understanding.timezone} (--timezone)`);
  }
  if (source.footerCount > 0) warnings.push(`passed over ${lines(source.footerCount)} below the table`);
  if (understanding.amounts.isMixed) warnings.push('amounts are written in two ways; see: marketing-pipeline profile');
  warnings.push(...understanding.layout.notes.filter((note) => note.startsWith('Warning')));
  // What a platform's export holds beyond the orders is known; what stands beside the four columns of their own is not.
  const isKnown = understanding.match.isPreset && understanding.layout.id !== 'original';
  if (source.ignoredColumns.length > 0 && !isKnown) {
    warnings.push(
      `columns not used: ${someOf(source.ignoredColumns.map((name) => JSON.stringify(name.slice(0, 60))))}`,
    );
  }
  return warnings;
}

function lines(count: number): string {
  return `${count.toLocaleString('en-US')} line${count === 1 ? '' : 's'}`;
}

function someOf(names: readonly string[]): string {
  const rest = names.length - 20;
  return `${names.slice(0, 20).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** By the examples that were kept: a column has such stamps, or it has none. */
function hasOffsets({ dates, layout }: Understanding): boolean {
  const stamps = Object.values(dates.examples)
    .flat()
    .filter((text) => /\d:\d\d/.test(text));
  const isNamed = layout.timeZoneOfDates !== undefined && stamps.length > 0;
  return isNamed || stamps.some((text) => /\d:\d\d\S*\s*([AP]\.?M\.?)?\s*(Z|[+-]\d\d|[A-Z]{3,4})/i.test(text));
}
