import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import type { Capabilities, QueryOptions, Reader, SnapshotManifest } from '../engines/engine.ts';
import { LAYERS } from '../engines/layer.ts';
import { writeText } from '../engines/write-text.ts';
import { CancelledError, RunError } from '../errors.ts';
import type { Model } from '../project/model.ts';
import { claimFolder, removeAbandoned } from './claimed-folder.ts';
import { csvWriter } from './csv-record.ts';
import type { ExportedFile, ExportFormat, ExportOptions, ExportResult } from './export-types.ts';
import { jsonLineWriter } from './json-line.ts';
import { MANIFEST_FILE, prepareOutDir } from './out-dir.ts';
import { publishFiles } from './publish-files.ts';
import { sealFile } from './seal-file.ts';
import { selectTables } from './select-tables.ts';
import { openTable, readRows, selectAll, type TableSource } from './table-source.ts';
import { writeFailure } from './write-failure.ts';

/** The name of a folder with unfinished files begins with this. */
export const UNFINISHED_PREFIX = '.unfinished-export-';

export interface ExportContext {
  readonly reader: Reader;
  /** Of the engine that the reader belongs to. */
  readonly capabilities: Capabilities;
  readonly manifest: SnapshotManifest;
  readonly models: ReadonlyMap<string, Model>;
  readonly dataDir: string;
  /** Absolute. */
  readonly outDir: string;
  readonly effects: Effects;
}

/** A file that is to be written and what goes into it. */
interface FilePlan {
  readonly name: string;
  readonly tables: readonly TableSource[];
}

interface Writing {
  readonly format: ExportFormat;
  readonly exact: boolean;
  readonly reader: Reader;
  readonly options: QueryOptions;
  onRows(table: TableSource, rows: number): void;
}

/**
 * Writes published tables as files, all of one snapshot. They are written apart and moved into the folder when all are
 * complete; a failure leaves what was there.
 */
export async function runExport(request: ExportOptions, context: ExportContext): Promise<ExportResult> {
  const { format = 'csv', exact = false, signal, onProgress } = request;
  const { reader, capabilities, manifest, outDir, effects } = context;
  const start = effects.monotonicMs();
  const names = selectTables(Object.keys(manifest.rowCounts), request.tables ?? []);
  await prepareOutDir(outDir, { dataDir: context.dataDir, manifestFile: MANIFEST_FILE });
  await removeAbandoned(outDir, { prefix: UNFINISHED_PREFIX, effects });
  const options = signal === undefined ? {} : { signal };
  const tables: TableSource[] = [];
  for (const name of names) {
    const rowCount = manifest.rowCounts[`${name.layer}.${name.name}`] ?? 0;
    const model = context.models.get(name.name);
    tables.push(await openTable(reader, name, { rowCount, model, capabilities, options }));
  }
  const totalRows = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  let written = 0;
  const onRows = ({ layer, name }: TableSource, rows: number) => {
    written += rows;
    onProgress?.({ table: `${layer}.${name}`, rows: written, totalRows });
  };
  const folder = claimFolder(outDir, { prefix: UNFINISHED_PREFIX, command: 'export', effects });
  try {
    const files: ExportedFile[] = [];
    for (const plan of planFiles(format, tables)) {
      files.push(await writeOne(folder.path, plan, { format, exact, reader, options, onRows }));
      if (signal?.aborted) throw new CancelledError();
    }
    const { snapshotId, asOf } = manifest;
    await publishFiles(
      { snapshotId, asOf, format, files },
      { folder: folder.path, outDir, manifestFile: MANIFEST_FILE },
    );
    const durationSeconds = (effects.monotonicMs() - start) / 1000;
    return { format, snapshotId, asOf, outDir, rows: written, files, durationSeconds };
  } catch (error) {
    throw await writeFailure(error, { folder: folder.path, outDir, rows: written, totalRows });
  } finally {
    await folder.remove();
  }
}

const EXTENSIONS = { csv: 'csv', json: 'jsonl', parquet: 'parquet' } as const;

function planFiles(format: ExportFormat, tables: readonly TableSource[]): FilePlan[] {
  if (format !== 'sqlite') {
    return tables.map((table) => ({ name: `${table.name}.${EXTENSIONS[format]}`, tables: [table] }));
  }
  return LAYERS.map((layer) => ({
    name: `${layer}.db`,
    tables: tables.filter((table) => table.layer === layer),
  })).filter((plan) => plan.tables.length > 0);
}

/** Writes one file; every table must have as many rows as when it was built. */
async function writeOne(folder: string, { name, tables }: FilePlan, writing: Writing): Promise<ExportedFile> {
  const path = join(folder, name);
  const rows = new Map<TableSource, number>(tables.map((table) => [table, 0]));
  await writeFormat(path, tables, {
    ...writing,
    onRows: (table, count) => {
      rows.set(table, (rows.get(table) ?? 0) + count);
      writing.onRows(table, count);
    },
  });
  for (const table of tables) assertComplete(table, rows.get(table) ?? 0);
  return {
    name,
    tables: tables.map((table) => ({ table: `${table.layer}.${table.name}`, rows: rows.get(table) ?? 0 })),
    ...(await sealFile(path)),
  };
}

async function writeFormat(path: string, tables: readonly TableSource[], writing: Writing): Promise<void> {
  const { format, reader, options, onRows } = writing;
  if (format === 'sqlite') {
    const { writeSqlite } = await import('./write-sqlite.ts');
    return writeSqlite(path, reader, tables, { ...options, onRows });
  }
  for (const table of tables) {
    if (format === 'parquet') {
      await reader.writeParquet(selectAll(table), path);
      onRows(table, table.rowCount);
    } else {
      await writeText(path, lines(table, writing));
    }
  }
}

async function* lines(table: TableSource, { format, exact, reader, options, onRows }: Writing): AsyncGenerator<string> {
  const csv = csvWriter(table.columns, exact);
  const record = format === 'csv' ? csv.record : jsonLineWriter(table.columns);
  if (format === 'csv') yield csv.header;
  for await (const rows of readRows(reader, table, options)) {
    yield rows.map(record).join('');
    onRows(table, rows.length);
  }
}

function assertComplete({ layer, name, rowCount }: TableSource, rows: number): void {
  if (rows === rowCount) return;
  throw new RunError(`${layer}.${name} has ${rows} rows, but had ${rowCount} when it was published`, {
    remedy: 'the published data is damaged: go back with marketing-pipeline rollback, or run the pipeline again',
  });
}
