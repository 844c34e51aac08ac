import { pathToFileURL } from 'node:url';
import { didYouMean } from '../did-you-mean.ts';
import { ProjectError } from '../errors.ts';
import { firstDuplicate, parseCheck } from './check-tag.ts';
import { CODE_COLUMN_TYPES, type CodeModel, type CodeModelColumn, type CodeModelDefinition } from './model.ts';
import type { ModelPlace } from './sql-model.ts';

const REMEDY = 'export const model = defineModel({ description, dependsOn, grain, columns, run })';
const KEYS = ['description', 'dependsOn', 'grain', 'columns', 'checks', 'run'];

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isColumn(value: unknown): value is CodeModelColumn {
  if (!isObject(value)) return false;
  const { name, description, type } = value;
  return (
    typeof name === 'string' && typeof description === 'string' && CODE_COLUMN_TYPES.some((known) => known === type)
  );
}

/** What is wrong with an exported value, or undefined. */
function problemOf(value: Fields): string | undefined {
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `"${unknown}" is not a property of a code model${didYouMean(unknown, KEYS)}`;
  const { description, dependsOn, grain, columns, checks, run } = value;
  if (typeof description !== 'string' || description.trim() === '') return '"description" is not a sentence';
  if (!isTexts(dependsOn)) return '"dependsOn" is not a list of model names';
  if (!isTexts(grain)) return '"grain" is not a list of column names';
  if (!Array.isArray(columns) || columns.length === 0) return '"columns" is not a list of columns';
  const bad = columns.findIndex((column) => !isColumn(column));
  if (bad !== -1) {
    return `"columns[${bad}]" is not { name, description, type } with a type of ${CODE_COLUMN_TYPES.join(', ')}`;
  }
  const names = columns.filter(isColumn).map((column) => column.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `column "${twice}" is declared twice`;
  const missing = grain.find((name) => !names.includes(name));
  if (missing !== undefined) return `"${missing}" of the grain is not a declared column${didYouMean(missing, names)}`;
  if (checks !== undefined && !isTexts(checks)) return '"checks" is not a list of texts';
  return typeof run === 'function' ? undefined : '"run" is not a function';
}

function isDefinition(value: unknown): value is CodeModelDefinition {
  return isObject(value) && problemOf(value) === undefined;
}

/** Makes a model of what a file exports. Throws a ProjectError naming the property that is wrong. */
function codeModel(exported: unknown, place: ModelPlace): CodeModel {
  const { file } = place;
  if (!isDefinition(exported)) {
    const problem = isObject(exported) ? problemOf(exported) : 'the file exports no model';
    throw new ProjectError(`${problem}, in ${file}`, { remedy: REMEDY });
  }
  const columns = exported.columns.map((column) => column.name);
  const checks = (exported.checks ?? []).flatMap((text) =>
    parseCheck({
      text,
      line: 1,
      columns,
      errorAt: (cause, _offset, remedy) =>
        new ProjectError(`${cause}, in the check "${text}" of ${file}`, { remedy: remedy ?? [] }),
    }),
  );
  const duplicate = firstDuplicate(checks);
  if (duplicate !== undefined) throw new ProjectError(`check "${duplicate.name}" stands twice, in ${file}`);
  return {
    kind: 'code',
    ...place,
    description: exported.description.trim(),
    dependsOn: [...new Set(exported.dependsOn)].sort(),
    grain: exported.grain,
    columns: exported.columns,
    checks,
    run: (context) => exported.run(context),
  };
}

/** Imports a model file: its export `model`, or else its default export. Throws a ProjectError where it cannot be loaded. */
export async function loadCodeModel(place: ModelPlace): Promise<CodeModel> {
  let module: Fields;
  try {
    module = await import(pathToFileURL(place.file).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError(`the code model cannot be loaded: ${reason}, in ${place.file}`, { cause });
  }
  return codeModel(module.model ?? module.default, place);
}
