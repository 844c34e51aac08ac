import { csvCell } from './csv-text.ts';
import { orderColumns, orderRows } from './pollock-orders.ts';

/** A record of a polluted file: its text, and the row of the clean table (from 0) that it carries. */
interface FileLine {
  readonly text: string;
  readonly row?: number;
}

/** The clean file, polluted in one place or in one way. */
export interface PollutedFile {
  readonly pollution: string;
  readonly name: string;
  readonly content: string;
  /** The physical line, from 1, on which each row of the clean table begins; 0 for a row that is not in the file. */
  readonly lineOfRow: readonly number[];
}

/** How a cell is written. */
type WriteCell = (text: string) => string;

const usual: WriteCell = (text) => csvCell(text, ',');
const positions = orderColumns.map((_, at) => at);
const gaps = positions.slice(1);
const table: readonly (readonly string[])[] = [orderColumns, ...orderRows];

/**
 * All polluted files, after the idea of the Pollock benchmark (VLDB 2023): a clean table with one thing wrong at a time. Of
 * each line of the file, the header included, each delimiter is removed, and before each cell a delimiter or a quote added.
 */
export function* pollutedFiles(): Generator<PollutedFile, void, void> {
  for (const at of table.keys()) {
    for (const gap of gaps)
      yield onLine('delimiter removed', `line ${at}, gap ${gap}`, at, (cells) => joined(cells, gap));
  }
  for (const at of table.keys()) {
    for (const column of positions) {
      yield onLine('delimiter added', `line ${at}, column ${column}`, at, (cells) => prefixed(cells, column, ','));
    }
  }
  for (const at of table.keys()) {
    for (const column of positions) {
      yield onLine('stray quote added', `line ${at}, column ${column}`, at, (cells) => quoted(cells, column, at));
    }
  }
  for (const at of table.keys()) {
    yield onLine('space as delimiter in a row', `line ${at}`, at, (cells) => cells.join(' '));
  }
  yield* wholeFiles();
}

/**
 * A delimiter that moved to another place of its line: two things wrong at a time, so that the field count stays right and the
 * cells between slip by one. Only what a cell holds can show that.
 */
export function* movedDelimiters(): Generator<PollutedFile, void, void> {
  for (let at = 1; at < table.length; at += 20) {
    for (const gap of gaps) {
      for (const column of positions) {
        if (column === gap || column === gap - 1) continue;
        yield onLine('delimiter moved', `line ${at}, gap ${gap} to ${column}`, at, (cells) =>
          cells.map((cell, n) => (n === gap ? '' : n === 0 ? '' : ',') + (n === column ? ',' : '') + cell).join(''),
        );
      }
    }
  }
}

function* wholeFiles(): Generator<PollutedFile, void, void> {
  for (const delimiter of [';', '\t', ', ', ' ']) {
    const write: WriteCell = (text) => csvCell(text, delimiter.length > 1 ? ',' : delimiter);
    yield file('field delimiter', JSON.stringify(delimiter), written(write, delimiter));
  }
  yield file(
    'quote',
    "'",
    written((text) => (usual(text) === text ? text : `'${text.replaceAll("'", "''")}'`), ','),
  );
  yield file(
    'quote',
    "' around all",
    written((text) => `'${text.replaceAll("'", "''")}'`, ','),
  );
  yield file('escape', 'backslash', written(escapedBy('\\'), ','));
  yield file('escape', 'none', written(escapedBy(''), ','));
  for (const [name, end] of Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' })) {
    yield file('line end', name, written(usual, ','), end);
  }
  yield { pollution: 'empty file', name: '0 bytes', content: '', lineOfRow: orderRows.map(() => 0) };
  const lines = written(usual, ',');
  const clean = file('final newline', 'one', lines);
  yield { ...clean, name: 'none', content: clean.content.slice(0, -1) };
  yield { ...clean, name: 'two', content: `${clean.content}\n` };
  yield file('no header', 'from the first row on', lines.slice(1));
  yield file('header only', 'no row', lines.slice(0, 1));
  yield file('one row', 'the first', lines.slice(0, 2));
  yield* headers(lines);
  yield* secondTables(lines);
}

function* headers(lines: readonly FileLine[]): Generator<PollutedFile, void, void> {
  const line = (...cells: string[]): FileLine => ({ text: cells.map(usual).join(',') });
  const groups = line('Order', 'Order', 'Buyer', 'Money', 'Item', 'Item', 'Ship to', 'Order', 'Order');
  const units = line('number', 'YYYY-MM-DD', 'number', 'USD', 'name', 'pieces', 'ISO 3166', 'state', 'text');
  const types = line('int', 'date', 'varchar', 'decimal', 'varchar', 'int', 'varchar', 'varchar', 'varchar');
  const [header, ...rows] = lines;
  const names = header === undefined ? [] : [header];
  yield file('header of several rows', 'groups above', [groups, ...lines]);
  yield file('header of several rows', 'units below', [...names, units, ...rows]);
  yield file('header of several rows', 'groups above, units below', [groups, ...names, units, ...rows]);
  yield file('header of several rows', 'units and types below', [...names, units, types, ...rows]);
  yield file('header of several rows', 'the names twice', [...names, ...lines]);
  for (const length of [1, 2, 3, 5, 10, 30, 59, 80]) {
    const notes = Array.from({ length }, (_, n) => ({
      text: n % 3 === 2 ? '' : n % 3 === 1 ? `Period,2024-01-01,2024-12-31,part ${n}` : `Report ${n} of the shop`,
    }));
    yield file('preamble', `${length} lines`, [...notes, ...lines]);
  }
}

function* secondTables(lines: readonly FileLine[]): Generator<PollutedFile, void, void> {
  const second = (names: readonly string[], cells: (row: readonly string[]) => readonly string[]): FileLine[] =>
    [names, ...orderRows.slice(0, 10).map(cells)].map((record) => ({ text: record.map(usual).join(',') }));
  const at = (row: readonly string[], column: number): string => row[column] ?? '';
  const narrow = second(['Country', 'Orders', 'Sales'], (row) => [at(row, 6), at(row, 5), at(row, 3)]);
  const wide = second([...orderColumns, 'Refund', 'Agent'], (row) => [...row, '0.00', 'Ann']);
  const mixed = [2, 1, 0, 5, 4, 3, 6, 7, 8];
  const same = second(
    mixed.map((column) => orderColumns[column] ?? ''),
    (row) => mixed.map((column) => at(row, column)),
  );
  const returns = second(
    ['Return ID', 'Return Date', 'Clerk ID', 'Fee', 'Product', 'Quantity', 'Country', 'Status', 'Note'],
    (row) => [`9${at(row, 0)}`, at(row, 1), '7', '4.90', ...row.slice(4)],
  );
  for (const [gapName, gap] of Object.entries({ 'one below the other': [], 'a blank line between': [{ text: '' }] })) {
    yield file('two tables', `fewer columns, ${gapName}`, [...lines, ...gap, ...narrow]);
    yield file('two tables', `more columns, ${gapName}`, [...lines, ...gap, ...wide]);
    yield file('two tables', `the same columns in another order, ${gapName}`, [...lines, ...gap, ...same]);
    yield file('two tables', `as many other columns, ${gapName}`, [...lines, ...gap, ...returns]);
  }
  yield file('two tables', 'the smaller one on top', [...narrow, ...lines]);
}

/** The clean file with one line written otherwise. */
function onLine(
  pollution: string,
  name: string,
  victim: number,
  pollute: (cells: readonly string[]) => string,
): PollutedFile {
  const lines = table.map((record, at) => {
    const cells = record.map(usual);
    return { text: at === victim ? pollute(cells) : cells.join(','), ...(at === 0 ? {} : { row: at - 1 }) };
  });
  return file(pollution, name, lines);
}

function written(write: WriteCell, delimiter: string): FileLine[] {
  return table.map((record, at) => ({
    text: record.map(write).join(delimiter),
    ...(at === 0 ? {} : { row: at - 1 }),
  }));
}

function file(pollution: string, name: string, lines: readonly FileLine[], lineEnd = '\n'): PollutedFile {
  const lineOfRow = orderRows.map(() => 0);
  let physical = 1;
  for (const { text, row } of lines) {
    if (row !== undefined) lineOfRow[row] = physical;
    physical += text.split('\n').length;
  }
  return { pollution, name, content: lines.map(({ text }) => text + lineEnd).join(''), lineOfRow };
}

function escapedBy(sign: string): WriteCell {
  return (text) => (usual(text) === text ? text : `"${text.replaceAll('"', `${sign}"`)}"`);
}

function joined(cells: readonly string[], gap: number): string {
  return `${cells.slice(0, gap).join(',')}${cells.slice(gap).join(',')}`;
}

function prefixed(cells: readonly string[], column: number, prefix: string): string {
  return cells.map((cell, at) => (at === column ? `${prefix}${cell}` : cell)).join(',');
}

/** A quote before the cell, in its middle, or behind it, by turns. */
function quoted(cells: readonly string[], column: number, turn: number): string {
  const cell = cells[column] ?? '';
  const at = [0, Math.ceil(cell.length / 2), cell.length][turn % 3] ?? 0;
  return cells.with(column, `${cell.slice(0, at)}"${cell.slice(at)}`).join(',');
}
