import { TextDecoder } from 'node:util';
import { InputError } from '../errors.ts';
import { announcedEncoding, type TextEncoding } from './text-encoding.ts';

/**
 * The content as UTF-8, byte order mark included. UTF-8 passes through as it is; UTF-16 is decoded strictly.
 * @throws InputError where the bytes are not UTF-16 though they begin so.
 */
export async function* transcode(
  name: string,
  chunks: AsyncIterable<Buffer>,
  onEncoding: (encoding: TextEncoding) => void,
): AsyncGenerator<Buffer, void, void> {
  let decoder: TextDecoder | undefined;
  let held: Buffer | undefined = Buffer.alloc(0);
  const begin = (head: Buffer): void => {
    const encoding = announcedEncoding(head);
    onEncoding(encoding);
    if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  };
  const convert = (chunk: Buffer, stream: boolean): Buffer => {
    if (decoder === undefined) return chunk;
    try {
      return Buffer.from(decoder.decode(chunk, { stream }), 'utf8');
    } catch (cause) {
      throw new InputError(`${name} begins like ${decoder.encoding.toUpperCase()} but holds bytes that are not`, {
        cause,
        remedy: 'Export the file again; it is damaged or was cut off.',
      });
    }
  };
  for await (const chunk of chunks) {
    if (held === undefined) {
      yield convert(chunk, true);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (held.length < 2) continue;
    begin(held);
    yield convert(held, true);
    held = undefined;
  }
  if (held !== undefined) {
    begin(held);
    yield held;
  } else if (decoder !== undefined) {
    yield convert(Buffer.alloc(0), false);
  }
}
