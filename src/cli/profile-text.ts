import { delimiterName } from '../ingest/find-table.ts';
import type { SourceProfile } from '../ingest/profile-source.ts';
import { printable } from '../printable.ts';
import { renderTable } from './table.ts';

/** A profile for people: what was understood, the evidence for it, five rows, and what is wrong. */
export function profileText(profile: SourceProfile): string {
  const { source, questions } = profile;
  const sections = [
    `${printable(source.name)}: ${count(source.recordCount)} records in ${count(source.bytes)} bytes`,
    section('FILE', fileLines(profile)),
    section('COLUMNS', columnLines(profile)),
    section('VALUES', valueLines(profile)),
    `FIRST ROWS AS READ\n${rowsTable(profile)}`,
    `PROBLEMS${problemText(profile)}`,
    ...(questions.length === 0
      ? []
      : [
          `QUESTIONS (a run would stop here)\n${questions.map(({ message, remedy }) => questionText(message, remedy)).join('\n')}`,
        ]),
  ];
  return `${sections.join('\n\n')}\n`;
}

type Lines = readonly (readonly [string, string])[];

function section(title: string, lines: Lines): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return [title, ...lines.map(([name, text]) => `  ${`${name}:`.padEnd(width + 2)}${printable(text)}`)].join('\n');
}

function fileLines({ source }: SourceProfile): Lines {
  const { container, compression, member, encoding, encodingEvidence, delimiter, lineEnding } = source;
  const wrapping = compression === 'none' || compression === container ? '' : ` in ${compression}`;
  const lines: (readonly [string, string])[] = [
    ['Container', `${container}${wrapping}${member === undefined ? '' : `, ${member}`}`],
  ];
  if (source.table === 'text') {
    lines.push(
      ['Encoding', `${encoding} (${encodingEvidence})`],
      ['Delimiter', delimiterName(delimiter)],
      ['Line ends', `${lineEnding.toUpperCase()}${source.endsWithNewline ? '' : ', none after the last line'}`],
      ['Header', `line ${source.headerLine}${preambleText(source.preamble)}`],
    );
  }
  lines.push(
    [
      'Records',
      `${count(source.recordCount)}, damaged: ${count(source.malformedCount)}, blank lines: ${count(source.blankCount)}`,
    ],
    ['SHA-256', source.sha256],
  );
  return lines;
}

function preambleText(preamble: readonly string[]): string {
  const [first] = preamble;
  if (first === undefined) return '';
  return `, below ${count(preamble.length)} line${preamble.length === 1 ? '' : 's'} such as ${JSON.stringify(first.slice(0, 60))}`;
}

function columnLines({ source, targets, explanation }: SourceProfile): Lines {
  const { layout } = source.understanding;
  const unused = source.ignoredColumns.map((name) => JSON.stringify(name.slice(0, 40)));
  const rest = unused.length - 12;
  return [
    ['Layout', `${layout.title}, a row is ${grainText(layout.grain)}`],
    ...targets.map(({ target, expression, type, confidence }) => {
      const sure = ` (${type}${confidence === 1 ? '' : `, confidence ${confidence.toFixed(2)}`})`;
      return [target, `${expression === '' ? 'none' : expression}${sure}`] as const;
    }),
    ...(unused.length === 0
      ? []
      : [['Not used', `${unused.slice(0, 12).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`] as const]),
    ...[...new Set([...explanation, ...layout.notes])].map((note) => ['Note', note] as const),
  ];
}

function grainText(grain: string): string {
  if (grain === 'order') return 'an order';
  return grain === 'line' ? 'a line of an order' : 'a line of an order, whose total stands on its first line';
}

function valueLines({ source, dates, amounts, currencies, firstDate, lastDate, soundRecords }: SourceProfile): Lines {
  const named = Object.entries(currencies).map(([currency, records]) => `${currency} (${count(records)} records)`);
  return [
    ['Dates', dates],
    ['Time zone', `${source.understanding.timezone}: time stamps with an offset become dates there`],
    ['Amounts', amounts],
    ['Currency', named.length === 0 ? 'not named in the file' : named.join(', ')],
    ['Sound', `${count(soundRecords)} records${firstDate === undefined ? '' : `, ${firstDate} to ${lastDate}`}`],
  ];
}

function rowsTable({ rows }: SourceProfile): string {
  const names = ['line', 'date', 'customer', 'order', 'amount', 'refund', 'remark'] as const;
  const columns = names.map((name) => ({ name, type: name === 'line' ? ('integer' as const) : ('text' as const) }));
  return renderTable({ columns, rows: rows.map((row) => names.map((name) => row[name])) }).trimEnd();
}

function problemText({ problems }: SourceProfile): string {
  if (problems.length === 0) return ': none found in the rows themselves';
  const lines = problems.map(({ kind, records, examples }) => {
    const shown = examples.map(({ line, detail }) => `    line ${count(line)}: ${printable(detail).slice(0, 160)}`);
    return [`  ${kind}: ${count(records)} record${records === 1 ? '' : 's'}`, ...shown].join('\n');
  });
  return `\n${lines.join('\n')}`;
}

function questionText(message: string, remedy: readonly string[]): string {
  return [`  ${printable(message)}`, ...remedy.map((line) => `    - ${printable(line)}`)].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
