import { isAscii } from 'node:buffer';

/** What the bytes 80 to 9F mean; five of them mean nothing. */
const upperControls = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** True for the five bytes that windows-1252 leaves undefined. */
export function isUndefinedInWindows1252(byte: number): boolean {
  return byte >= 0x80 && byte < 0xa0 && upperControls[byte - 0x80] === '\0';
}

const encoded: readonly Buffer[] = Array.from({ length: 128 }, (_, at) => {
  const byte = at + 0x80;
  if (isUndefinedInWindows1252(byte)) return Buffer.from([byte]);
  return Buffer.from(byte < 0xa0 ? (upperControls[at] ?? '') : String.fromCharCode(byte));
});

/**
 * windows-1252, of which Latin-1 is a part, as UTF-8. A byte that means nothing there stays as it is: no valid UTF-8, so that the
 * scanner rejects its row. (The WHATWG's decoder makes control characters of them, without a word.)
 */
export function windows1252ToUtf8(chunk: Buffer): Buffer {
  if (isAscii(chunk)) return chunk;
  const text = Buffer.allocUnsafe(chunk.length * 3);
  let to = 0;
  for (const byte of chunk) {
    if (byte < 0x80) {
      text[to++] = byte;
      continue;
    }
    for (const part of encoded[byte - 0x80] ?? []) text[to++] = part;
  }
  return text.subarray(0, to);
}
