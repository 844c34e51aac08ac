import { utf16ByNulls } from './text-encoding.ts';

/** How many bytes from the beginning of the content are enough to tell what it is. */
export const recognizableBytes = 4096;

const signatures: readonly (readonly [offset: number, bytes: string, meaning: string])[] = [
  [0, '%PDF', 'a PDF document'],
  [0, 'PAR1', 'a Parquet file'],
  [0, 'PARE', 'an encrypted Parquet file'],
  [0, 'ARROW1', 'an Arrow file'],
  [0, 'SQLite format 3\0', 'a SQLite database'],
  [8, 'DUCK', 'a DuckDB database'],
  [0, '\xd0\xcf\x11\xe0', 'an old Excel workbook (.xls)'],
  [0, '\x1f\x8b', 'gzip inside gzip'],
  [0, '\x28\xb5\x2f\xfd', 'zstd-compressed data'],
  [0, 'BZh', 'bzip2-compressed data'],
  [0, '\xfd7zXZ', 'xz-compressed data'],
  [0, '7z\xbc\xaf', 'a 7z archive'],
  [257, 'ustar', 'a tar archive'],
  [0, '\x89PNG', 'a picture'],
];

/** What the content is if it is clearly not CSV in UTF-8, in words for people; undefined when it may be. */
export function recognizeContent(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, recognizableBytes)).toString('latin1');
  if (bytes.startsWith('PK\x03\x04')) {
    const isWorkbook = bytes.includes('xl/') || bytes.includes('[Content_Types].xml');
    return isWorkbook ? 'an Excel workbook (.xlsx)' : 'a zip archive';
  }
  for (const [offset, signature, meaning] of signatures) {
    if (bytes.startsWith(signature, offset)) return meaning;
  }
  if (utf16ByNulls(Buffer.from(bytes, 'latin1')) !== undefined) return 'UTF-16 text without a byte order mark';
  const text = bytes.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<(!doctype|html|head|body|script|!--)/i.test(text)) return 'an HTML page';
  if (/^<\?xml/i.test(text)) return 'an XML document';
  if (/^(\{\s*("|\}|$)|\[\s*([[{"\]]|$))/.test(text)) return 'JSON';
  return undefined;
}
