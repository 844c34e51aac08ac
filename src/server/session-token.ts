import { createHash, timingSafeEqual } from 'node:crypto';
import type { Effects } from '../effects.ts';

/** Twice the 128 bits that nobody guesses. */
const TOKEN_BYTES = 32;

/** The secret of one start of the server: whoever knows it may read. */
export class SessionToken {
  /** Letters, digits, `-` and `_`. */
  readonly text: string;
  readonly #digest: Buffer;

  constructor({ randomBytes }: Pick<Effects, 'randomBytes'>) {
    this.text = Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');
    this.#digest = digest(this.text);
  }

  /** Takes the same time whatever is wrong about the text. */
  matches(text: string): boolean {
    return timingSafeEqual(digest(text), this.#digest);
  }
}

/** Texts of any length become equally long. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
