import { OutputSink } from './output-sink.ts';

/** Copies every record as it is, behind its place: for files that are plain but for what the engine cannot read. */
export class CopyingSink extends OutputSink {
  wellFormed(bytes: Buffer, start: number, end: number, row: number, line: number): void {
    this.held.release();
    this.output?.records.writeRecord(bytes, start, end, row, line);
  }
}
