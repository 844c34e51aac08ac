import type { ScanOptions } from '../../src/ingest/scan-source.ts';
import type { SaleRow } from '../support/make-shop.ts';
import type { CleanFile } from './clean-file.ts';
import { csvCell } from './csv-text.ts';

/**
 * What must become of a line. `loaded`: its order, as it was. `reported`: by number, with a reason. `either`: one of the two.
 * `passed`: it is no record. `warned`: its order, or another, because a warning says so.
 */
type Fate = 'loaded' | 'reported' | 'either' | 'passed' | 'warned';

export interface Line {
  /** By column. */
  cells: Record<string, string>;
  /** Columns of this line where they are not the draft's. */
  columns?: readonly Column[];
  /** The clean row that it carries. */
  readonly row?: SaleRow;
  fate: Fate;
  /** Applied to the text of the line, in order. */
  readonly spoilers: ((text: string) => string)[];
}

export interface Column {
  readonly key: string;
  name: string;
}

/** A file under way from clean to damaged. Damages change it one after the other; `render` writes it down. */
export interface Draft {
  readonly clean: CleanFile;
  columns: Column[];
  /** The header is one of them. */
  lines: Line[];
  readonly header: Line;
  delimiter: string;
  /** What stands behind each delimiter. */
  padding: string;
  isQuoted: (key: string) => boolean;
  lineEnd: (at: number) => string;
  /** What becomes of the whole text, and of its bytes. */
  readonly textSteps: ((text: string) => string)[];
  encode: (text: string) => Buffer;
  readonly byteSteps: ((bytes: Buffer) => Buffer)[];
  options: Partial<ScanOptions>;
  /** The file as a whole must be refused with one of these messages; may be read where there are none. */
  readonly refusals: RegExp[];
  /** Each must be among the warnings of a file that is read. */
  readonly warnings: RegExp[];
}

export interface DamagedFile {
  readonly bytes: Buffer;
  readonly options: Partial<ScanOptions>;
  readonly refusals: readonly RegExp[];
  readonly warnings: readonly RegExp[];
  /** Clean rows that must be loaded, with their lines. */
  readonly loaded: ReadonlyMap<number, SaleRow>;
  readonly reported: readonly number[];
  /** Lines of `loaded` that may be reported instead. */
  readonly mayBeReported: ReadonlySet<number>;
  /** Orders that may be loaded with another amount, because a warning says so. */
  readonly warnedOrders: ReadonlySet<string>;
}

export function draftOf(clean: CleanFile): Draft {
  const columns: Column[] = clean.isWide
    ? [
        { key: 'order', name: 'Order ID' },
        { key: 'date', name: 'Date' },
        { key: 'customer', name: 'Customer ID' },
        { key: 'sales', name: 'Sales' },
        { key: 'note', name: 'Note' },
        { key: 'clerk', name: 'Clerk' },
      ]
    : [
        { key: 'index', name: '' },
        { key: 'date', name: 'Date' },
        { key: 'customer', name: 'Customer ID' },
        { key: 'order', name: 'Order ID' },
        { key: 'sales', name: 'Sales' },
      ];
  const header: Line = { cells: {}, fate: 'passed', spoilers: [] };
  const lines = clean.rows.map((row, at): Line => {
    const { date, customer, order, sales } = row;
    const cells = {
      index: String(at),
      date,
      customer,
      order,
      sales,
      note: at % 3 === 0 ? 'gift, wrapped' : '',
      clerk: 'Ann',
    };
    return { cells, row, fate: 'loaded', spoilers: [] };
  });
  return {
    clean,
    columns,
    lines: [header, ...lines],
    header,
    delimiter: ',',
    padding: '',
    isQuoted: () => false,
    lineEnd: () => '\n',
    textSteps: [],
    encode: (text) => Buffer.from(text),
    byteSteps: [],
    options: {},
    refusals: [],
    warnings: [],
  };
}

/** A line of notes, or of anything else that is no row: the text as it stands. */
export function textLine(text: string, fate: Fate): Line {
  return { cells: {}, fate, spoilers: [() => text] };
}

/** The cells of a line as they are written. */
export function writtenCells(draft: Draft, line: Line): string[] {
  const { delimiter, isQuoted } = draft;
  const columns = line.columns ?? draft.columns;
  const isHeader = line === draft.header;
  return columns.map(({ key, name }) => csvCell(isHeader ? name : (line.cells[key] ?? ''), delimiter, isQuoted(key)));
}

export function render(draft: Draft): DamagedFile {
  const { delimiter, padding, lines } = draft;
  const loaded = new Map<number, SaleRow>();
  const reported: number[] = [];
  const mayBeReported = new Set<number>();
  const warnedOrders = new Set<string>();
  let text = '';
  for (const [at, line] of lines.entries()) {
    const number = at + 1;
    if (line.row !== undefined && (line.fate === 'loaded' || line.fate === 'either')) loaded.set(number, line.row);
    if (line.fate === 'either') mayBeReported.add(number);
    if (line.row !== undefined && line.fate === 'warned') warnedOrders.add(line.row.order);
    if (line.fate === 'reported') reported.push(number);
    const plain = writtenCells(draft, line).join(delimiter + padding);
    text += line.spoilers.reduce((spoiled, spoil) => spoil(spoiled), plain) + draft.lineEnd(at);
  }
  const { options, refusals, warnings } = draft;
  const whole = draft.textSteps.reduce((changed, step) => step(changed), text);
  const bytes = draft.byteSteps.reduce((changed, step) => step(changed), draft.encode(whole));
  return { bytes, options, refusals, warnings, loaded, reported, mayBeReported, warnedOrders };
}
