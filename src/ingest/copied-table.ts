import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceTable, TableCopy } from '../engines/source-table.ts';
import type { ScanOptions } from './scan-options.ts';

/** A private copy of a table, as a file that is read like any other. */
export interface CopiedTable extends TableCopy {
  readonly path: string;
  /** The table's name, for people: `shop.orders`. */
  readonly name: string;
  /** The table with its database: `postgres://shop@localhost:5432/shop#shop.orders`. */
  readonly origin: string;
}

/** Orders come from a file, which is named by its path, or from a table. */
export type SourceInput = { readonly path: string } | { readonly table: SourceTable };

/**
 * Hands over the path and the options with which a source is scanned. A table is copied to `tempDir` first, and its copy
 * is gone afterwards; `onCopied` is told how many bytes have come from the server.
 */
export async function withSourcePath<Result>(
  input: SourceInput,
  options: ScanOptions,
  use: (path: string, options: ScanOptions) => Promise<Result>,
  onCopied?: (bytes: number) => void,
): Promise<Result> {
  if ('path' in input) return use(input.path, options);
  const { table } = input;
  const { signal, tempDir } = options;
  const path = join(tempDir, 'table.csv');
  try {
    const copy = await table.copyTo(path, {
      ...(signal === undefined ? {} : { signal }),
      ...(onCopied === undefined ? {} : { onBytes: onCopied }),
    });
    const copied: CopiedTable = { ...copy, path, name: table.name, origin: `${table.server}#${table.name}` };
    return await use(path, { ...options, table: copied });
  } finally {
    await rm(path, { force: true });
  }
}
