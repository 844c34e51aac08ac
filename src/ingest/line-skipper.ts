const lf = 0x0a;
const cr = 0x0d;

/** Drops the first lines of a stream of bytes; LF, CRLF and CR all end a line. */
export class LineSkipper {
  #left: number;
  /** The last byte seen was a CR that ended a line; an LF behind it belongs to it. */
  #afterCr = false;

  constructor(lines: number) {
    this.#left = lines;
  }

  get isDone(): boolean {
    return this.#left === 0 && !this.#afterCr;
  }

  /** How many bytes at the beginning of the chunk belong to lines that are dropped. */
  skip(chunk: Uint8Array): number {
    let at = 0;
    while (at < chunk.length) {
      if (this.#afterCr) {
        this.#afterCr = false;
        if (chunk[at] === lf) at++;
        continue;
      }
      if (this.#left === 0) return at;
      const byte = chunk[at++];
      if (byte !== lf && byte !== cr) continue;
      this.#left--;
      this.#afterCr = byte === cr;
    }
    return at;
  }
}
