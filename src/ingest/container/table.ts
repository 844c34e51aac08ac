import type { Content } from './content.ts';
import type { DiskReader } from './disk-reader.ts';

/** The copy of a database table: CSV of one dialect, whatever its cells look like. */
export function openTable(disk: DiskReader, warnings: readonly string[]): Content {
  return {
    container: 'table',
    compression: 'none',
    others: [],
    form: 'table',
    chunks: () => disk.chunks(),
    sha256: () => disk.sha256(),
    warnings: () => warnings,
  };
}
