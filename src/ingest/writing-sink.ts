import { type CanonicalOutput, footer, OutputSink, type RecordListener } from './output-sink.ts';
import type { TextColumn } from './raw-table.ts';
import { recordCells } from './record-cells.ts';
import type { ReadRecord, RecordReader } from './record-reader.ts';
import type { Dialect } from './record-scanner.ts';

/** Writes every record as the rules of its file read it, with its place. */
export class WritingSink extends OutputSink {
  readonly #reader: RecordReader;
  readonly #columns: readonly TextColumn[];

  constructor(
    name: string,
    dialect: Dialect,
    reader: RecordReader,
    output: CanonicalOutput | undefined,
    listener?: RecordListener,
  ) {
    super(name, dialect, output, listener);
    this.#reader = reader;
    this.#columns = reader.filledColumns;
  }

  wellFormed(bytes: Buffer, start: number, end: number, row: number, line: number): void {
    const cells = recordCells(bytes.toString('utf8', start, end), this.dialect);
    const record = this.#reader.read(cells);
    if (this.#reader.isFooter(cells, record)) {
      this.held.hold(true, (isFooter) => this.#write(isFooter ? { ...record, ...footer } : record, row, line));
      return;
    }
    this.held.release();
    this.#write(record, row, line);
  }

  #write(record: ReadRecord, row: number, line: number): void {
    this.listener?.(record, row, line);
    if (this.output === undefined) return;
    const cells = [String(row), String(line)];
    for (const name of this.#columns) cells.push(record[name] ?? '');
    this.output.records.writeCells(cells);
  }
}
