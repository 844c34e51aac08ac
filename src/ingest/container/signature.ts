import { announcedEncoding } from '../text-encoding.ts';

/** What the first bytes say that a file is, beyond text. */
export type Signature = 'gzip' | 'zstd' | 'zip' | 'parquet' | 'ole' | 'json' | 'jsonl';

/** Enough bytes from the beginning for `signatureOf`. */
export const signatureBytes = 65_536;

const signatures: readonly (readonly [beginning: string, signature: Signature])[] = [
  ['\x1f\x8b', 'gzip'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['PK\x07\x08', 'zip'],
  ['PK00PK', 'zip'],
  ['PAR1', 'parquet'],
  ['PARE', 'parquet'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'ole'],
];

/** By content, never by name. Undefined for text that is no JSON, and for all else that only `recognizeContent` knows. */
export function signatureOf(head: Buffer): Signature | undefined {
  const bytes = head.toString('latin1', 0, 8);
  const found = signatures.find(([beginning]) => bytes.startsWith(beginning))?.[1];
  if (found !== undefined) return found;
  if (bytes.length >= 4 && (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd';
  return jsonSignature(head);
}

function jsonSignature(head: Buffer): 'json' | 'jsonl' | undefined {
  const text = new TextDecoder(announcedEncoding(head)).decode(head).trimStart();
  if (/^\[\s*([[{\]]|$)/.test(text)) return 'json';
  if (!/^\{\s*("|\}|$)/.test(text)) return undefined;
  // JSON lines: a whole object on a line, and either more lines or nothing in it that could be the table.
  const [first = '', ...rest] = text.split(/\r?\n|\r/);
  const others = rest.filter((line) => line.trim() !== '');
  const value = parsed(first);
  if (value === undefined)
    return others.filter((line) => parsed(line) !== undefined).length * 2 > others.length ? 'jsonl' : 'json';
  return others.length > 0 || !holdsTable(value) ? 'jsonl' : 'json';
}

function parsed(line: string): object | undefined {
  if (!/^\s*\{.*\}\s*$/.test(line)) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function holdsTable(value: object): boolean {
  return Object.values(value).some((inner) => Array.isArray(inner) && inner.every((item) => typeof item === 'object'));
}
