import { didYouMean } from '../did-you-mean.ts';
import { isLayer, LAYERS, type Layer } from '../engines/layer.ts';
import { UsageError } from '../errors.ts';

/** A published table by its parts. */
export interface TableName {
  readonly layer: Layer;
  readonly name: string;
}

/**
 * The published tables that are asked for, each once, in the order in which they are published. A table is named as
 * `monthly_metrics` or `business.monthly_metrics`, all tables of a layer by the layer; no names: everything.
 * @throws UsageError for a name that is neither.
 */
export function selectTables(published: Iterable<string>, asked: readonly string[]): TableName[] {
  const tables = [...published].flatMap(parseName);
  const isAsked = (text: string, { layer, name }: TableName) =>
    text === layer || text === name || text === `${layer}.${name}`;
  for (const text of asked) {
    if (tables.some((table) => isAsked(text, table))) continue;
    const known = [
      ...LAYERS,
      ...tables.map(({ name }) => name),
      ...tables.map(({ layer, name }) => `${layer}.${name}`),
    ];
    throw new UsageError(`"${text}" is not a published table or layer${didYouMean(text, known)}`, {
      remedy: LAYERS.map((layer) => {
        const names = tables.filter((table) => table.layer === layer).map(({ name }) => name);
        return `${layer} has ${names.join(', ') || 'no tables'}`;
      }),
    });
  }
  return asked.length === 0 ? tables : tables.filter((table) => asked.some((text) => isAsked(text, table)));
}

function parseName(text: string): TableName[] {
  const [layer = '', name = '', ...rest] = text.split('.');
  return isLayer(layer) && /^\w+$/.test(name) && rest.length === 0 ? [{ layer, name }] : [];
}
