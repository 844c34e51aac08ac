import { z } from 'zod';
import type { EngineName } from '../../engines/engine.ts';
import { headerOf } from '../../project/model.ts';
import { flag, rows, text, whole } from '../column-spec.ts';
import { type HistorySource, historyQuery, type TableQuery } from '../query-definition.ts';
import { textParameter } from '../query-parameters.ts';
import { SqlParts } from '../sql-parts.ts';

/** Published tables by `layer.name`; those of the ingest have no model. */
function tablesOf({ manifest, project }: HistorySource) {
  return Object.entries(manifest.rowCounts).map(([qualified, rowCount]) => {
    const [layer = '', name = ''] = qualified.split('.');
    const model = project.models.get(name);
    return { qualified, layer, name, rowCount, model: model?.layer === layer ? model : undefined };
  });
}

const nodes = historyQuery({
  name: 'data/lineage/nodes',
  summary: 'The published tables as a graph, from the input files on. One row per table or file.',
  params: z.strictObject({}),
  columns: {
    node: text('layer.table, or source: and the name of an input file'),
    layer: text('source, staging, warehouse or business'),
    name: text('table or file'),
    kind: text('source, ingest, sql or code'),
    origin: text('builtin, or user for a model of your own; null for what is no model'),
    row_count: rows('rows of the table, records of the file'),
    description: text('what the table says; null for a file'),
  },
  read: (_params, source) => [
    ...source.manifest.sources.map(({ name, loadId, recordCount }) => ({
      node: `source:${loadId}:${name}`,
      layer: 'source',
      name,
      kind: 'source',
      origin: null,
      row_count: recordCount,
      description: null,
    })),
    ...tablesOf(source).map(({ qualified, layer, name, rowCount, model }) => ({
      node: qualified,
      layer,
      name,
      kind: model?.kind ?? 'ingest',
      origin: model?.origin ?? null,
      row_count: rowCount,
      description: model === undefined ? null : headerOf(model).description,
    })),
  ],
});

const edges = historyQuery({
  name: 'data/lineage/edges',
  summary: 'Which table is made from which. One row per pair.',
  params: z.strictObject({}),
  columns: {
    from_node: text('the node that is read'),
    to_node: text('the node that is made'),
  },
  read: (_params, source) => {
    const tables = tablesOf(source);
    const byName = new Map(tables.map((table) => [table.name, table.qualified]));
    const loaded = tables.filter(({ model }) => model === undefined).map(({ qualified }) => qualified);
    const files = source.manifest.sources.flatMap(({ name, loadId }) =>
      loaded.map((to_node) => ({ from_node: `source:${loadId}:${name}`, to_node })),
    );
    const models = tables.flatMap(({ qualified, model }) => {
      if (model === undefined) return [];
      const read = [...model.dependsOn, ...(model.kind === 'sql' ? model.sources : [])];
      return read.flatMap((name) => {
        const from_node = byName.get(name);
        return from_node === undefined ? [] : [{ from_node, to_node: qualified }];
      });
    });
    return [...files, ...models];
  },
});

/** Texts of which one is taken by any parameter that must be given: an id, a month, a day, a number. */
const ANY_TEXTS = ['2024-01', '2024-01-01', '1'];

/** Parameters with which a query can be asked, as few as possible. */
function anyParameters({ shape }: z.ZodObject): Record<string, string> {
  const needed = Object.entries(shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  return Object.fromEntries(
    needed.map(([name, schema]) => {
      const texts = schema instanceof z.ZodEnum ? schema.options.map(String) : ANY_TEXTS;
      return [name, texts.find((text) => schema.safeParse(text).success) ?? ''];
    }),
  );
}

/** The tables that stand in the SQL of a query, by `layer.table`. */
function tablesReadBy(query: TableQuery, engine: EngineName): string[] {
  const params = query.params.parse(anyParameters(query.params));
  const sql = query.sql(params, new SqlParts(engine), '');
  const names = sql.match(/\b(staging|warehouse|business)\.[a-z0-9_]+/g) ?? [];
  return [...new Set(names)];
}

const questions = historyQuery({
  name: 'data/lineage/questions',
  summary: 'Which question of the web app reads which table. One row per pair.',
  params: z.strictObject({}),
  columns: {
    question: text('name of the question, as in its address'),
    node: text('the table that it reads, as layer.table'),
  },
  read: (_params, { queries, engine }) =>
    queries.flatMap((query) =>
      query.kind === 'history' ? [] : tablesReadBy(query, engine).map((node) => ({ question: query.name, node })),
    ),
});

const dictionary = historyQuery({
  name: 'data/dictionary',
  summary: 'What each column of each table means. One row per column.',
  params: z.strictObject({
    table: textParameter().optional().describe('name of a table, without its layer'),
  }),
  columns: {
    layer: text('layer of the table'),
    table_name: text('name of the table'),
    table_description: text('what the table says, and what one row is'),
    position: whole('place of the column, from 1'),
    column_name: text('name of the column'),
    meaning: text('what it means, with its unit'),
    is_key: flag('whether it is one of the columns that identify a row'),
  },
  read: ({ table }, source) =>
    tablesOf(source)
      .filter(({ name }) => table === undefined || name === table)
      .flatMap(({ layer, name, model }) => {
        if (model === undefined) return [];
        const { description, columns, grain } = headerOf(model);
        return columns.map((column, index) => ({
          layer,
          table_name: name,
          table_description: description,
          position: index + 1,
          column_name: column.name,
          meaning: column.description,
          is_key: grain.includes(column.name),
        }));
      }),
});

export const lineageQueries = [nodes, edges, questions, dictionary] as const;
