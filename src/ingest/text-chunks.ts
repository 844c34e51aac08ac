import { InputError } from '../errors.ts';
import { recognizableBytes, recognizeContent } from './recognize-content.ts';

const byteOrderMark = Buffer.from('\ufeff');

/**
 * The same chunks, without a byte order mark at the beginning, once enough of them is there to tell that they may be CSV in UTF-8.
 * Throws an InputError that says what else they look like.
 */
export async function* textChunks(
  name: string,
  chunks: AsyncIterable<Buffer>,
  onByteOrderMark: () => void,
): AsyncGenerator<Buffer, void, void> {
  let held: Buffer[] | undefined = [];
  let heldBytes = 0;
  const release = function* (first: Buffer[]): Generator<Buffer, void, void> {
    const head = Buffer.concat(first);
    assertMayBeCsv(name, head);
    const isMarked = head.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    if (isMarked) onByteOrderMark();
    let drop = isMarked ? byteOrderMark.length : 0;
    for (const chunk of first) {
      yield chunk.subarray(Math.min(drop, chunk.length));
      drop = Math.max(0, drop - chunk.length);
    }
  };
  for await (const chunk of chunks) {
    if (held === undefined) {
      yield chunk;
      continue;
    }
    held.push(Buffer.from(chunk));
    heldBytes += chunk.length;
    if (heldBytes < recognizableBytes) continue;
    yield* release(held);
    held = undefined;
  }
  if (held !== undefined) yield* release(held);
}

function assertMayBeCsv(name: string, head: Buffer): void {
  const meaning = recognizeContent(head);
  if (meaning === undefined) return;
  throw new InputError(`${name} is not a CSV file: it looks like ${meaning}`, {
    remedy: meaning.startsWith('UTF-16')
      ? 'Save it as UTF-8, or as UTF-16 with a byte order mark.'
      : 'Export the orders as CSV in UTF-8, then name that file.',
  });
}
