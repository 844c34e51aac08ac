import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { InputError } from '../../../src/errors.ts';
import type { Content, ContentOptions } from '../../../src/ingest/container/content.ts';
import { openContent } from '../../../src/ingest/container/open-content.ts';
import { SourceFile } from '../../../src/ingest/source-file.ts';

export interface Opened {
  readonly content: Content;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly tempDir: string;
  write(name: string, bytes: string | Uint8Array): Promise<string>;
  /** Opens the file at `path`, or one with these bytes, and reads all of it. */
  read(bytes: string | Uint8Array, options?: Partial<ContentOptions>): Promise<Opened>;
  readPath(path: string, options?: Partial<ContentOptions>): Promise<Opened>;
  /** The InputError that reading ends in. */
  error(bytes: string | Uint8Array, options?: Partial<ContentOptions>): Promise<InputError>;
}

const limits = { maxInflatedBytes: 2 ** 33, maxInflationRatio: 200 };

/** A temporary folder, gone at the end of the block. */
export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'container-'));
  const tempDir = await mkdtemp(join(path, 'temp-'));
  let count = 0;
  const write = async (name: string, bytes: string | Uint8Array): Promise<string> => {
    await writeFile(join(path, name), bytes);
    return join(path, name);
  };
  const readPath: Folder['readPath'] = async (file, options = {}) => {
    const source = await SourceFile.open(file);
    try {
      const content = await openContent(source, { chunkBytes: 1 << 16, limits, tempDir, ...options });
      const parts: Buffer[] = [];
      for await (const chunk of content.chunks()) parts.push(Buffer.from(chunk));
      await content.sha256();
      const left = (await readdir(tempDir)).filter((name) => name.startsWith('input-'));
      if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
      const all = Buffer.concat(parts);
      return { content, bytes: all, text: all.toString('utf8') };
    } finally {
      await source.close();
    }
  };
  const read: Folder['read'] = async (bytes, options) => readPath(await write(`orders${count++}`, bytes), options);
  return {
    path,
    tempDir,
    write,
    read,
    readPath,
    error: async (bytes, options) => {
      const error = await read(bytes, options).then(
        () => new Error('nothing was found to be wrong'),
        (reason: unknown) => reason,
      );
      if (!(error instanceof InputError)) throw error;
      return error;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

export interface Member {
  readonly name: string;
  readonly bytes: string | Uint8Array;
  /** Default 8, deflate. */
  readonly method?: number;
  /** Bit 0: encrypted. */
  readonly flags?: number;
  /** Instead of the right one. */
  readonly checksum?: number;
}

/** A zip archive. */
export function zip(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, method = 8, flags = 0x800, checksum } of members) {
    const data = Buffer.from(bytes);
    const packed = method === 8 ? deflateRawSync(data) : data;
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(checksum ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, path, packed);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0'), common, entry, path);
    offset += 4 + 26 + path.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, Buffer.from('PK\x05\x06'), end]);
}

/** The cells of a table as its form is promised: every cell quoted, LF; an empty line has none. */
export function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const token = /"((?:[^"]|"")*)"(,|\n)|\n/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`not a table at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`);
    const [, cell, end] = found;
    if (cell !== undefined) row.push(cell.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
