import { isUtf8 } from 'node:buffer';
import { hasSwallowedRecords } from './swallowed-records.ts';

/** What the scanner tells about each record. `bytes` is only valid during the call. */
export interface RecordSink {
  /** The first record that is not blank: `bytes[start, end)`, without its line end. */
  header(bytes: Buffer, start: number, end: number): void;
  /**
   * A record with as many fields as the header and no fault in it, without its line end. Field n of it ends before
   * `ends[firstEnd + n]`, which is a delimiter or the record's end.
   */
  wellFormed(
    bytes: Buffer,
    start: number,
    end: number,
    row: number,
    line: number,
    ends: Int32Array,
    firstEnd: number,
  ): void;
  /** A physical line, without its line end, that cannot be part of a record. Row 0: the header itself. */
  malformed(bytes: Buffer, start: number, end: number, row: number, line: number, detail: string): void;
}

export interface Dialect {
  /** One ASCII character each. */
  readonly delimiter: string;
  readonly quote: string;
}

export const rfc4180: Dialect = { delimiter: ',', quote: '"' };

export type LineEnding = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';

const endedByLf = 1;
const endedByCrlf = 2;
const endedByCr = 4;
const nul = 0;
const lf = 0x0a;
const cr = 0x0d;

/** Many short calls of the hot loop: a few long ones would keep V8 from optimizing it as a whole. */
const sliceBytes = 32_768;

/**
 * How many records go without the hot loop, at most, after it got nowhere time and again: a file whose every record has quotes
 * gains nothing by it.
 */
const longestPatience = 4096;

/** A record that does not end in the bytes at hand. */
const unfinished = -1;

/**
 * Finds the records of an RFC 4180 file in one pass, strictly, in UTF-8. It never guesses: a record with a fault costs
 * its first physical line, and reading goes on at the next one. LF, CRLF and CR all end a line.
 * A line is looked at twice at most (once as part of a quoted field that turns out not to close), so time is linear.
 */
export class RecordScanner {
  /** Records of data so far, well-formed and malformed. */
  recordCount = 0;
  malformedCount = 0;
  /** Empty lines, and lines of nothing but delimiters, spaces and tabs. */
  blankCount = 0;
  /** Records, the header included, that span several lines. */
  multiLineCount = 0;
  invalidUtf8Count = 0;
  /** Byte order marks at the beginning of records, as in files that were joined; not part of them. */
  innerMarkCount = 0;
  /** Line, from 1, on which the header begins; 0 before it was seen. */
  headerLine = 0;
  /** Without the line end. */
  longestRecordBytes = 0;
  endsWithNewline = true;

  readonly #sink: RecordSink;
  readonly #maxRecordBytes: number;
  /** By byte: 1 for what the hot loop leaves to the thorough one. */
  readonly #isSpecial = new Uint8Array(256);
  readonly #quoteByte: number;
  readonly #delimiterByte: number;
  /** The physical line, from 1, on which the next record begins. */
  #line: number;
  #fieldCount = 0;
  /** Ends of fields, of a slice of simple records or of the record under way; of that, as many as the header has. */
  #ends = new Int32Array(sliceBytes);
  #lineEnds = 0;
  /** True in the rest of a line that was longer than a record may be. */
  #skipping = false;
  /** True when the bytes at hand hold no invalid UTF-8. */
  #isValid = true;

  /** `firstLine`: the number of the line with which the bytes begin. */
  constructor(sink: RecordSink, dialect: Dialect, maxRecordBytes: number, firstLine = 1) {
    this.#sink = sink;
    this.#line = firstLine;
    this.#maxRecordBytes = maxRecordBytes;
    this.#quoteByte = dialect.quote.charCodeAt(0);
    this.#delimiterByte = dialect.delimiter.charCodeAt(0);
    for (const byte of [this.#quoteByte, cr, nul]) this.#isSpecial[byte] = 1;
  }

  get wellFormedCount(): number {
    return this.recordCount - this.malformedCount;
  }

  /** Line ends between records; those inside quoted fields do not count. */
  get lineEnding(): LineEnding {
    switch (this.#lineEnds) {
      case 0:
        return 'none';
      case endedByLf:
        return 'lf';
      case endedByCrlf:
        return 'crlf';
      case endedByCr:
        return 'cr';
      default:
        return 'mixed';
    }
  }

  /**
   * Reads the records in `bytes[start, end)` and returns where the first one begins that does not end there. Hand it in
   * again, with what follows: at most `maxRecordBytes + 2` bytes. `isLast` says that nothing follows.
   */
  scan(bytes: Buffer, start: number, end: number, isLast: boolean): number {
    // Up to the last line end, where no character can be cut in two.
    let validated = end;
    while (!isLast && validated > start && bytes[validated - 1] !== lf && bytes[validated - 1] !== cr) validated--;
    this.#isValid = isUtf8(bytes.subarray(start, validated));
    let at = start;
    let thorough = 0;
    let patience = 1;
    while (at < end) {
      if (this.#skipping) {
        at = this.#skipLine(bytes, at, end, isLast);
        if (this.#skipping) return at;
        continue;
      }
      if (thorough === 0) {
        const reached = this.#scanSimpleRecords(bytes, at, Math.min(end, at + sliceBytes));
        if (reached === end) return reached;
        patience = reached === at ? Math.min(patience * 2, longestPatience) : 1;
        thorough = patience - 1;
        at = reached;
      } else {
        thorough--;
      }
      const marked = isByteOrderMark(bytes, at, end);
      const next = this.#scanRecord(bytes, marked ? at + 3 : at, end, isLast);
      if (next === unfinished) return at;
      if (marked) this.innerMarkCount++;
      at = next;
    }
    return at;
  }

  /**
   * Reads on as long as records are complete, unquoted, ended by LF and without fault, and returns where the first other one begins.
   * Only for speed: `#scanRecord` would find the same at half the rate. A branch in its loop that
   * common files never take halves the speed, and so does any call, hence the sum of special bytes that is looked at once
   * per record, and the ends of fields that are kept until the loop is over.
   */
  #scanSimpleRecords(bytes: Buffer, start: number, end: number): number {
    const fieldCount = this.#fieldCount;
    if (fieldCount === 0 || !this.#isValid) return start;
    const delimiter = this.#delimiterByte;
    const isSpecial = this.#isSpecial;
    const ends = this.#ends;
    const highest = Math.max(delimiter, this.#quoteByte, cr);
    const longest = this.#maxRecordBytes;
    let recordStart = start;
    let nextEnds = fieldCount;
    let found = 0;
    let special = 0;
    let at = start;
    while (at < end) {
      const byte = bytes[at++] ?? 0;
      if (byte > highest) continue;
      special |= isSpecial[byte] ?? 0;
      if (byte === delimiter) {
        ends[found++] = at - 1;
        continue;
      }
      if (byte === lf) {
        ends[found++] = at - 1;
        if (special !== 0 || found !== nextEnds || at - 1 - recordStart > longest) break;
        // It may be blank.
        const first = bytes[recordStart] ?? 0;
        if (first <= 0x20 || first === delimiter || first === 0xef) break;
        recordStart = at;
        nextEnds += fieldCount;
      }
    }
    this.#endSimpleRecords(bytes, start, nextEnds / fieldCount - 1);
    return recordStart;
  }

  #endSimpleRecords(bytes: Buffer, start: number, count: number): void {
    if (count === 0) return;
    const fieldCount = this.#fieldCount;
    const ends = this.#ends;
    this.#lineEnds |= endedByLf;
    let recordStart = start;
    for (let record = 0; record < count; record++) {
      const firstEnd = record * fieldCount;
      const end = ends[firstEnd + fieldCount - 1] ?? 0;
      if (end - recordStart > this.longestRecordBytes) this.longestRecordBytes = end - recordStart;
      this.recordCount++;
      this.#sink.wellFormed(bytes, recordStart, end, this.recordCount, this.#line, ends, firstEnd);
      this.#line++;
      recordStart = end + 1;
    }
  }

  #scanRecord(bytes: Buffer, start: number, end: number, isLast: boolean): number {
    // Comparisons, the most frequent outcome first: three times as fast here as a table of byte classes.
    const delimiter = this.#delimiterByte;
    const quote = this.#quoteByte;
    const ends = this.#ends;
    const highest = Math.max(delimiter, quote, cr);
    const limit = Math.min(end, start + this.#maxRecordBytes + 1);
    let at = start;
    let fieldStart = start;
    let fields = 1;
    let innerLines = 0;
    while (at < limit) {
      const byte = bytes[at] ?? 0;
      if (byte > highest) {
        at++;
        continue;
      }
      if (byte === delimiter) {
        ends[fields++ - 1] = at++;
        fieldStart = at;
        continue;
      }
      if (byte === lf) return this.#endRecord(bytes, start, at, at + 1, fields, innerLines);
      if (byte === cr) {
        if (at + 1 === end && !isLast) return unfinished;
        return this.#endRecord(bytes, start, at, afterCarriageReturn(bytes, at, end), fields, innerLines);
      }
      if (byte === nul) return this.#reject(bytes, start, end, isLast, 'NUL byte');
      if (byte !== quote) {
        at++;
        continue;
      }
      if (at !== fieldStart) return this.#reject(bytes, start, end, isLast, 'stray quote in an unquoted field');
      at++;
      for (;;) {
        if (at >= limit) return this.#endInQuotes(bytes, start, end, limit, isLast);
        const inner = bytes[at] ?? 0;
        if (inner > quote) {
          at++;
        } else if (inner === quote) {
          if (at + 1 === end || bytes[at + 1] !== quote) break;
          at += 2;
        } else if (inner === lf) {
          at++;
          innerLines++;
        } else if (inner === cr) {
          at = afterCarriageReturn(bytes, at, end);
          innerLines++;
        } else if (inner === nul) {
          return this.#reject(bytes, start, end, isLast, 'NUL byte');
        } else {
          at++;
        }
      }
      at++;
      if (at < end) {
        const after = bytes[at];
        if (after !== delimiter && after !== lf && after !== cr) {
          return this.#reject(bytes, start, end, isLast, 'text after a closing quote');
        }
      }
    }
    if (limit - start > this.#maxRecordBytes) return this.#reject(bytes, start, end, isLast, this.#tooLong());
    if (!isLast) return unfinished;
    return this.#endRecord(bytes, start, end, end, fields, innerLines);
  }

  #tooLong(): string {
    return `record longer than ${this.#maxRecordBytes.toLocaleString('en-US')} bytes`;
  }

  #endInQuotes(bytes: Buffer, start: number, end: number, limit: number, isLast: boolean): number {
    if (limit - start > this.#maxRecordBytes) {
      const within = `${this.#maxRecordBytes.toLocaleString('en-US')} bytes`;
      return this.#reject(bytes, start, end, isLast, `unterminated quote: not closed within ${within}`);
    }
    return isLast ? this.#reject(bytes, start, end, isLast, 'unterminated quote') : unfinished;
  }

  /** A record that is complete: `bytes[start, end)`, its line end up to `next`. */
  #endRecord(bytes: Buffer, start: number, end: number, next: number, fields: number, innerLines: number): number {
    if (this.#isBlank(bytes, start, end)) {
      this.blankCount++;
    } else if (this.#fieldCount !== 0 && fields !== this.#fieldCount) {
      const counted = `${fields} field${fields === 1 ? '' : 's'}, expected ${this.#fieldCount}`;
      return this.#reject(bytes, start, next, true, counted);
    } else if (!this.#isValid && !isUtf8(bytes.subarray(start, end))) {
      this.invalidUtf8Count++;
      return this.#reject(bytes, start, next, true, 'invalid UTF-8');
    } else if (innerLines > 0 && this.#isSwallowed(bytes, start, end)) {
      return this.#reject(bytes, start, next, true, 'quote open over the end of the record');
    } else {
      if (innerLines > 0) this.multiLineCount++;
      if (end - start > this.longestRecordBytes) this.longestRecordBytes = end - start;
      if (this.#fieldCount === 0) {
        this.headerLine = this.#line;
        this.#sink.header(bytes, start, end);
        this.#fieldCount = fields;
        if (fields > this.#ends.length) this.#ends = new Int32Array(fields);
      } else {
        this.#ends[fields - 1] = end;
        this.recordCount++;
        this.#sink.wellFormed(bytes, start, end, this.recordCount, this.#line, this.#ends, 0);
      }
    }
    this.#line += innerLines;
    this.#endLine(bytes, end, next);
    return next;
  }

  #isSwallowed(bytes: Buffer, start: number, end: number): boolean {
    return hasSwallowedRecords(bytes.subarray(start, end), this.#fieldCount, this.#quoteByte, this.#delimiterByte);
  }

  /** Gives up the first physical line of the record that begins at `start`; returns where the next line begins. */
  #reject(bytes: Buffer, start: number, end: number, isLast: boolean, detail: string): number {
    const limit = Math.min(end, start + this.#maxRecordBytes + 1);
    let lineEnd = start;
    while (lineEnd < limit && bytes[lineEnd] !== lf && bytes[lineEnd] !== cr) lineEnd++;
    if (lineEnd === limit && limit - start > this.#maxRecordBytes) {
      const cut = start + this.#maxRecordBytes;
      this.#emitMalformed(bytes, start, cut, this.#tooLong());
      this.#skipping = true;
      return cut;
    }
    if (!isLast && (lineEnd === end || (bytes[lineEnd] === cr && lineEnd + 1 === end))) return unfinished;
    this.#emitMalformed(bytes, start, lineEnd, detail);
    const next = afterLineEnd(bytes, lineEnd, end);
    this.#endLine(bytes, lineEnd, next);
    return next;
  }

  #emitMalformed(bytes: Buffer, start: number, end: number, detail: string): void {
    if (this.#fieldCount === 0) {
      this.#sink.malformed(bytes, start, end, 0, this.#line, detail);
    } else {
      this.recordCount++;
      this.malformedCount++;
      this.#sink.malformed(bytes, start, end, this.recordCount, this.#line, detail);
    }
  }

  /** Passes over the rest of a line; leaves a CR at the very end for the next call, which sees what follows it. */
  #skipLine(bytes: Buffer, start: number, end: number, isLast: boolean): number {
    let lineEnd = start;
    while (lineEnd < end && bytes[lineEnd] !== lf && bytes[lineEnd] !== cr) lineEnd++;
    if (!isLast && (lineEnd === end || (bytes[lineEnd] === cr && lineEnd + 1 === end))) return lineEnd;
    this.#skipping = false;
    const next = afterLineEnd(bytes, lineEnd, end);
    this.#endLine(bytes, lineEnd, next);
    return next;
  }

  #endLine(bytes: Buffer, end: number, next: number): void {
    this.#line++;
    if (next === end) this.endsWithNewline = false;
    else if (next - end === 2) this.#lineEnds |= endedByCrlf;
    else this.#lineEnds |= bytes[end] === lf ? endedByLf : endedByCr;
  }

  #isBlank(bytes: Buffer, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte !== this.#delimiterByte && byte !== 0x20 && byte !== 0x09) return false;
    }
    return true;
  }
}

function isByteOrderMark(bytes: Buffer, at: number, end: number): boolean {
  return at + 3 <= end && bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

function afterCarriageReturn(bytes: Buffer, at: number, end: number): number {
  return at + 1 < end && bytes[at + 1] === lf ? at + 2 : at + 1;
}

function afterLineEnd(bytes: Buffer, at: number, end: number): number {
  if (at === end) return end;
  return bytes[at] === cr ? afterCarriageReturn(bytes, at, end) : at + 1;
}
