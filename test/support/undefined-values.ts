import { headerOf } from '../../src/project/model.ts';
import { readTables, type Shop } from './run-shop.ts';

/** Where a column holds null, its description must say when; numbers are finite; texts hold no programmer's nothing. */
export async function undefinedValues(shop: Shop): Promise<string[]> {
  const { models } = await shop.pipeline.loadProject();
  const problems = new Set<string>();
  for (const [table, rows] of await readTables(shop)) {
    const model = models.get(table.slice(table.indexOf('.') + 1));
    if (model === undefined) continue;
    const nullable = new Set(
      headerOf(model)
        .columns.filter(({ description }) => /\bnull\b|\bwithheld\b/i.test(description))
        .map(({ name }) => name),
    );
    for (const [column, value] of rows.flatMap((one) => Object.entries(one))) {
      if (value === null && !nullable.has(column)) problems.add(`${table}.${column} is null`);
      if (typeof value === 'number' && !Number.isFinite(value)) problems.add(`${table}.${column} is ${value}`);
      if (typeof value === 'string' && /\b(NaN|Infinity|null|undefined)\b/.test(value) && column !== 'evidence_sql') {
        problems.add(`${table}.${column} says ${value}`);
      }
    }
  }
  return [...problems];
}
