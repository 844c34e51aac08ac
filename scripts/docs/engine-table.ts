import { configSchema } from '../../src/config/schema.ts';
import type { Capabilities, EngineName } from '../../src/engines/engine.ts';
import { openEngine } from '../../src/engines/open-engine.ts';
import { PORTABLE, type PortableFunction } from '../../src/project/portable.ts';
import { markdownTable } from './markdown.ts';

const TITLES: Readonly<Record<EngineName, string>> = { duckdb: 'DuckDB', postgres: 'PostgreSQL' };

/** What a capability means to a user. One without a text does not compile. */
const TEXTS: Readonly<Record<keyof Capabilities, string>> = {
  concurrentModels: 'models built at the same time (`maxConcurrentModels`)',
  parquetExport: '`export --format parquet`',
  layerFiles: 'layers are files that other tools can open',
  storedOrder: 'rows come in the order of the grain where a query asks for none',
  keys: 'primary keys, foreign keys, indexes',
  shared: 'several machines work on the same published data, one run at a time',
};

/** What each engine can do, asked of the engines themselves. */
export function engineTable(): string {
  const names = Object.keys(TITLES) as EngineName[];
  const defaults = { ...configSchema.parse({}), modelsDir: null };
  const abilities = names.map((engine) => openEngine({ ...defaults, engine }, {}).capabilities);
  const rows = (Object.keys(TEXTS) as (keyof Capabilities)[]).map((key) => [
    TEXTS[key],
    ...abilities.map((capabilities) => cell(capabilities[key])),
  ]);
  return markdownTable(['', ...names.map((name) => TITLES[name])], rows);
}

function cell(value: boolean | number): string {
  if (typeof value === 'number') return String(value);
  return value ? 'yes' : 'no';
}

/** Where an engine needs SQL of its own, and why. */
export function engineDifferenceTable(): string {
  const rows = Object.entries(PORTABLE).flatMap(([name, definition]: [string, PortableFunction]) =>
    Object.entries(definition.exceptions ?? {}).map(([engine, { why }]) => [
      `\`${name}\``,
      TITLES[engine as EngineName],
      why,
    ]),
  );
  return markdownTable(['Function', 'Own SQL on', 'Why'], rows);
}
