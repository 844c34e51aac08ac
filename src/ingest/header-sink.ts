import { InputError } from '../errors.ts';
import { recordCells } from './record-cells.ts';
import type { Dialect, RecordSink } from './record-scanner.ts';

/** Keeps the header, and fails when it is damaged; what follows is for others. */
export abstract class HeaderSink implements RecordSink {
  readonly name: string;
  readonly dialect: Dialect;
  /** Header cells as written. */
  columns: readonly string[] = [];

  constructor(name: string, dialect: Dialect) {
    this.name = name;
    this.dialect = dialect;
  }

  header(bytes: Buffer, start: number, end: number): void {
    this.columns = recordCells(bytes.toString('utf8', start, end), this.dialect);
  }

  abstract wellFormed(
    bytes: Buffer,
    start: number,
    end: number,
    row: number,
    line: number,
    ends: Int32Array,
    firstEnd: number,
  ): void;

  malformed(_bytes: Buffer, _start: number, _end: number, row: number, line: number, detail: string): void {
    if (row === 0) {
      throw new InputError(`${detail} in the header: ${this.name}, line ${line}`, {
        remedy:
          detail === 'invalid UTF-8'
            ? 'Save the file as UTF-8, or say what it is in: --encoding windows-1252.'
            : 'Mend the first line of the file; without a header no column can be told from another.',
      });
    }
  }
}
