import { isAscii, isUtf8 } from 'node:buffer';
import { announcedEncoding, type TextEncoding, utf16ByNulls } from '../text-encoding.ts';
import { isUndefinedInWindows1252 } from '../windows-1252.ts';

export interface DecidedEncoding {
  readonly encoding: TextEncoding;
  /** The evidence, for people: begins with the encoding's name. */
  readonly sentence: string;
}

const headBytes = 4096;
/** So many more bytes that are no UTF-8 than characters that are make it windows-1252 all the same. */
const outnumberedBy = 10;

/**
 * Gathers, over a whole file, what tells its encoding. Almost all UTF-8 with a few bad bytes is damaged UTF-8, whose bad rows the
 * scanner rejects; non-ASCII bytes that (nearly) never make a UTF-8 character are windows-1252.
 */
export class EncodingEvidence {
  #head: Buffer = Buffer.alloc(0);
  /** The beginning of a character at the end of the last chunk. */
  #rest: Buffer = Buffer.alloc(0);
  #validCharacters = 0;
  #invalidBytes = 0;
  #undefinedBytes = 0;

  /** Looks at the next bytes; keeps none of the chunk. */
  add(chunk: Buffer): void {
    if (this.#head.length < headBytes) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headBytes - this.#head.length)]);
    }
    if (this.#rest.length === 0 && isAscii(chunk)) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = bytes.length - unfinishedBytes(bytes);
    this.#rest = Buffer.from(bytes.subarray(end));
    this.#count(bytes.subarray(0, end));
  }

  /** After the last chunk. */
  decide(): DecidedEncoding {
    const announced = announcedEncoding(this.#head);
    if (announced !== 'utf-8') return decided(announced, 'by its byte order mark');
    if (this.#head.toString('latin1', 0, 3) === '\xef\xbb\xbf') return decided('utf-8', 'by its byte order mark');
    const silent = utf16ByNulls(this.#head);
    if (silent !== undefined) return decided(silent, 'by its NUL bytes; there is no byte order mark');
    const valid = this.#validCharacters;
    const invalid = this.#invalidBytes + this.#rest.length;
    const nothing = this.#undefinedBytes + this.#rest.filter((byte) => isUndefinedInWindows1252(byte)).length;
    const counts = `${counted(invalid, 'byte')} that UTF-8 does not allow, ${counted(valid, 'character')} in UTF-8 beyond ASCII`;
    if (invalid === 0) {
      return decided(
        'utf-8',
        valid === 0 ? 'ASCII only' : `all of it valid, ${counted(valid, 'character')} beyond ASCII`,
      );
    }
    if (nothing > 0) return decided('utf-8', `damaged: ${counts}; nor do all bytes exist in windows-1252`);
    if (valid === 0 || invalid > outnumberedBy * valid) return decided('windows-1252', counts);
    return decided('utf-8', `damaged: ${counts}`);
  }

  #count(bytes: Buffer): void {
    const isValid = isUtf8(bytes);
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) {
        at++;
        continue;
      }
      const length = characterBytes(byte);
      if (length > 0 && (isValid || (at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length))))) {
        this.#validCharacters++;
        at += length;
      } else {
        this.#invalidBytes++;
        if (isUndefinedInWindows1252(byte)) this.#undefinedBytes++;
        at++;
      }
    }
  }
}

/** How many bytes a character has that begins with this one, which is not ASCII; 0 where none begins. */
function characterBytes(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** How many bytes at the end may be the beginning of a character. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterBytes(byte) > back ? back : 0;
  }
  return 0;
}

function decided(encoding: TextEncoding, why: string): DecidedEncoding {
  return { encoding, sentence: `${encoding === 'windows-1252' ? encoding : encoding.toUpperCase()}: ${why}` };
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
