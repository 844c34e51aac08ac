import type { Content } from './container/content.ts';
import { EncodingEvidence } from './container/encoding.ts';
import { announcedEncoding, type TextEncoding, utf16ByNulls } from './text-encoding.ts';

const HEAD_BYTES = 65_536;

export interface ContentHead {
  /** The beginning of the content, without its byte order mark; the last line may be cut. */
  readonly text: string;
  /** In which the beginning was read: as declared, as announced, or as it looks. */
  readonly encoding: TextEncoding;
}

/** A first look at a file's content. Damage is no matter here: the pass over the whole file finds and names it. */
export async function readHead(content: Content, declared: TextEncoding | undefined): Promise<ContentHead> {
  const bytes = await firstBytes(content);
  const encoding = encodingOf(bytes, declared);
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

async function firstBytes(content: Content): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of content.chunks()) {
    parts.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - length)));
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

function encodingOf(bytes: Buffer, declared: TextEncoding | undefined): TextEncoding {
  const announced = announcedEncoding(bytes);
  if (announced !== 'utf-8' || declared !== undefined)
    return announced === 'utf-8' ? (declared ?? announced) : announced;
  const wide = utf16ByNulls(bytes.subarray(0, 4096));
  if (wide !== undefined) return wide;
  const evidence = new EncodingEvidence();
  evidence.add(bytes);
  return evidence.decide().encoding;
}
