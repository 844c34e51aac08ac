import type { CsvFile } from '../engines/csv-file.ts';
import { InputError } from '../errors.ts';
import { CsvFileWriter } from './csv-file-writer.ts';
import { readHead } from './file-head.ts';
import type { FileIdentity } from './file-identity.ts';
import { type ColumnMapping, mapColumns } from './map-columns.ts';
import { type LineEnding, rfc4180 } from './record-scanner.ts';
import { type CanonicalOutput, type PassResult, type PassSettings, scanPass } from './scan-pass.ts';
import { delimiterName, sniffDelimiter } from './sniff-delimiter.ts';
import { SourceFile } from './source-file.ts';
import type { TextEncoding } from './text-encoding.ts';

export interface ScanOptions {
  /** A private folder for canonical files, made and removed by the caller. */
  readonly tempDir: string;
  /** Aborting makes the scan throw a CancelledError. */
  readonly signal?: AbortSignal;
  /** Called per chunk; never goes back. Bytes on disk. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Longer records are malformed. Default 1 MiB. */
  readonly maxRecordBytes?: number;
  /** A gzip file that inflates to more is refused. Default 64 GiB. */
  readonly maxInflatedBytes?: number;
  /** A gzip file that inflates to more than 64 MiB and by more than this factor is refused. Default 200. */
  readonly maxInflationRatio?: number;
  /** One ASCII character. By default the one with which the header has the required columns: , ; tab or |. */
  readonly delimiter?: string;
  /** Bytes read at a time. Default 1 MiB; changes nothing but speed. */
  readonly chunkBytes?: number;
}

/** All that is known of an input file after one look at every byte. */
export interface ScannedSource {
  /** Real path. */
  readonly path: string;
  /** Base name, for people. */
  readonly name: string;
  /** Size and hash are those of the bytes on disk, before decompression. */
  readonly bytes: number;
  readonly sha256: string;
  /** By content, not by name. */
  readonly compression: 'none' | 'gzip';
  readonly identity: FileIdentity;
  /** Header cells as written, in file order. */
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly ignoredColumns: readonly string[];
  /** Data records: well-formed and malformed. */
  readonly recordCount: number;
  readonly wellFormedCount: number;
  readonly malformedCount: number;
  /** Empty lines and lines of only delimiters and spaces; not records. */
  readonly blankCount: number;
  readonly hasByteOrderMark: boolean;
  readonly encoding: TextEncoding;
  /** What stands between fields. */
  readonly delimiter: string;
  readonly lineEnding: LineEnding;
  readonly endsWithNewline: boolean;
  /** Sentences for the user, without the file's name. */
  readonly warnings: readonly string[];
  /** What the engine may read: exactly `wellFormedCount` records. */
  readonly records: CsvFile;
  /** `source_row, source_line, detail, raw_text` of the malformed lines, all cells quoted; absent when there are none. */
  readonly malformed?: CsvFile;
}

const mebibyte = 2 ** 20;
/** Other characters, and `//`, could mean something else than a path to the engine. */
const plainPath = /^(?!.*\/\/)[A-Za-z0-9_./ -]+$/;

/**
 * The one door: reads a CSV file, gzip or not, once (a second time if it turns out to need a canonical copy), and says what is
 * in it and what the engine may load. Throws an InputError when the file as a whole cannot be used.
 */
export async function scanSource(path: string, options: ScanOptions): Promise<ScannedSource> {
  const file = await SourceFile.open(path);
  const outputs: CsvFileWriter[] = [];
  try {
    return await scanFile(file, options, outputs);
  } catch (error) {
    for (const output of outputs) output.discard();
    throw error;
  } finally {
    await file.close();
  }
}

async function scanFile(file: SourceFile, options: ScanOptions, outputs: CsvFileWriter[]): Promise<ScannedSource> {
  const delimiter = options.delimiter ?? sniffDelimiter(await readHead(file)) ?? rfc4180.delimiter;
  const settings = passSettings(file, delimiter, options);
  const mayReadOriginal = !file.isGzip && plainPath.test(file.path);
  let result = mayReadOriginal ? await scanPass(file, settings, undefined) : undefined;
  let output: CanonicalOutput | undefined;
  if (result === undefined) {
    const create = (stem: string): CsvFileWriter => {
      const writer = CsvFileWriter.create(options.tempDir, stem, delimiter);
      outputs.push(writer);
      return writer;
    };
    output = { records: create('records'), createMalformed: () => create('malformed') };
    result = await scanPass(file, settings, output);
  }
  if (result === undefined) throw new Error(`the pass over ${file.path} gave no result`);
  for (const writer of outputs) writer.finish();
  await file.assertUnchanged();
  options.onProgress?.(file.bytes, file.bytes);
  return describe(file, result, output, delimiter);
}

function passSettings(file: SourceFile, delimiter: string, options: ScanOptions): PassSettings {
  let reported = 0;
  return {
    dialect: { ...rfc4180, delimiter },
    maxRecordBytes: options.maxRecordBytes ?? mebibyte,
    chunkBytes: options.chunkBytes ?? mebibyte,
    maxInflatedBytes: options.maxInflatedBytes ?? 64 * 1024 * mebibyte,
    maxInflationRatio: options.maxInflationRatio ?? 200,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onBytes: (doneBytes) => {
      if (doneBytes <= reported || doneBytes >= file.bytes) return;
      reported = doneBytes;
      options.onProgress?.(doneBytes, file.bytes);
    },
  };
}

function describe(
  file: SourceFile,
  result: PassResult,
  output: CanonicalOutput | undefined,
  delimiter: string,
): ScannedSource {
  const { scanner, columns, sha256, hasByteOrderMark } = result;
  const { recordCount, wellFormedCount, malformedCount, blankCount, lineEnding, endsWithNewline } = scanner;
  if (scanner.headerLine === 0) throw noRowsError(file.name, file.bytes === 0 ? 'the file is empty' : 'it is blank');
  const mapping = mapHeader(file.name, columns);
  if (recordCount === 0) throw noRowsError(file.name, 'nothing follows the header');
  const used = new Set<number>(Object.values(mapping));
  const ignoredColumns = columns.filter((_, position) => !used.has(position));
  const names = columns.map((_, position) => `c${position}`);
  const malformed = output?.malformed;
  const records =
    output === undefined
      ? {
          path: file.path,
          delimiter,
          columns: names,
          skipLines: 1,
          longestRecordBytes: scanner.longestRecordBytes,
          recordCount: wellFormedCount,
          hasPosition: false,
        }
      : canonicalFile(output.records, names, delimiter);
  return {
    path: file.path,
    name: file.name,
    bytes: file.bytes,
    sha256,
    compression: file.isGzip ? 'gzip' : 'none',
    identity: file.identity,
    columns,
    mapping,
    ignoredColumns,
    recordCount,
    wellFormedCount,
    malformedCount,
    blankCount,
    hasByteOrderMark,
    encoding: result.encoding,
    delimiter,
    lineEnding,
    endsWithNewline,
    warnings: warningsOf(result, ignoredColumns, delimiter),
    records,
    ...(malformed === undefined ? {} : { malformed: canonicalFile(malformed, ['detail', 'raw_text'], delimiter) }),
  };
}

function canonicalFile(writer: CsvFileWriter, columns: readonly string[], delimiter: string): CsvFile {
  return {
    path: writer.path,
    delimiter,
    columns: ['source_row', 'source_line', ...columns],
    skipLines: 0,
    longestRecordBytes: writer.longestRecordBytes,
    recordCount: writer.recordCount,
    hasPosition: true,
  };
}

function mapHeader(name: string, columns: readonly string[]): ColumnMapping {
  try {
    return mapColumns(columns);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message} in ${name}`, { remedy: error.remedy, cause: error });
  }
}

function noRowsError(name: string, why: string): InputError {
  return new InputError(`no rows in ${name}: ${why}`, { remedy: 'Check that the export was complete.' });
}

function warningsOf({ scanner, encoding }: PassResult, ignoredColumns: readonly string[], delimiter: string): string[] {
  const warnings: string[] = [];
  if (encoding !== 'utf-8') warnings.push(`read as ${encoding.toUpperCase()}`);
  if (delimiter !== rfc4180.delimiter) warnings.push(`read with ${delimiterName(delimiter)} between the columns`);
  if (!scanner.endsWithNewline) {
    warnings.push('no newline at the end: possibly a partial file, its last amount cut short');
  }
  if (scanner.lineEnding === 'mixed') warnings.push('several kinds of line endings in one file');
  if (scanner.invalidUtf8Count > 0) {
    const count = scanner.invalidUtf8Count.toLocaleString('en-US');
    warnings.push(`lines that are not valid UTF-8: ${count}; the file may be in Latin-1 or windows-1252`);
  }
  if (ignoredColumns.length > 0) {
    const shown = ignoredColumns.slice(0, 20).map((column) => JSON.stringify(column.slice(0, 60)));
    const rest = ignoredColumns.length - shown.length;
    warnings.push(`columns not used: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`);
  }
  return warnings;
}
