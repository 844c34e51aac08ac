import type { CsvFile } from '../csv-file.ts';
import { quotedIdentifier, quotedString } from './quote.ts';

/** No field of a file can equal this, so that an empty field stays an empty text instead of becoming null. */
const NO_NULL = '\u0001never\u0001';

/**
 * A FROM-able expression over an approved file. Nothing is sniffed and nothing is forgiven: the scanner has decided
 * what the file is, and the count is compared after the load.
 */
export function readCsv({ path, delimiter, newline, columns, skipLines, longestRecordBytes }: CsvFile): string {
  const types = columns.map((name) => `${quotedString(name)}: 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    'header = false',
    `skip = ${skipLines}`,
    `delim = ${quotedString(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `new_line = ${newline === 'crlf' ? String.raw`'\r\n'` : String.raw`'\n'`}`,
    'strict_mode = true',
    `nullstr = ${quotedString(NO_NULL)}`,
    `max_line_size = ${Math.max(2_097_152, longestRecordBytes * 2)}`,
    `columns = {${types}}`,
  ];
  const names = columns.map((name) => quotedIdentifier(name)).join(', ');
  return `(select row_number() over () as record_no, ${names} from read_csv(${quotedString(path)}, ${options.join(', ')}))`;
}
