import { builtinModelsDir } from '../../src/api/folders.ts';
import { LAYERS } from '../../src/engines/layer.ts';
import { RAW_COLUMNS, RAW_DESCRIPTION, RAW_TABLE } from '../../src/ingest/raw-table.ts';
import { SOURCES_COLUMNS, SOURCES_DESCRIPTION, SOURCES_TABLE } from '../../src/ingest/sources-table.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { headerOf, type ModelHeader } from '../../src/project/model.ts';
import { markdownTable } from './markdown.ts';

/** Every table of every layer with its columns, from the headers of the models. */
export async function dataDictionary(): Promise<string> {
  const { models } = await loadProject({ builtinDir: builtinModelsDir(), engine: 'duckdb' });
  const ingest = [
    tableSection(RAW_TABLE, ingestHeader(RAW_DESCRIPTION, ['load_id', 'source_row'], RAW_COLUMNS)),
    tableSection(SOURCES_TABLE, ingestHeader(SOURCES_DESCRIPTION, ['load_id'], SOURCES_COLUMNS)),
  ];
  const sections = LAYERS.map((layer) => {
    const tables = [...models.values()]
      .filter((model) => model.layer === layer)
      .map((model) => tableSection(model.name, headerOf(model)));
    const all = layer === 'staging' ? [...ingest, ...tables] : tables;
    return [`## ${layer}`, ...all].join('\n\n');
  });
  return sections.join('\n\n');
}

/** The tables that the ingest makes itself have no model. */
function ingestHeader(description: string, grain: ModelHeader['grain'], columns: ModelHeader['columns']): ModelHeader {
  return { description, materialized: 'table', grain, columns, checks: [] };
}

function tableSection(name: string, { description, grain, columns, checks, materialized }: ModelHeader): string {
  const facts = [
    ...(grain.length === 0 ? [] : [`Rows are identified by ${list(grain)}.`]),
    ...(materialized === 'view' ? ['It is a view.'] : []),
  ];
  const checked = checks.map(({ name: check, severity }) => `\`${check}\`${severity === 'warn' ? ' (warns)' : ''}`);
  return [
    `### ${name}`,
    [description, ...facts].join('\n\n'),
    markdownTable(
      ['Column', 'Meaning'],
      columns.map((column) => [`\`${column.name}\``, column.description]),
    ),
    ...(checked.length === 0 ? [] : [`Checks: ${checked.join(', ')}.`]),
  ].join('\n\n');
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
