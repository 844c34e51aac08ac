import { resolve } from 'node:path';
import type { Pipeline } from '../api/pipeline.ts';
import type { Effects } from '../effects.ts';
import type { Reader } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import { LAYERS } from '../engines/layer.ts';
import { QueryError } from '../engines/query-error.ts';
import type { ColumnType, ResultSet } from '../engines/result-set.ts';
import { selectTables } from '../export/select-tables.ts';
import { grainOf, openTable, relationName, selectAll } from '../export/table-source.ts';
import { headerOf, type Model } from '../project/model.ts';
import { relationsOf } from '../project/relations.ts';
import type { CheckResult } from '../quality/check-result.ts';
import { runChecks } from '../quality/run-checks.ts';
import { type EngineChoice, withIsolatedShop } from './isolated-shop.ts';

/** Rows that are shown of a table. */
const SAMPLE_ROWS = 5;
const KEY_CHECKS: readonly string[] = ['not_null', 'unique', 'relationship'];

export interface TableReport {
  readonly layer: Layer;
  readonly name: string;
  /** Counted now. */
  readonly rows: number;
  /** Counted when the table was built. */
  readonly publishedRows: number;
  /** The columns that identify a row. */
  readonly grain: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly description: string }[];
  /** Keys, foreign keys and values that must be there, checked now. */
  readonly keyChecks: readonly CheckResult[];
  /** Why they could not be made: the model, for example, has changed since the table was built. */
  readonly checkError?: string;
  readonly sample: ResultSet;
}

export interface WarehouseReport {
  readonly dataDir: string;
  readonly snapshotId: string;
  readonly asOf: string;
  /** In the order in which they are built. */
  readonly tables: readonly TableReport[];
}

/** The same for a run in a temporary folder, over orders of your own or the bundled sample. */
export function debugTemporaryRun({
  csvFile,
  engine,
  effects,
  signal,
}: {
  readonly csvFile: string | undefined;
  readonly engine: EngineChoice;
  readonly effects: Effects;
  readonly signal: AbortSignal;
}): Promise<WarehouseReport> {
  return withIsolatedShop({ effects, engine }, async ({ pipeline }) => {
    await pipeline.run(csvFile === undefined ? [] : [resolve(effects.cwd, csvFile)], { signal });
    const report = await debugWarehouse(pipeline);
    if (report === undefined) throw new Error('a run that published nothing');
    return report;
  });
}

/** Looks into the published layers, for finding out what is wrong. Undefined before the first run. */
export async function debugWarehouse(pipeline: Pipeline): Promise<WarehouseReport | undefined> {
  const { capabilities } = pipeline.engine;
  const published = await pipeline.engine.published();
  if (published === undefined) return undefined;
  const project = await pipeline.loadProject();
  const relationOf = relationsOf(project, (layer, relation) => `${layer}.${relation}`).model;
  const reader = await pipeline.openReader();
  try {
    const tables: TableReport[] = [];
    for (const name of selectTables(Object.keys(published.rowCounts), LAYERS.slice())) {
      const model = project.models.get(name.name);
      const publishedRows = published.rowCounts[`${name.layer}.${name.name}`] ?? 0;
      const table = await openTable(reader, name, { rowCount: publishedRows, model, capabilities });
      const meanings = new Map(
        model === undefined ? [] : headerOf(model).columns.map((column) => [column.name, column.description]),
      );
      const counted = await reader.query(`select count(*) from ${relationName(name)}`);
      tables.push({
        ...name,
        rows: Number(counted.rows[0]?.[0] ?? 0),
        publishedRows,
        grain: grainOf(table),
        columns: table.columns.map((column) => ({ ...column, description: meanings.get(column.name) ?? '' })),
        ...(model === undefined ? { keyChecks: [] } : await keyChecks(model, reader, relationOf)),
        sample: await reader.query(`${selectAll(table)} limit ${SAMPLE_ROWS}`),
      });
    }
    const { snapshotId, asOf } = published;
    return { dataDir: pipeline.config.dataDir, snapshotId, asOf, tables };
  } finally {
    await reader.close();
  }
}

async function keyChecks(
  model: Model,
  reader: Reader,
  relationOf: (name: string) => string,
): Promise<Pick<TableReport, 'keyChecks' | 'checkError'>> {
  try {
    const results = await runChecks(model, reader, { relationOf });
    return { keyChecks: results.filter(({ kind }) => KEY_CHECKS.includes(kind)) };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { keyChecks: [], checkError: error.message };
  }
}
