import { InputError } from '../../errors.ts';
import { gunzip } from '../gunzip.ts';
import { recognizeContent } from '../recognize-content.ts';
import type { SourceFile } from '../source-file.ts';
import type { Compression, Content, ContentOptions } from './content.ts';
import { DiskReader } from './disk-reader.ts';
import { openJson } from './json.ts';
import { openJsonLines } from './json-lines.ts';
import { openParquet } from './parquet.ts';
import { type Signature, signatureBytes, signatureOf } from './signature.ts';
import { openTable } from './table.ts';
import { unzstd } from './unzstd.ts';
import { openWorkbook } from './workbook.ts';
import { ZipArchive } from './zip-archive.ts';

/** Bytes with one wrapping, or none, taken off. */
interface Unwrapped {
  readonly compression: Compression;
  /** Of the file or of the member in it, for errors. */
  readonly name: string;
  readonly member?: string;
  readonly others: readonly string[];
  read(): AsyncGenerator<Buffer, void, void>;
}

/**
 * Any file as a stream of text, its container known by its content and never by its name. Nothing is held open besides the
 * file itself. Throws an InputError for what is damaged, encrypted, ambiguous, wrapped twice or not read at all.
 */
export async function openContent(file: SourceFile, options: ContentOptions): Promise<Content> {
  const disk = new DiskReader(file, options);
  disk.throwIfCancelled();
  if (file.table !== undefined) return openTable(disk, file.table.warnings);
  const head = await file.head(signatureBytes);
  const signature = signatureOf(head);
  if (signature === 'ole') throw oldWorkbookError(file.name, await file.head(2 ** 20));
  if (signature === 'parquet') return openParquet(disk, options, head);
  if (signature === 'zip') {
    const zip = await ZipArchive.open(disk, options);
    return zip.isWorkbook ? openWorkbook(disk, zip, options) : openUnwrapped(disk, fromZip(zip, file.name), options);
  }
  return openUnwrapped(disk, unwrap(disk, options, signature), options);
}

function unwrap(disk: DiskReader, { chunkBytes, limits }: ContentOptions, signature: Signature | undefined): Unwrapped {
  const { name } = disk.file;
  if (signature === 'gzip') {
    return { compression: 'gzip', name, others: [], read: () => gunzip(disk.chunks(), name, chunkBytes, limits) };
  }
  if (signature === 'zstd') {
    return { compression: 'zstd', name, others: [], read: () => unzstd(disk.chunks(), name, chunkBytes, limits) };
  }
  return { compression: 'none', name, others: [], read: () => disk.chunks() };
}

function fromZip(zip: ZipArchive, file: string): Unwrapped {
  const entry = zip.choose();
  return {
    compression: 'zip',
    name: `${entry.fileName} in ${file}`,
    member: entry.fileName,
    others: zip.tables.filter((other) => other !== entry).map(({ fileName }) => fileName),
    read: () => zip.read(entry),
  };
}

async function openUnwrapped(disk: DiskReader, unwrapped: Unwrapped, { chunkBytes }: ContentOptions): Promise<Content> {
  const { compression, name, member, others, read } = unwrapped;
  const head = await firstBytes(read(), signatureBytes);
  const signature = signatureOf(head);
  const shared = {
    compression,
    ...(member === undefined ? {} : { member }),
    others,
    sha256: () => disk.sha256(),
    warnings: () => [],
  };
  switch (signature) {
    case 'json':
      return { ...shared, container: 'json', form: 'table', ...(await openJson(name, read, chunkBytes)) };
    case 'jsonl':
      return { ...shared, container: 'jsonl', form: 'table', ...(await openJsonLines(name, read, chunkBytes)) };
    case undefined:
      return { ...shared, container: compression === 'none' ? 'plain' : compression, form: 'text', chunks: read };
    default:
      throw wrappedTwiceError(name, compression, head, signature);
  }
}

async function firstBytes(chunks: AsyncGenerator<Buffer, void, void>, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

function wrappedTwiceError(name: string, compression: Compression, head: Buffer, signature: Signature): InputError {
  const meaning = recognizeContent(head) ?? signature;
  const what = meaning.startsWith(signature) && signature === 'gzip' ? 'gzip-compressed data' : meaning;
  return new InputError(`${name} holds ${what} inside ${compression}, which is one wrapping too many`, {
    remedy: 'Unpack it once yourself, then name the file that comes out.',
  });
}

function oldWorkbookError(name: string, head: Buffer): InputError {
  const isEncrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  const what = isEncrypted ? 'a password-protected Excel workbook' : 'an old Excel workbook (.xls)';
  return new InputError(`${name} is ${what}, which is not read`, {
    remedy: isEncrypted
      ? 'Open it with its password, remove the password, then save as .xlsx or CSV.'
      : 'Open it in a spreadsheet program, then save as .xlsx or CSV.',
  });
}
