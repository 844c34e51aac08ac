import { createHash } from 'node:crypto';
import { CancelledError, InputError } from '../errors.ts';
import type { CsvFileWriter } from './csv-file-writer.ts';
import { gunzip, type InflationLimits } from './gunzip.ts';
import { headerCells } from './header-cells.ts';
import { type Dialect, RecordScanner, type RecordSink } from './record-scanner.ts';
import type { SourceFile } from './source-file.ts';
import { textChunks } from './text-chunks.ts';
import type { TextEncoding } from './text-encoding.ts';
import { transcode } from './transcode.ts';

export interface PassSettings extends InflationLimits {
  readonly dialect: Dialect;
  readonly maxRecordBytes: number;
  readonly chunkBytes: number;
  readonly signal?: AbortSignal;
  /** Bytes on disk that were read so far. */
  readonly onBytes: (doneBytes: number) => void;
}

/** What one pass over a file found. */
export interface PassResult {
  readonly scanner: RecordScanner;
  /** Header cells as written. */
  readonly columns: readonly string[];
  readonly sha256: string;
  readonly hasByteOrderMark: boolean;
  readonly encoding: TextEncoding;
}

/** Where a pass puts the records; without it a pass only looks, and stops at the first thing that rules out the original. */
export interface CanonicalOutput {
  readonly records: CsvFileWriter;
  /** Made when the first malformed line is found. */
  malformed?: CsvFileWriter;
  readonly createMalformed: () => CsvFileWriter;
}

/** Reads the file once. Undefined: it needs a canonical copy, and no `output` was given. */
export async function scanPass(
  file: SourceFile,
  settings: PassSettings,
  output: CanonicalOutput | undefined,
): Promise<PassResult | undefined> {
  const hash = createHash('sha256');
  const { name } = file;
  const { dialect } = settings;
  const sink = output === undefined ? new LookingSink(name, dialect) : new CopyingSink(name, dialect, output);
  const scanner = new RecordScanner(sink, dialect, settings.maxRecordBytes);
  const window = Buffer.allocUnsafeSlow(settings.maxRecordBytes + settings.chunkBytes + 16);
  let start = 0;
  let end = 0;
  let hasByteOrderMark = false;
  let encoding: TextEncoding = 'utf-8';
  const found = (): void => {
    hasByteOrderMark = true;
  };
  const content = transcode(name, contentChunks(file, settings, hash), (announced) => {
    encoding = announced;
  });
  for await (const chunk of textChunks(name, content, found)) {
    if (output === undefined && encoding !== 'utf-8') return undefined;
    for (let taken = 0; taken < chunk.length; ) {
      window.copyWithin(0, start, end);
      end -= start;
      start = 0;
      const copied = chunk.copy(window, end, taken);
      taken += copied;
      end += copied;
      start = scanner.scan(window, start, end, false);
    }
    if (output === undefined && !isPlainSoFar(scanner)) return undefined;
  }
  scanner.scan(window, start, end, true);
  if (output === undefined && !isPlainSoFar(scanner)) return undefined;
  return { scanner, columns: sink.columns, sha256: hash.digest('hex'), hasByteOrderMark, encoding };
}

async function* contentChunks(
  file: SourceFile,
  settings: PassSettings,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer, void, void> {
  const { signal, onBytes, chunkBytes } = settings;
  async function* watched(): AsyncGenerator<Buffer, void, void> {
    let doneBytes = 0;
    for await (const chunk of file.chunks(chunkBytes, hash)) {
      if (signal?.aborted === true) {
        throw signal.reason instanceof CancelledError ? signal.reason : new CancelledError();
      }
      yield chunk;
      doneBytes += chunk.length;
      onBytes(doneBytes);
    }
  }
  yield* file.isGzip ? gunzip(watched(), file.name, chunkBytes, settings) : watched();
}

/**
 * True while the engine may read the original: LF only, the header on the first line, nothing left out. Not CRLF: DuckDB
 * 1.5.6 finds no row at all, without an error, when it is told `new_line = '\\r\\n'` together with `skip = 1` or `header`.
 */
function isPlainSoFar(scanner: RecordScanner): boolean {
  return (
    scanner.malformedCount === 0 &&
    scanner.blankCount === 0 &&
    scanner.multiLineCount === 0 &&
    scanner.headerLine <= 1 &&
    (scanner.lineEnding === 'lf' || scanner.lineEnding === 'none')
  );
}

/** Of a pass that only looks: keeps the header, and fails when there is none. */
class LookingSink implements RecordSink {
  columns: readonly string[] = [];
  readonly #name: string;
  readonly #dialect: Dialect;

  constructor(name: string, dialect: Dialect) {
    this.#name = name;
    this.#dialect = dialect;
  }

  header(bytes: Buffer, start: number, end: number): void {
    this.columns = headerCells(bytes.toString('utf8', start, end), this.#dialect);
  }

  wellFormed(_bytes: Buffer, _start: number, _end: number, _row: number, _line: number): void {}

  malformed(_bytes: Buffer, _start: number, _end: number, row: number, line: number, detail: string): void {
    if (row === 0) {
      throw new InputError(`${detail} in the header: ${this.#name}, line ${line}`, {
        remedy:
          detail === 'invalid UTF-8'
            ? 'Save the file as UTF-8; it may be in Latin-1 or windows-1252.'
            : 'Mend the first line of the file; without a header no column can be told from another.',
      });
    }
  }
}

class CopyingSink extends LookingSink {
  readonly #output: CanonicalOutput;

  constructor(name: string, dialect: Dialect, output: CanonicalOutput) {
    super(name, dialect);
    this.#output = output;
  }

  override wellFormed(bytes: Buffer, start: number, end: number, row: number, line: number): void {
    this.#output.records.writeRecord(bytes, start, end, row, line);
  }

  override malformed(bytes: Buffer, start: number, end: number, row: number, line: number, detail: string): void {
    super.malformed(bytes, start, end, row, line, detail);
    this.#output.malformed ??= this.#output.createMalformed();
    const text = bytes.toString('utf8', start, end).replaceAll('\0', '\u2400');
    this.#output.malformed.writeCells([String(row), String(line), detail, text]);
  }
}
