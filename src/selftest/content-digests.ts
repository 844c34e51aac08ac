import { createHash } from 'node:crypto';
import type { Pipeline } from '../api/pipeline.ts';
import type { QueryOptions } from '../engines/engine.ts';
import { jsonLineWriter } from '../export/json-line.ts';
import { selectTables } from '../export/select-tables.ts';
import { openTable, readRows } from '../export/table-source.ts';

/** SHA-256 of the rows of every published table, in their order, by `layer.table`. */
export async function contentDigests(
  pipeline: Pipeline,
  options: QueryOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const { models } = await pipeline.loadProject();
  const { rowCounts = {} } = (await pipeline.engine.published()) ?? {};
  const { capabilities } = pipeline.engine;
  const digests: Record<string, string> = {};
  const reader = await pipeline.openReader();
  try {
    for (const name of selectTables(Object.keys(rowCounts), [])) {
      const model = models.get(name.name);
      const table = await openTable(reader, name, { rowCount: 0, model, capabilities, options });
      const toLine = jsonLineWriter(table.columns);
      const hash = createHash('sha256');
      for await (const rows of readRows(reader, table, options)) hash.update(rows.map(toLine).join(''));
      digests[`${name.layer}.${name.name}`] = hash.digest('hex');
    }
    return digests;
  } finally {
    await reader.close();
  }
}
