import type { CsvFileWriter } from './csv-file-writer.ts';
import { isFooterText } from './footer.ts';
import { HeaderSink } from './header-sink.ts';
import { HeldLines } from './held-lines.ts';
import { recordCells } from './record-cells.ts';
import type { ReadRecord } from './record-reader.ts';
import type { Dialect } from './record-scanner.ts';
import { isHeaderAgain, repeatedHeader } from './repeated-header.ts';

/** Where a pass puts the records. */
export interface CanonicalOutput {
  readonly records: CsvFileWriter;
  /** Made when the first damaged line is found. */
  malformed?: CsvFileWriter;
  readonly createMalformed: () => CsvFileWriter;
}

/** Told each record that is read. */
export type RecordListener = (record: ReadRecord, row: number, line: number) => void;

/** What is said of a line below the table. */
export const footer = { set_aside_kind: 'FOOTER', set_aside_detail: 'a line below the table' } as const;

type SetAside = Partial<Record<'set_aside_kind' | 'set_aside_detail', string>>;
const notSetAside: SetAside = {};

/** Writes the records of a file for the engine: damaged lines as they are; how sound ones go is for subclasses. */
export abstract class OutputSink extends HeaderSink {
  footerCount = 0;
  protected readonly held = new HeldLines();
  protected readonly output: CanonicalOutput | undefined;
  protected readonly listener: RecordListener | undefined;

  constructor(name: string, dialect: Dialect, output: CanonicalOutput | undefined, listener?: RecordListener) {
    super(name, dialect);
    this.output = output;
    this.listener = listener;
  }

  override malformed(bytes: Buffer, start: number, end: number, row: number, line: number, detail: string): void {
    super.malformed(bytes, start, end, row, line, detail);
    const text = bytes.toString('utf8', start, end).replaceAll('\0', '\u2400');
    const write = (setAside: SetAside): void => this.#writeMalformed(row, line, detail, text, setAside);
    // Of joined files: the quote behind the byte order mark makes the line a damaged one.
    if (text.startsWith('\ufeff"') && isHeaderAgain(recordCells(text.slice(1), this.dialect), this.columns)) {
      write(repeatedHeader);
      return;
    }
    const first = text.split(this.dialect.delimiter).find((cell) => cell.trim() !== '') ?? '';
    this.held.hold(isFooterText(first), (isFooter) => write(isFooter ? footer : notSetAside));
  }

  /** Call when nothing follows. */
  finish(): void {
    this.footerCount = this.held.finish();
  }

  #writeMalformed(row: number, line: number, detail: string, text: string, setAside: SetAside): void {
    this.listener?.({ ...setAside, malformed: detail }, row, line);
    if (this.output === undefined) return;
    this.output.malformed ??= this.output.createMalformed();
    const { set_aside_kind = '', set_aside_detail = '' } = setAside;
    this.output.malformed.writeCells([String(row), String(line), detail, text, set_aside_kind, set_aside_detail]);
  }
}
