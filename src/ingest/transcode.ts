import { TextDecoder } from 'node:util';
import { InputError } from '../errors.ts';
import { announcedEncoding, type TextEncoding } from './text-encoding.ts';
import { windows1252ToUtf8 } from './windows-1252.ts';

const utf8Mark = Buffer.from('\ufeff');

/**
 * The content as UTF-8, byte order mark included. UTF-8 and windows-1252 pass through with their faults, which the scanner finds row by
 * row; other encodings are decoded strictly. A byte order mark is believed before `encoding`, and `onEncoding` hears, before the first
 * chunk comes out, which one it is. Without either it is UTF-8.
 * @throws InputError where the bytes are not of that encoding.
 */
export async function* transcode(
  name: string,
  chunks: AsyncIterable<Buffer>,
  encoding: TextEncoding | undefined,
  onEncoding: (encoding: TextEncoding) => void,
): AsyncGenerator<Buffer, void, void> {
  let convert: Converter | undefined;
  let held: Buffer = Buffer.alloc(0);
  const begin = (): Converter => {
    const announced = announcedEncoding(held);
    const isMarked = announced !== 'utf-8' || held.subarray(0, utf8Mark.length).equals(utf8Mark);
    const actual = isMarked ? announced : (encoding ?? 'utf-8');
    onEncoding(actual);
    return converter(name, actual, isMarked);
  };
  for await (const chunk of chunks) {
    if (convert !== undefined) {
      yield convert(chunk, false);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (held.length < utf8Mark.length) continue;
    convert = begin();
    yield convert(held, false);
  }
  if (convert === undefined) {
    yield begin()(held, true);
  } else {
    const rest = convert(Buffer.alloc(0), true);
    if (rest.length > 0) yield rest;
  }
}

type Converter = (chunk: Buffer, isLast: boolean) => Buffer;

function converter(name: string, encoding: TextEncoding, isMarked: boolean): Converter {
  if (encoding === 'utf-8') return (chunk) => chunk;
  if (encoding === 'windows-1252') return windows1252ToUtf8;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (chunk, isLast) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: !isLast }), 'utf8');
    } catch (cause) {
      const begins = isMarked ? `begins like ${encoding.toUpperCase()}` : `was read as ${encoding.toUpperCase()}`;
      throw new InputError(`${name} ${begins} but holds bytes that are not`, {
        cause,
        remedy: isMarked
          ? 'Export the file again; it is damaged or was cut off.'
          : 'Name the encoding that it is in, or save it as UTF-8.',
      });
    }
  };
}
