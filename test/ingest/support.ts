import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CsvFile } from '../../src/engines/csv-file.ts';
import { InputError, UsageError } from '../../src/errors.ts';
import type { TextColumn } from '../../src/ingest/raw-table.ts';
import { type ScannedSource, type ScanOptions, scanSource } from '../../src/ingest/scan-source.ts';

export const header = ',Date,Customer ID,Order ID,Sales\n';

export interface Folder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Writes `orders.csv` and scans it. */
  scan(content: string | Uint8Array, options?: Partial<ScanOptions>): Promise<ScannedSource>;
  /** The error for users that scanning `content` ends in. */
  scanError(content: string | Uint8Array, options?: Partial<ScanOptions>): Promise<InputError | UsageError>;
}

/** A temporary folder, gone at the end of the block. */
export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'ingest-'));
  const tempDir = await mkdtemp(join(path, 'canonical-'));
  let count = 0;
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(path, name), content);
    return join(path, name);
  };
  const scan: Folder['scan'] = async (content, options = {}) =>
    scanSource(await write(`orders${count++}.csv`, content), { tempDir, ...options });
  return {
    path,
    write,
    scan,
    scanError: async (content, options) => {
      const error = await scan(content, options).then(
        () => new Error('the scan found nothing wrong'),
        (reason: unknown) => reason,
      );
      if (!(error instanceof InputError || error instanceof UsageError)) throw error;
      return error;
    },
    [Symbol.asyncDispose]: async () => {
      await chmod(path, 0o700);
      await rm(path, { recursive: true });
    },
  };
}

const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', threads: '2' });

/** All cells of an approved file as DuckDB reads them, without any guessing. */
export async function readCells(file: CsvFile): Promise<(string | null)[][]> {
  const connection = await instance.connect();
  try {
    const columns = file.columns.map((name) => `'${name}': 'VARCHAR'`).join(', ');
    // In hex, because the Node client's own decoding drops a byte order mark at the beginning of any text.
    const cells = file.columns.map((name) => `hex(encode(${name}))`).join(', ');
    const result = await connection.runAndReadAll(
      `select ${cells} from read_csv('${file.path}', auto_detect = false, header = false, skip = ${file.skipLines},
         delim = '${file.delimiter}', quote = '"', escape = '"', new_line = '\\n', strict_mode = true, nullstr = '\u0001null',
         max_line_size = ${Math.max(2_097_152, file.longestRecordBytes + 16)}, columns = {${columns}})`,
    );
    return result
      .getRows()
      .map((row) => row.map((cell) => (cell === null ? null : Buffer.from(String(cell), 'hex').toString('utf8'))));
  } finally {
    connection.closeSync();
  }
}

/** What the original's five columns hold, in their order. */
export const fiveColumns = [
  'row_index_text',
  'order_date_text',
  'customer_id_text',
  'order_id_text',
  'sales_text',
] as const satisfies readonly TextColumn[];

/** Texts of the well-formed records as they came, by raw column, whichever way the file went; null where there is none. */
export async function recordCells(
  source: ScannedSource,
  columns: readonly TextColumn[] = fiveColumns,
): Promise<(string | null)[][]> {
  const rows = await readCells(source.records);
  if (rows.length !== source.records.recordCount) throw new Error(`DuckDB read ${rows.length} records`);
  const offset = source.records.hasPosition ? 2 : 0;
  const positions = columns.map((column) => source.recordColumns.indexOf(column));
  return rows.map((row) => positions.map((at) => (at === -1 ? null : (row[at + offset] ?? null))));
}

/** As `recordCells`, with the number of the record and its line before them. */
export async function placedCells(
  source: ScannedSource,
  columns: readonly TextColumn[] = fiveColumns,
): Promise<(string | null)[][]> {
  const { records } = source;
  const places = records.hasPosition
    ? (await readCells(records)).map((row) => row.slice(0, 2))
    : Array.from({ length: records.recordCount }, (_, at) => [`${at + 1}`, `${at + 1 + records.skipLines}`]);
  const cells = await recordCells(source, columns);
  return cells.map((row, at) => [...(places[at] ?? []), ...row]);
}

/** A well-formed record as staging takes it over. */
export interface ReadValues {
  readonly date: string;
  readonly customer: string;
  readonly order: string;
  readonly amount: string;
  readonly refund: string;
  readonly dateProblem: string;
  readonly amountProblem: string;
  readonly setAside: string;
}

/** What was read of the well-formed records: the text itself where nothing else is there. */
export async function readValues(source: ScannedSource): Promise<ReadValues[]> {
  const texts = await recordCells(source, ['order_date_text', 'customer_id_text', 'order_id_text', 'sales_text']);
  const read = await recordCells(source, [
    'order_date_read',
    'sales_read',
    'refund_read',
    'date_problem',
    'sales_problem',
    'set_aside_kind',
  ]);
  return texts.map(([date, customer, order, amount], at) => {
    const [dateRead, amountRead, refund, dateProblem, amountProblem, setAside] = read[at] ?? [];
    return {
      date: dateRead || (dateProblem ? '' : (date ?? '')),
      customer: customer ?? '',
      order: order ?? '',
      amount: amountRead || (amountProblem ? '' : (amount ?? '')),
      refund: refund ?? '',
      dateProblem: dateProblem ?? '',
      amountProblem: amountProblem ?? '',
      setAside: setAside ?? '',
    };
  });
}

/** Source row, source line, detail and raw text of the malformed lines. */
export async function malformedCells(source: ScannedSource): Promise<(string | null)[][]> {
  return source.malformed === undefined ? [] : (await readCells(source.malformed)).map((row) => row.slice(0, 4));
}

/** Source row, kind and detail of all that the file itself sets aside, by row. */
export async function setAsideCells(source: ScannedSource): Promise<(string | null)[][]> {
  const records = await placedCells(source, ['set_aside_kind', 'set_aside_detail']);
  const malformed = source.malformed === undefined ? [] : await readCells(source.malformed);
  return [
    ...records.map(([row = '', , kind = '', detail = '']) => [row, kind, detail]),
    ...malformed.map(([row = '', , , , kind = '', detail = '']) => [row, kind, detail]),
  ]
    .filter(([, kind]) => kind)
    .sort(([a], [b]) => Number(a) - Number(b));
}
