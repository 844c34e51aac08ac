/**
 * Collects records as UTF-8 CSV: commas, every cell quoted, LF. Text that is no valid Unicode (half a surrogate pair) comes out as
 * invalid UTF-8, so that the scanner rejects the record instead of a character being replaced in silence.
 */
export class CsvText {
  readonly #chunkBytes: number;
  #pieces: Buffer[] = [];
  #text = '';
  #bytes = 0;

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  /** True when there is enough to hand on. */
  get isFull(): boolean {
    return this.#bytes + this.#text.length >= this.#chunkBytes;
  }

  addRecord(cells: readonly string[]): void {
    let record = '';
    for (const cell of cells) {
      record += record === '' ? '"' : ',"';
      record += cell.includes('"') ? cell.replaceAll('"', '""') : cell;
      record += '"';
    }
    this.#text += record;
    this.#text += '\n';
  }

  /** A record that is CSV already. */
  addLine(line: string): void {
    this.#text += line;
    this.#text += '\n';
  }

  addEmptyLine(): void {
    this.#text += '\n';
  }

  /**
   * A line that is no record, such that the scanner counts it as malformed and shows its text: as it is where its first
   * field has a stray quote, after `prefix` (which must end in a stray quote) otherwise.
   */
  addMalformed(line: Buffer, prefix: string): void {
    const comma = line.indexOf(0x2c);
    const hasStrayQuote = line.subarray(1, comma < 0 ? line.length : Math.max(1, comma)).includes(0x22);
    if (line[0] === 0x22 || !hasStrayQuote) this.#text += prefix;
    this.#flushText();
    this.#add(Buffer.from(line));
    this.#text += '\n';
  }

  /** All that was collected since the last time. */
  take(): Buffer {
    this.#flushText();
    const taken =
      this.#pieces.length === 1 && this.#pieces[0] !== undefined ? this.#pieces[0] : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#bytes = 0;
    return taken;
  }

  #flushText(): void {
    if (this.#text === '') return;
    this.#add(this.#text.isWellFormed() ? Buffer.from(this.#text) : generalizedUtf8(this.#text));
    this.#text = '';
  }

  #add(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#bytes += bytes.length;
  }
}

/** UTF-8, except that half a surrogate pair becomes the three bytes that its number would have. */
function generalizedUtf8(text: string): Buffer {
  const parts = text.split(/((?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff]))/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part);
      const code = part.charCodeAt(0);
      return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
    }),
  );
}
