import type { Layer } from '../engines/layer.ts';
import { errorAt } from './location.ts';
import type { SqlModel } from './model.ts';
import { findHeader, parseHeader } from './model-header.ts';
import { type CallSegment, parseTemplate, type Segment } from './template.ts';

export interface ModelPlace {
  readonly name: string;
  readonly layer: Layer;
  readonly file: string;
  readonly origin: 'builtin' | 'user';
}

/** The calls of one function, in the order in which they stand. */
export function callsOf(segments: readonly Segment[], name: string): CallSegment[] {
  return segments.filter((segment): segment is CallSegment => segment.kind === 'call' && segment.name === name);
}

function namesOf(segments: readonly Segment[], call: string): string[] {
  return [...new Set(callsOf(segments, call).map(({ args: [name = ''] }) => name))].sort();
}

/** Reads a model file. Throws a ProjectError with file, line and column for anything outside the language. */
export function parseSqlModel(text: string, place: ModelPlace): SqlModel {
  const { name, layer, file } = place;
  const header = parseHeader(text, file);
  const segments = parseTemplate(text, file, findHeader(text, file).bodyStart);
  const [source] = callsOf(segments, 'source');
  if (source !== undefined && layer !== 'staging') {
    const remedy = 'read the sources in a staging model and refer to that one';
    throw errorAt(`source('${source.args[0]}') in the ${layer} model ${name}`, { file, ...source }, remedy);
  }
  if (segments.every((segment) => segment.kind === 'text' && segment.text.trim() === '')) {
    throw errorAt(`model ${name} has no SQL after its header`, { file, line: 1, column: 1 });
  }
  return {
    kind: 'sql',
    ...place,
    header,
    segments,
    dependsOn: namesOf(segments, 'ref'),
    sources: namesOf(segments, 'source'),
  };
}
