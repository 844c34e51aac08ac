import { constants, gunzipSync } from 'node:zlib';
import type { SourceFile } from './source-file.ts';
import { announcedEncoding } from './text-encoding.ts';

const HEAD_BYTES = 65_536;

/**
 * The beginning of a file's content as text, decompressed, without its byte order mark; for a first look only. Damage is
 * no matter here: the pass over the whole file finds and names it.
 */
export async function readHead(file: SourceFile): Promise<string> {
  const bytes = inflate(await file.head(HEAD_BYTES), file.isGzip);
  return new TextDecoder(announcedEncoding(bytes)).decode(bytes);
}

function inflate(bytes: Buffer, isGzip: boolean): Buffer {
  if (!isGzip) return bytes;
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * HEAD_BYTES };
    return gunzipSync(bytes, options).subarray(0, HEAD_BYTES);
  } catch {
    return Buffer.alloc(0);
  }
}
