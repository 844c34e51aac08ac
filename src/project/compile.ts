import { didYouMean } from '../did-you-mean.ts';
import { errorAt } from './location.ts';
import type { SqlModel } from './model.ts';
import { type EngineName, isPortableName, renderPortable } from './portable.ts';
import { type SqlValue, sqlLiteral } from './sql-text.ts';
import type { CallSegment } from './template.ts';

export interface CompileOptions {
  readonly engine: EngineName;
  /** The relation of a model, quoted for the engine. */
  relation(name: string): string;
  /** The relation of an ingest table, quoted for the engine. */
  source(name: string): string;
  /** What `{{ var('x') }}` may name. A list becomes `('a', 'b')`, to stand after `in`. */
  readonly vars: ReadonlyMap<string, SqlValue>;
}

function variable(call: CallSegment, file: string, vars: CompileOptions['vars']): string {
  const [name = ''] = call.args;
  const value = vars.get(name);
  if (value === undefined) {
    throw errorAt(`"${name}" is not a variable of the configuration${didYouMean(name, vars.keys())}`, {
      file,
      ...call,
    });
  }
  try {
    return sqlLiteral(value);
  } catch (cause) {
    throw errorAt(`"${name}" cannot be written in SQL: ${(cause as Error).message}`, { file, ...call });
  }
}

function expand(call: CallSegment, file: string, options: CompileOptions): string {
  const [name = ''] = call.args;
  if (call.name === 'ref') return options.relation(name);
  if (call.name === 'source') return options.source(name);
  if (call.name === 'var') return variable(call, file, options.vars);
  if (isPortableName(call.name)) return renderPortable(call.name, call.args, options.engine);
  throw errorAt(`"${call.name}" is not a function of models`, { file, ...call });
}

/** The plain SQL of a model for one engine, without its header. Throws a ProjectError for an unknown variable. */
export function compileModel(model: SqlModel, options: CompileOptions): string {
  return model.segments
    .map((segment) => (segment.kind === 'text' ? segment.text : expand(segment, model.file, options)))
    .join('')
    .trim();
}
