import { InputError } from '../errors.ts';
import { headerCells } from './header-cells.ts';
import { mapColumns } from './map-columns.ts';
import { rfc4180 } from './record-scanner.ts';

/** What may stand between fields, the usual one first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How messages call a delimiter. */
export function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
}

/**
 * The delimiter with which the first line that is not blank is a header with all required columns. Only the header
 * decides, never the rows, so that a file cannot be read in two ways. Where none fits, the one that makes the most
 * columns, so that the error can name them; undefined where there is only one.
 */
export function sniffDelimiter(head: string): string | undefined {
  const header = head.split(/\r\n|\n|\r/).find((line) => line.trim() !== '');
  if (header === undefined) return undefined;
  const fitting = DELIMITERS.find((delimiter) => isHeader(header, delimiter));
  if (fitting !== undefined) return fitting;
  const columns = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  const most = Math.max(...columns);
  return most === 1 ? undefined : DELIMITERS[columns.indexOf(most)];
}

function isHeader(line: string, delimiter: string): boolean {
  // An odd number of quotes: the record goes on in the next line, and only the whole pass can read it.
  if ((line.match(/"/g)?.length ?? 0) % 2 === 1) return false;
  try {
    mapColumns(headerCells(line, { ...rfc4180, delimiter }));
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
