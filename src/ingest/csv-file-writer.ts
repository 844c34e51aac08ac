import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../errors.ts';

const bufferBytes = 1 << 20;
/** A call of `copy` costs more than copying this many bytes one by one. */
const shortRecordBytes = 80;
/** The decimal digits of the two largest counters, with their delimiters. */
const positionBytes = 2 * 17;

/**
 * Writes a file of approved records. Synchronous on purpose: the scanner runs ahead of no disk, so memory stays at one
 * buffer however many records a chunk holds.
 */
export class CsvFileWriter {
  readonly path: string;
  recordCount = 0;
  longestRecordBytes = 0;

  readonly #handle: number;
  readonly #delimiter: string;
  readonly #delimiterByte: number;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #used = 0;
  #isOpen = true;

  private constructor(path: string, handle: number, delimiter: string) {
    this.path = path;
    this.#handle = handle;
    this.#delimiter = delimiter;
    this.#delimiterByte = delimiter.charCodeAt(0);
  }

  /** Creates `<stem>-<n>.csv` (mode 0600) in `folder` with the first n that is free. */
  static create(folder: string, stem: string, delimiter: string): CsvFileWriter {
    for (let n = 1; ; n++) {
      const path = join(folder, `${stem}-${n}.csv`);
      try {
        return new CsvFileWriter(path, openSync(path, 'wx', 0o600), delimiter);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw writeError(path, error);
      }
    }
  }

  /** `row,line,` and then `bytes[start, end)` as they are. */
  writeRecord(bytes: Buffer, start: number, end: number, row: number, line: number): void {
    const size = end - start;
    if (this.#used + size + positionBytes + 1 > bufferBytes) this.#flush();
    const from = this.#used;
    this.#appendInteger(row);
    this.#appendInteger(line);
    const recordBytes = this.#used - from + size;
    if (this.#used + size + 1 > bufferBytes) {
      this.#flush();
      this.#write(bytes.subarray(start, end));
    } else if (size > shortRecordBytes) {
      this.#used += bytes.copy(this.#buffer, this.#used, start, end);
    } else {
      const buffer = this.#buffer;
      let to = this.#used;
      for (let at = start; at < end; at++) buffer[to++] = bytes[at] ?? 0;
      this.#used = to;
    }
    this.#buffer[this.#used++] = 0x0a;
    this.#count(recordBytes);
  }

  /** One record; cells are quoted where they must be. */
  writeCells(cells: readonly string[]): void {
    let record = '';
    for (let at = 0; at < cells.length; at++) {
      if (at > 0) record += this.#delimiter;
      const cell = cells[at] ?? '';
      record += this.#needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    }
    // A character takes three bytes at most.
    const atMost = record.length * 3 + 1;
    if (this.#used + atMost > bufferBytes) this.#flush();
    let recordBytes: number;
    if (atMost > bufferBytes) {
      const bytes = Buffer.from(record);
      recordBytes = bytes.length;
      this.#write(bytes);
    } else {
      recordBytes = this.#buffer.write(record, this.#used);
      this.#used += recordBytes;
    }
    this.#buffer[this.#used++] = 0x0a;
    this.#count(recordBytes);
  }

  /** Writes what is left and closes. */
  finish(): void {
    this.#flush();
    this.#isOpen = false;
    closeSync(this.#handle);
  }

  /** Closes and removes the file; does nothing if it is gone already. */
  discard(): void {
    if (this.#isOpen) closeSync(this.#handle);
    this.#isOpen = false;
    rmSync(this.path, { force: true });
  }

  #needsQuotes(cell: string): boolean {
    for (let at = 0; at < cell.length; at++) {
      const code = cell.charCodeAt(at);
      if (code === 0x22 || code === this.#delimiterByte || code === 0x0a || code === 0x0d) return true;
    }
    return false;
  }

  #count(recordBytes: number): void {
    this.recordCount++;
    if (recordBytes > this.longestRecordBytes) this.longestRecordBytes = recordBytes;
  }

  /** The digits of a positive integer and a delimiter. */
  #appendInteger(value: number): void {
    const buffer = this.#buffer;
    if (value > 0x7fff_ffff) {
      this.#used += buffer.write(String(value), this.#used, 'latin1');
    } else {
      // Whole-number arithmetic of 32 bits, several times as fast as building a string.
      let length = 1;
      for (let limit = 10; limit <= value && length < 10; limit *= 10) length++;
      let rest = value | 0;
      for (let at = this.#used + length - 1; at >= this.#used; at--) {
        const tens = (rest / 10) | 0;
        buffer[at] = 0x30 + rest - tens * 10;
        rest = tens;
      }
      this.#used += length;
    }
    buffer[this.#used++] = this.#delimiterByte;
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #write(bytes: Buffer): void {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#handle, bytes, done);
    } catch (error) {
      throw writeError(this.path, error);
    }
  }
}

function writeError(path: string, cause: unknown): RunError {
  return new RunError(`${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
    remedy:
      'Make room on the disk of the temporary folder, which needs the size of the uncompressed input, or choose another.',
    cause,
  });
}
