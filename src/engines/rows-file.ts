import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CsvFile } from './csv-file.ts';
import type { RowsSpec } from './engine.ts';
import { quotedIdentifier } from './quote.ts';
import type { Value } from './result-set.ts';
import { type GivenRows, literalText } from './values-statement.ts';
import { writeText } from './write-text.ts';

/** From this many rows on, a file is quicker than a statement that holds them all. */
const MANY_ROWS = 2_000;

/** The rows as a list if they are few; otherwise as they come. */
export type Gathered = { readonly few: GivenRows } | { readonly many: Iterable<GivenRows[number]> };

/** Reads rows until they are many. What is read is not lost: `many` begins with it. */
export function gatherRows(rows: RowsSpec['rows']): Gathered {
  const iterator = rows[Symbol.iterator]();
  const first: GivenRows[number][] = [];
  while (first.length < MANY_ROWS) {
    const next = iterator.next();
    if (next.done === true) return { few: first };
    first.push(next.value);
  }
  return { many: chained(first, iterator) };
}

function* chained(first: GivenRows, rest: Iterator<GivenRows[number]>): Generator<GivenRows[number]> {
  try {
    yield* first;
    for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
  } finally {
    rest.return?.();
  }
}

/** Stands before every text, so that an empty text is not null. */
const MARK = '=';

/** Writes rows made in JavaScript as a file that engines load as they load input: all text, null as an empty field. */
export async function writeRowsFile(
  path: string,
  { columns, rows }: Pick<RowsSpec, 'columns' | 'rows'>,
): Promise<CsvFile> {
  let longestRecordBytes = 0;
  let recordCount = 0;
  async function* records() {
    for (const row of rows) {
      // With the number in front no record is a blank line.
      const record = `${recordCount++},${columns.map((_, position) => field(row[position] ?? null)).join(',')}\n`;
      longestRecordBytes = Math.max(longestRecordBytes, record.length * 3);
      yield record;
    }
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeText(path, records());
  return {
    path,
    delimiter: ',',
    columns: ['row_number', ...columns.map((_, position) => `c${position}`)],
    skipLines: 0,
    longestRecordBytes,
    recordCount,
    hasPosition: false,
  };
}

/** The rows of a staged file with their own names and types. */
export function rowsFileSql(columns: RowsSpec['columns'], staged: string): string {
  const casts = columns.map(({ name, sqlType }, position) => {
    const text = `case when c${position} <> '' then substr(c${position}, ${MARK.length + 1}) end`;
    return `cast(${text} as ${sqlType}) as ${quotedIdentifier(name)}`;
  });
  return `select ${casts.join(', ')} from ${staged} as staged`;
}

function field(value: Value | bigint): string {
  if (value === null) return '';
  const text = `${MARK}${literalText(value)}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
