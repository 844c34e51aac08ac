import { InputError, UsageError } from '../errors.ts';
import { type DeclaredTargets, headerScore, matchHeader } from './mapping/match-header.ts';
import { recordCells } from './record-cells.ts';
import { rfc4180 } from './record-scanner.ts';

/** What may stand between fields, the usual one first. */
export const DELIMITERS = [',', ';', '\t', '|', '^', '~', ':'] as const;

/** Where the table of a text file begins, and what stands between its columns. */
export interface TextTable {
  readonly delimiter: string;
  /** Physical line of the header, from 1. */
  readonly headerLine: number;
  /** The lines above it, notes of the program that wrote the file. */
  readonly preamble: readonly string[];
  /** Lines without content above it. */
  readonly blankCount: number;
}

/** How far down a header is looked for. */
const LINES_LOOKED_AT = 60;

/** How messages call a delimiter. */
export function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
}

/**
 * Finds the header below any notes: the first line that, cut at one of the delimiters, names all that is needed; else
 * the line that looks most like a header of orders; else the first line that is not blank, cut where it has most columns.
 * Only a header decides, never the rows, so that a file cannot be read in two ways. A line `sep=;` decides the delimiter.
 */
export function findTable(head: string, declared: string | undefined, map: DeclaredTargets | undefined): TextTable {
  const lines = logicalLines(head);
  const separator = /^"?sep=(.)"?$/i.exec(lines[0]?.text.trim() === 'sep=' ? 'sep=\t' : (lines[0]?.text ?? ''))?.[1];
  const candidates = separator === undefined ? lines : lines.slice(1);
  const delimiters = declared !== undefined ? [declared] : separator !== undefined ? [separator] : DELIMITERS;
  const table = (line: Line, delimiter: string): TextTable => {
    const above = lines.filter(({ number }) => number < line.number);
    const preamble = above.filter(({ text }) => !isBlank(text, delimiter)).map(({ text }) => text);
    return { delimiter, headerLine: line.number, preamble, blankCount: above.length - preamble.length };
  };
  let best: { score: number; line: Line; delimiter: string } | undefined;
  for (const line of candidates) {
    for (const delimiter of delimiters) {
      if (!line.text.includes(delimiter)) continue;
      const cells = recordCells(line.text, { ...rfc4180, delimiter });
      const score = scoreOf(cells, map);
      if (score > (best?.score ?? 0)) best = { score, line, delimiter };
    }
    if ((best?.score ?? 0) >= 1) break;
  }
  if (best !== undefined) return table(best.line, best.delimiter);
  const first = candidates.find(({ text }) => text.trim() !== '');
  return first === undefined
    ? { delimiter: declared ?? rfc4180.delimiter, headerLine: 1, preamble: [], blankCount: 0 }
    : table(first, mostColumns(first.text, delimiters));
}

/** 1 and more: a header with all that is needed. Below 1: like a header. 0: none. */
function scoreOf(cells: readonly string[], map: DeclaredTargets | undefined): number {
  const likeness = headerScore(cells);
  if (likeness === 0 && map === undefined) return 0;
  try {
    matchHeader(cells, map);
    return 1 + likeness + cells.length / 1e6;
  } catch (error) {
    if (error instanceof InputError || error instanceof UsageError) return Math.min(likeness, 0.999);
    throw error;
  }
}

function mostColumns(line: string, delimiters: readonly string[]): string {
  const columns = delimiters.map((delimiter) => recordCells(line, { ...rfc4180, delimiter }).length);
  const most = Math.max(...columns);
  return (most === 1 ? undefined : delimiters[columns.indexOf(most)]) ?? delimiters[0] ?? rfc4180.delimiter;
}

/** As the scanner has it: nothing but delimiters, spaces and tabs. */
function isBlank(text: string, delimiter: string): boolean {
  return text.replaceAll(delimiter, '').trim() === '';
}

interface Line {
  /** From 1, of its first physical line. */
  readonly number: number;
  readonly text: string;
}

/** The first lines; one with an open quote goes on in the next ones, if they close it within five lines. */
function logicalLines(head: string): Line[] {
  const physical = head.split(/\r\n|\n|\r/, LINES_LOOKED_AT * 2);
  const lines: Line[] = [];
  for (let at = 0; at < physical.length && lines.length < LINES_LOOKED_AT; ) {
    const joined = joinQuoted(physical.slice(at, at + 6));
    lines.push({ number: at + 1, text: joined.join('\n') });
    at += joined.length;
  }
  return lines;
}

function joinQuoted(lines: readonly string[]): readonly string[] {
  for (let count = 1; count <= lines.length; count++) {
    const joined = lines.slice(0, count);
    if (!hasOpenQuote(joined.join(''))) return joined;
  }
  return lines.slice(0, 1);
}

function hasOpenQuote(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}
