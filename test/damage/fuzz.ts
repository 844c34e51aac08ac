import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { usualCleanFile } from './clean-file.ts';
import { damagedFile, damages } from './damages.ts';
import type { Door } from './door.ts';

/** Longer than this, a small file has sent the door into a loop. */
const longestMs = 10_000;

/**
 * Lets any bytes through the door: they are refused with an error for users, or every record is in exactly one place. Returns what
 * is wrong, undefined where nothing is; a crash is thrown.
 */
export async function faultAtDoor(door: Door, bytes: Uint8Array): Promise<string | undefined> {
  const start = performance.now();
  const outcome = await door.take(bytes);
  const tookMs = performance.now() - start;
  if (tookMs > longestMs) return `took ${Math.round(tookMs)} ms`;
  if (outcome.kind === 'refused') return outcome.error.message === '' ? 'refused without a reason' : undefined;
  const { source, loaded, reasons } = outcome;
  const lines = new Set([...loaded.map(({ line }) => line), ...reasons.keys()]);
  if (loaded.length + reasons.size === source.recordCount && lines.size === source.recordCount) return undefined;
  return `${source.recordCount} records, but ${loaded.length} are loaded and ${reasons.size} reported, of ${lines.size} lines`;
}

/** Valid files in every format and in many dialects, to be mutated. */
export async function validFiles(folder: string): Promise<Buffer[]> {
  const clean = usualCleanFile(true);
  const harmless = damages.filter(({ outcome }) => outcome === 'harmless');
  const texts = harmless.map((damage, at) => damagedFile(usualCleanFile(at % 2 === 0), [damage], at).bytes);
  const records = clean.rows.map(({ date, customer, order, sales }) => ({
    ...{ Date: date, 'Customer ID': customer, 'Order ID': order, Sales: Number(sales) },
  }));
  const json = Buffer.from(JSON.stringify(records));
  const jsonLines = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const rows = [Object.keys(records[0] ?? {}), ...records.map((record) => Object.values(record))];
  const workbook = Buffer.from(await writeXlsx({ sheets: [{ name: 'Orders', rows }] }));
  return [...texts, json, jsonLines, workbook, await parquetOf(jsonLines, folder)];
}

async function parquetOf(jsonLines: Buffer, folder: string): Promise<Buffer> {
  const path = join(folder, 'orders.parquet');
  const values = jsonLines
    .toString()
    .trim()
    .split('\n')
    .map((line) => {
      const { Date: date, 'Customer ID': customer, 'Order ID': order, Sales: sales } = JSON.parse(line);
      return `(${[date, customer, order, sales].map((value) => `'${String(value).replaceAll("'", "''")}'`).join(', ')})`;
    });
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    const table = `(values ${values.join(', ')}) as orders ("Date", "Customer ID", "Order ID", "Sales")`;
    await connection.run(`copy (select * from ${table}) to '${path}' (format parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return readFileSync(path);
}

interface Mutation {
  readonly kind: 'flip' | 'insert' | 'delete' | 'truncate' | 'splice';
  readonly at: number;
  readonly to: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const telling = ['"', '""', ',', '\n', '\r', '\r\n', '\0', '\ufeff', ';', '\t', '\n\n', ',,,,', '"\n', '\x1a'];

const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'insert', 'delete', 'truncate', 'splice'),
  at: fc.nat(),
  to: fc.nat(),
  length: fc.integer({ min: 1, max: 60 }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(...telling).map((text): Uint8Array => Buffer.from(text)),
  ),
});

function mutated(bytes: Buffer, { kind, at, to, length, bytes: inserted }: Mutation): Buffer {
  const from = at % (bytes.length + 1);
  const before = bytes.subarray(0, from);
  switch (kind) {
    case 'flip':
      return Buffer.concat([
        before,
        bytes.subarray(from, from + 1).map((byte) => byte ^ (1 << (length % 8))),
        bytes.subarray(from + 1),
      ]);
    case 'insert':
      return Buffer.concat([before, inserted, bytes.subarray(from)]);
    case 'delete':
      return Buffer.concat([before, bytes.subarray(from + length)]);
    case 'truncate':
      return before;
    case 'splice': {
      const start = to % (bytes.length + 1);
      return Buffer.concat([before, bytes.subarray(start, start + length), bytes.subarray(from)]);
    }
  }
}

/** One of the files with one to four mutations. */
export function anyMutant(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...files), fc.array(anyMutation, { minLength: 1, maxLength: 4 }))
    .map(([file, mutations]) => mutations.reduce(mutated, file));
}

const header = Buffer.from(',Date,Customer ID,Order ID,Sales\n');
const pieces = [
  ...telling,
  'Date',
  'Sales',
  'C17',
  '2024-01-05',
  '12.50',
  'é',
  '\ud83d\ude00',
  'Total',
  'sep=;\n',
  '-',
  '1e5',
];

/** Bytes of no kind, text of what CSV is made of, and both below a header. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.constantFrom(...pieces), { maxLength: 80 }).map((parts) => Buffer.from(parts.join(''))),
    ),
  )
  .map(([isBelowHeader, bytes]) => (isBelowHeader ? Buffer.concat([header, bytes]) : bytes));
