/** Part of a zstd file: bytes of one frame only. */
export interface ZstdPiece {
  readonly bytes: Buffer;
  readonly endsFrame: boolean;
}

/** Thrown where a frame should begin and none does. */
export class NotZstdError extends Error {}

type Step = 'magic' | 'skipped size' | 'descriptor' | 'block' | 'pass';

/** How many bytes each step reads as one little-endian number. */
const stepBytes = { magic: 4, 'skipped size': 4, descriptor: 1, block: 3 } as const;

/**
 * Cuts a zstd file into its frames (RFC 8878, section 3.1) without decompressing: headers and block sizes are all it looks at.
 * Pieces are parts of the chunks, whose validity they share. A file that is cut off ends in a piece that ends no frame.
 */
export async function* zstdPieces(source: AsyncIterable<Buffer>): AsyncGenerator<ZstdPiece, void, void> {
  const state: { step: Step } = { step: 'magic' };
  /** Of the number that is being read: its value and bytes so far. */
  let value = 0;
  let collected = 0;
  /** Bytes to pass over, and what comes then. */
  let remaining = 0;
  let next: Step | 'end' = 'end';
  let hasChecksum = false;

  const pass = (bytes: number, then: Step | 'end'): void => {
    state.step = 'pass';
    remaining = bytes;
    next = then;
  };
  const act = (done: keyof typeof stepBytes, read: number): void => {
    if (done === 'magic') {
      if (read === 0xfd2fb528) state.step = 'descriptor';
      else if (Math.floor(read / 16) === 0x184d2a5) state.step = 'skipped size';
      else throw new NotZstdError(`0x${read.toString(16).padStart(8, '0')} begins no zstd frame`);
    } else if (done === 'skipped size') {
      pass(read, 'end');
    } else if (done === 'descriptor') {
      const isSingleSegment = (read & 0x20) !== 0;
      const sizeBytes = read >> 6 === 0 ? Number(isSingleSegment) : 1 << (read >> 6);
      const dictionaryBytes = [0, 1, 2, 4][read & 3] ?? 0;
      hasChecksum = (read & 4) !== 0;
      pass(Number(!isSingleSegment) + dictionaryBytes + sizeBytes, 'block');
    } else {
      const isLast = (read & 1) !== 0;
      const isRepeatedByte = ((read >> 1) & 3) === 1;
      const bytes = isRepeatedByte ? 1 : read >> 3;
      pass(bytes + (isLast && hasChecksum ? 4 : 0), isLast ? 'end' : 'block');
    }
  };

  for await (const chunk of source) {
    let start = 0;
    let at = 0;
    while (at < chunk.length || (state.step === 'pass' && remaining === 0)) {
      if (state.step === 'pass') {
        const taken = Math.min(remaining, chunk.length - at);
        at += taken;
        remaining -= taken;
        if (remaining > 0) break;
        if (next === 'end') {
          yield { bytes: chunk.subarray(start, at), endsFrame: true };
          start = at;
        }
        state.step = next === 'end' ? 'magic' : next;
        continue;
      }
      value += (chunk[at++] ?? 0) * 256 ** collected++;
      if (collected < stepBytes[state.step]) continue;
      const read = value;
      value = 0;
      collected = 0;
      act(state.step, read);
    }
    if (start < chunk.length) yield { bytes: chunk.subarray(start), endsFrame: false };
  }
}
