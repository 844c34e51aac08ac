import type { SnapshotSource } from '../engines/engine.ts';
import { InputError } from '../errors.ts';
import { columnKey } from './mapping/column-name.ts';
import type { ScannedSource } from './scanned-source.ts';

/** How the columns of a file differ from those of the file before that is most like it. */
export interface SchemaDrift {
  readonly comparedWith: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Undefined where some file before had the same columns, in whatever order, or none is known. */
export function schemaDrift(source: ScannedSource, before: readonly SnapshotSource[]): SchemaDrift | undefined {
  // Mended rejects have columns of their own.
  if (source.understanding.layout.id === 'rejects') return undefined;
  const drifts = before.flatMap(({ name, columns }) =>
    columns === undefined ? [] : [{ comparedWith: name, ...difference(columns, source.columns) }],
  );
  const [closest] = drifts.toSorted((a, b) => size(a) - size(b));
  return closest === undefined || size(closest) === 0 ? undefined : closest;
}

/** @throws InputError with the differences. */
export function refuseDrift(name: string, { comparedWith, added, removed }: SchemaDrift): never {
  const list = (sign: string, columns: readonly string[]): string[] => {
    const shown = columns.slice(0, 20).map((column) => `${sign} ${JSON.stringify(column.slice(0, 60))}`);
    return columns.length > 20 ? [...shown, `${sign} ${columns.length - 20} more`] : shown;
  };
  throw new InputError(`${name} has other columns than ${comparedWith}, which was loaded before`, {
    remedy: [
      ...list('+', added),
      ...list('-', removed),
      'If that is meant, append it with --allow-schema-drift; else export it as before.',
    ],
  });
}

function difference(before: readonly string[], now: readonly string[]): Omit<SchemaDrift, 'comparedWith'> {
  const [known, seen] = [new Set(before.map(columnKey)), new Set(now.map(columnKey))];
  return {
    added: now.filter((column) => !known.has(columnKey(column))),
    removed: before.filter((column) => !seen.has(columnKey(column))),
  };
}

function size({ added, removed }: Pick<SchemaDrift, 'added' | 'removed'>): number {
  return added.length + removed.length;
}
