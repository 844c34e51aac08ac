import type { CsvFile } from '../csv-file.ts';
import { quotedIdentifier, quotedString } from './quote.ts';

/** No field of a file can equal this, so that an empty field stays an empty text instead of becoming null. */
const NO_NULL = '\u0001never\u0001';

/** A path as `read_csv` takes it literally: it would read `o1.csv` where `o[1].csv` is meant. */
function literalPath(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]');
}

/**
 * A FROM-able expression over an approved file. Nothing is sniffed and nothing is forgiven: the scanner has decided
 * what the file is, and the count is compared after the load.
 */
export function readCsv({ path, delimiter, columns, skipLines, longestRecordBytes }: CsvFile): string {
  const types = columns.map((name) => `${quotedString(name)}: 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    'header = false',
    `skip = ${skipLines}`,
    `delim = ${quotedString(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    String.raw`new_line = '\n'`,
    'strict_mode = true',
    `nullstr = ${quotedString(NO_NULL)}`,
    `max_line_size = ${Math.max(2_097_152, longestRecordBytes * 2)}`,
    `columns = {${types}}`,
  ];
  const names = columns.map((name) => quotedIdentifier(name)).join(', ');
  return `(select row_number() over () as record_no, ${names} from read_csv(${quotedString(literalPath(path))}, ${options.join(', ')}))`;
}
