import { symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../../engines/duckdb/connection.ts';
import { openInstance } from '../../engines/duckdb/instance.ts';
import { quotedString } from '../../engines/duckdb/quote.ts';
import { CancelledError, InputError } from '../../errors.ts';
import type { SourceFile } from '../source-file.ts';
import type { Content, ContentOptions } from './content.ts';
import { CsvText } from './csv-text.ts';
import type { DiskReader } from './disk-reader.ts';

/** Enough for row groups of common size; what does not fit goes to the temporary folder. */
const settings = { threads: 2, memoryLimit: '1GB', tempDir: null };
/** Anything else could mean several files, or another place, to the engine. */
const plainPath = /^(?!.*\/\/)[A-Za-z0-9_./ -]+$/;

interface Column {
  readonly name: string;
  /** As DuckDB writes it. */
  readonly type: string;
}

/**
 * The table in a Parquet file, read by DuckDB, a row group at a time.
 * @throws InputError when it is encrypted, damaged, or of a kind that DuckDB does not read.
 */
export async function openParquet(disk: DiskReader, options: ContentOptions, head: Buffer): Promise<Content> {
  const { file } = disk;
  if (head.toString('latin1', 0, 4) === 'PARE') throw encryptedError(file.name);
  let columns: readonly Column[] = [];
  let rowCount = 0;
  await withFile(disk, options, async (connection, path) => {
    const described = await connection.query(`select column_name, column_type from (describe select * from ${path})`);
    columns = described.rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
    const counted = await connection.query(`select count(*) from ${path}`);
    rowCount = Number(counted.rows[0]?.[0] ?? 0);
  });
  return {
    container: 'parquet',
    compression: 'none',
    others: [],
    form: 'table',
    async *chunks() {
      yield* streamFile(disk, options, columns, rowCount);
    },
    sha256: () => disk.sha256(),
    warnings: () => [],
  };
}

async function* streamFile(
  disk: DiskReader,
  options: ContentOptions,
  columns: readonly Column[],
  rowCount: number,
): AsyncGenerator<Buffer, void, void> {
  const csv = new CsvText(options.chunkBytes);
  csv.addRecord(columns.map(({ name }) => name));
  const opened = await openFile(disk, options);
  let doneRows = 0;
  try {
    const sql = `select ${recordSql(columns)} from ${opened.path} as t(${columns.map((_, at) => `c${at}`).join(', ')})`;
    for await (const { rows } of opened.connection.stream(sql, withSignal(options))) {
      disk.throwIfCancelled();
      for (const [record] of rows) {
        csv.addLine(String(record));
        if (csv.isFull) yield csv.take();
      }
      doneRows += rows.length;
      disk.report(Math.floor((disk.file.bytes * doneRows) / Math.max(1, rowCount)));
    }
    yield csv.take();
    disk.report(disk.file.bytes);
  } catch (error) {
    throw parquetError(disk.file, error);
  } finally {
    await opened.close();
  }
}

async function withFile(
  disk: DiskReader,
  options: ContentOptions,
  action: (connection: Connection, path: string) => Promise<void>,
): Promise<void> {
  const opened = await openFile(disk, options);
  try {
    await action(opened.connection, opened.path);
  } catch (error) {
    throw parquetError(disk.file, error);
  } finally {
    await opened.close();
  }
}

interface OpenFile {
  readonly connection: Connection;
  /** SQL of the table function that reads the file. */
  readonly path: string;
  close(): Promise<void>;
}

async function openFile(disk: DiskReader, options: ContentOptions): Promise<OpenFile> {
  disk.throwIfCancelled();
  const { file } = disk;
  const isPlain = plainPath.test(file.path);
  const path = isPlain ? file.path : await link(file.path, options.tempDir);
  try {
    const { instance, connection } = await openInstance(settings, options.tempDir, []);
    return {
      connection,
      // Folder names like `year=2024` are no columns, and old writers left out that their bytes are text.
      path: `read_parquet(${quotedString(path)}, hive_partitioning = false, binary_as_string = true)`,
      close: async () => {
        await connection.close();
        instance.closeSync();
        if (!isPlain) await unlink(path);
      },
    };
  } catch (error) {
    if (!isPlain) await unlink(path);
    throw error;
  }
}

/** Makes a link with a plain name in `folder`. */
async function link(path: string, folder: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = join(folder, `input-${n}.parquet`);
    try {
      await symlink(path, name);
      return name;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** One text per row, the record as CSV: the client would drop a byte order mark at the beginning of a cell's text. */
function recordSql(columns: readonly Column[]): string {
  const cells = columns.map(
    ({ type }, at) => `'"' || coalesce(replace(${textSql(`c${at}`, type)}, '"', '""'), '') || '"'`,
  );
  return cells.join(` || ',' || `);
}

/** SQL for a column's values as text. */
function textSql(column: string, type: string): string {
  const text = `cast(${column} as varchar)`;
  // Decimals inside become doubles there.
  if (/(\[\d*\]|^(STRUCT|MAP|UNION)\(.*|^VARIANT)$/.test(type)) return `cast(to_json(${column}) as varchar)`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `replace(replace(${text}, ' ', 'T'), '+00', 'Z')`;
  if (type.startsWith('TIMESTAMP')) return `replace(${text}, ' ', 'T')`;
  // Whole numbers became doubles where a column had gaps: 12345.0 is the customer 12345.
  if (type === 'DOUBLE' || type === 'FLOAT') return `regexp_replace(${text}, '\\.0$', '')`;
  return text;
}

function withSignal({ signal }: ContentOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function encryptedError(name: string): InputError {
  return new InputError(`${name} is an encrypted Parquet file`, { remedy: 'Export it without encryption, or as CSV.' });
}

function parquetError({ name, path }: SourceFile, error: unknown): unknown {
  if (error instanceof CancelledError || error instanceof InputError) return error;
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const reason = message.replaceAll(path, name);
  if (/encrypt/i.test(reason)) return encryptedError(name);
  return new InputError(`${name} cannot be read as Parquet: ${reason}`, {
    remedy: 'Export or copy the file again; it is cut off, damaged, or written in a way that is not read.',
    cause: error,
  });
}
