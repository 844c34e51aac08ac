import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CsvFile } from '../../src/engines/csv-file.ts';
import { InputError } from '../../src/errors.ts';
import { type ScannedSource, type ScanOptions, scanSource } from '../../src/ingest/scan-source.ts';

export const header = ',Date,Customer ID,Order ID,Sales\n';

export interface Folder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Writes `orders.csv` and scans it. */
  scan(content: string | Uint8Array, options?: Partial<ScanOptions>): Promise<ScannedSource>;
  /** The InputError that scanning `content` ends in. */
  scanError(content: string | Uint8Array, options?: Partial<ScanOptions>): Promise<InputError>;
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
      if (!(error instanceof InputError)) throw error;
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

/** The cells of the well-formed records, without positions. */
export async function recordCells(source: ScannedSource): Promise<(string | null)[][]> {
  const rows = await readCells(source.records);
  if (rows.length !== source.records.recordCount) throw new Error(`DuckDB read ${rows.length} records`);
  return source.records.hasPosition ? rows.map((row) => row.slice(2)) : rows;
}

/** Source row, source line, detail and raw text of the malformed lines. */
export async function malformedCells(source: ScannedSource): Promise<(string | null)[][]> {
  return source.malformed === undefined ? [] : readCells(source.malformed);
}
