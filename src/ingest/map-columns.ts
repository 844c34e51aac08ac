import { nearest } from '../did-you-mean.ts';
import { InputError } from '../errors.ts';

/** Positions, from 0, of the columns that the pipeline uses. */
export interface ColumnMapping {
  readonly rowIndex?: number;
  readonly date: number;
  readonly customerId: number;
  readonly orderId: number;
  readonly sales: number;
}

/** Names of a required column, the preferred one first. */
interface RequiredColumn {
  readonly target: 'date' | 'customerId' | 'orderId' | 'sales';
  readonly names: readonly [string, ...string[]];
}

const requiredColumns: readonly RequiredColumn[] = [
  { target: 'date', names: ['Date', 'Order Date'] },
  { target: 'customerId', names: ['Customer ID', 'Customer'] },
  { target: 'orderId', names: ['Order ID', 'Order'] },
  { target: 'sales', names: ['Sales', 'Sales Amount', 'Amount'] },
];
const requiredNames = requiredColumns.map((column) => column.names[0]).join(', ');
/** What pandas calls the nameless index column when it has read it back. */
const rowIndexName = columnKey('Unnamed: 0');
const columnsShown = 20;

/**
 * Finds the columns by name, without regard to case, spaces, underscores, hyphens and invisible characters. The row
 * index (no name, or `Unnamed: 0`) is optional; nameless columns after the first are not used. Throws an InputError
 * that names what is missing, or all columns that fit one target, or says that there is no header.
 */
export function mapColumns(columns: readonly string[]): ColumnMapping {
  const positions = new Map<string, number[]>();
  for (const [position, column] of columns.entries()) {
    const key = columnKey(column);
    positions.set(key, [...(positions.get(key) ?? []), position]);
  }
  const missing: RequiredColumn[] = [];
  const find = (required: RequiredColumn): number => {
    const matches = required.names.flatMap((name) => positions.get(columnKey(name)) ?? []).sort((a, b) => a - b);
    if (matches.length > 1) throw ambiguousError(required.names[0], matches, columns);
    if (matches[0] === undefined) missing.push(required);
    return matches[0] ?? -1;
  };
  const [date, customerId, orderId, sales] = requiredColumns.map(find);
  if (
    date === undefined ||
    customerId === undefined ||
    orderId === undefined ||
    sales === undefined ||
    missing.length > 0
  ) {
    throw missing.length === requiredColumns.length && looksLikeData(columns)
      ? noHeaderError(columns)
      : missingError(missing, columns);
  }
  const named = positions.get(rowIndexName) ?? [];
  if (named.length > 1) throw ambiguousError('the row index', named, columns);
  const rowIndex = named[0] ?? positions.get('')?.[0];
  return { ...(rowIndex === undefined ? {} : { rowIndex }), date, customerId, orderId, sales };
}

function columnKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s_\-\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .toLowerCase();
}

function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => /^\s*[+-]?[\d.,/:-]*\d[\d.,/:-]*\s*$/.test(cell));
}

function quoted(columns: readonly string[]): string {
  const shown = columns.slice(0, columnsShown).map((column) => JSON.stringify(column.slice(0, 60)));
  const rest = columns.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function ambiguousError(target: string, positions: readonly number[], columns: readonly string[]): InputError {
  const which = positions.map((position) => `${JSON.stringify(columns[position])} (column ${position + 1})`);
  return new InputError(`${which.join(' and ')} can all be meant by ${target}`, {
    remedy: `Keep one of them and rename or remove the others.`,
  });
}

function noHeaderError(columns: readonly string[]): InputError {
  return new InputError(`no header row: the first line looks like data: ${quoted(columns)}`, {
    remedy: `Put a line with the column names on top: ${requiredNames}.`,
  });
}

function missingError(missing: readonly RequiredColumn[], columns: readonly string[]): InputError {
  const wanted = missing.map(({ names }) => {
    const near = names.map((name) => nearest(name, columns)).find((name) => name !== undefined);
    return names[0] + (near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`);
  });
  const what = `missing column${missing.length > 1 ? 's' : ''} ${wanted.join(', ')}; found ${quoted(columns)}`;
  return new InputError(what, {
    remedy: `Rename the columns; needed are ${requiredNames}, in any order, case and spaces do not matter.`,
  });
}
