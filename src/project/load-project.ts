import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { isLayer, LAYERS, type Layer } from '../engines/layer.ts';
import { ProjectError } from '../errors.ts';
import { loadCodeModel } from './code-model.ts';
import { type Graph, sortGraph } from './graph.ts';
import { errorAt } from './location.ts';
import { headerOf, type Model } from './model.ts';
import { LONGEST_NAME } from './model-header.ts';
import type { EngineName } from './portable.ts';
import { callsOf, type ModelPlace, parseSqlModel } from './sql-model.ts';

export interface LoadProjectOptions {
  /** The folder of the project's own models. */
  readonly builtinDir: string;
  /** A folder whose models are added, or take the place of built-in ones of the same name. */
  readonly userDir?: string | null;
  readonly engine: EngineName;
}

export interface Project extends Pick<Graph, 'upstream' | 'downstream'> {
  readonly engine: EngineName;
  /** By name, in order. */
  readonly models: ReadonlyMap<string, Model>;
  /** Every model after those it reads: staging, then warehouse, then business. */
  readonly order: readonly string[];
  /** Models of one level do not read each other. A level may hold models of several layers. */
  readonly levels: readonly (readonly string[])[];
}

/** A model file that was found; layer null where it lies in the root of the user's folder. */
interface FoundFile {
  readonly name: string;
  readonly layer: Layer | null;
  readonly file: string;
}

const EXTENSIONS = ['.sql', '.ts', '.mjs', '.js'];
const MODEL_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

function isModelFile(name: string): boolean {
  return !/^[._]/.test(name) && EXTENSIONS.includes(extname(name)) && !name.endsWith('.d.ts');
}

async function entriesOf(dir: string) {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter(({ name }) => !/^[._]/.test(name) && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function foundFile(dir: string, fileName: string, layer: Layer | null): FoundFile {
  const file = join(dir, fileName);
  const name = fileName.slice(0, -extname(fileName).length);
  if (name.length > LONGEST_NAME) {
    throw new ProjectError(
      `"${name}" has ${name.length} characters, in ${file}; PostgreSQL cuts names at ${LONGEST_NAME}`,
      {
        remedy: 'give the model a shorter name',
      },
    );
  }
  if (MODEL_NAME.test(name)) return { name, layer, file };
  const snake = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const remedy = MODEL_NAME.test(snake)
    ? `rename it to ${snake}${extname(fileName)}`
    : 'use letters, digits and single underscores';
  throw new ProjectError(`"${name}" is not a model name in snake_case, in ${file}`, { remedy });
}

/** A folder that is no layer: an error if model files lie in it, since they would be left out in silence. */
async function refuseLostModels(dir: string, folder: string): Promise<void> {
  const lost = (await entriesOf(join(dir, folder))).find((entry) => entry.isFile() && isModelFile(entry.name));
  if (lost === undefined) return;
  throw new ProjectError(
    `"${folder}" is not a layer${didYouMean(folder, LAYERS)}, in ${join(dir, folder, lost.name)}`,
    {
      remedy: `put models into ${LAYERS.join(', ')}`,
    },
  );
}

/** Finds the model files of a folder tree, by name. Throws a ProjectError for two of one name, and for a missing folder. */
async function findModels(dir: string, origin: 'builtin' | 'user'): Promise<Map<string, FoundFile>> {
  const entries = await entriesOf(dir).catch((cause: unknown) => {
    const setting = origin === 'user' ? ['create it, or change modelsDir in the configuration'] : [];
    throw new ProjectError(`${dir} is not a folder that can be read`, { cause, remedy: setting });
  });
  const files: FoundFile[] = [];
  for (const { name } of entries.filter((entry) => entry.isFile() && isModelFile(entry.name))) {
    if (origin === 'user') files.push(foundFile(dir, name, null));
  }
  for (const { name: folder } of entries.filter((entry) => entry.isDirectory())) {
    if (!isLayer(folder)) {
      await refuseLostModels(dir, folder);
      continue;
    }
    const inLayer = await entriesOf(join(dir, folder));
    for (const { name } of inLayer.filter((entry) => entry.isFile() && isModelFile(entry.name))) {
      files.push(foundFile(join(dir, folder), name, folder));
    }
  }
  const byName = new Map<string, FoundFile>();
  for (const found of files) {
    const other = byName.get(found.name);
    if (other !== undefined)
      throw new ProjectError(`model ${found.name} has two files, ${other.file} and ${found.file}`);
    byName.set(found.name, found);
  }
  return byName;
}

/** Where a user's file stands: a file in the root is a business model, or of the layer of the model it replaces. */
function userPlace({ name, layer, file }: FoundFile, replaced: ModelPlace | undefined): ModelPlace {
  if (replaced !== undefined && layer !== null && layer !== replaced.layer) {
    throw new ProjectError(`${name} replaces a ${replaced.layer} model but is a ${layer} model, in ${file}`, {
      remedy: `move it to the folder ${replaced.layer}, or give it another name`,
    });
  }
  return { name, layer: layer ?? replaced?.layer ?? 'business', file, origin: 'user' };
}

async function findPlaces({ builtinDir, userDir }: LoadProjectOptions): Promise<ModelPlace[]> {
  const places = new Map<string, ModelPlace>();
  for (const { name, layer, file } of (await findModels(builtinDir, 'builtin')).values()) {
    if (layer !== null) places.set(name, { name, layer, file, origin: 'builtin' });
  }
  if (userDir === undefined || userDir === null) return [...places.values()];
  for (const found of (await findModels(userDir, 'user')).values()) {
    places.set(found.name, userPlace(found, places.get(found.name)));
  }
  return [...places.values()];
}

async function loadModel(place: ModelPlace): Promise<Model> {
  if (extname(place.file) !== '.sql') return loadCodeModel(place);
  // Thirty small files: twenty times as fast as through the thread pool.
  return parseSqlModel(readFileSync(place.file, 'utf8'), place);
}

/** Where a model names another one, to end an error with. */
function placeOf(model: Model, dependency: string): string {
  const call =
    model.kind === 'sql' ? callsOf(model.segments, 'ref').find(({ args }) => args[0] === dependency) : undefined;
  return call === undefined ? `, in ${model.file}` : `, in ${model.file}:${call.line}:${call.column}`;
}

function refuseLaterLayers(models: ReadonlyMap<string, Model>): void {
  for (const model of models.values()) {
    for (const name of model.dependsOn) {
      const layer = models.get(name)?.layer ?? model.layer;
      if (LAYERS.indexOf(layer) <= LAYERS.indexOf(model.layer)) continue;
      throw new ProjectError(
        `the ${model.layer} model ${model.name} refers to the ${layer} model ${name}${placeOf(model, name)}`,
        { remedy: `a model reads its own layer or an earlier one; the order is ${LAYERS.join(', ')}` },
      );
    }
  }
}

/** Relationship checks must name a declared column of a model that is built no later than the model's own layer. */
function checkRelationships(models: ReadonlyMap<string, Model>): void {
  for (const model of models.values()) {
    for (const check of headerOf(model).checks) {
      if (check.kind !== 'relationship') continue;
      const at = { file: model.file, line: check.line, column: 1 };
      const target = models.get(check.toModel);
      if (target === undefined) {
        const hint = didYouMean(check.toModel, models.keys());
        throw errorAt(`${check.name} names the model ${check.toModel}, which does not exist${hint}`, at);
      }
      if (LAYERS.indexOf(target.layer) > LAYERS.indexOf(model.layer)) {
        throw errorAt(
          `${check.name} of a ${model.layer} model names a ${target.layer} model, which is built later`,
          at,
        );
      }
      const columns = headerOf(target).columns.map((column) => column.name);
      if (columns.includes(check.toColumn)) continue;
      const hint = didYouMean(check.toColumn, columns);
      throw errorAt(
        `${check.name} names the column ${check.toColumn}, which ${target.name} does not declare${hint}`,
        at,
      );
    }
  }
}

/**
 * Reads every model and sorts them. SQL models are only scanned; code models are imported. Throws a ProjectError, with
 * file, line and column where there is one, for whatever keeps the project from being built.
 */
export async function loadProject(options: LoadProjectOptions): Promise<Project> {
  const places = await findPlaces(options);
  const loaded = await Promise.all(places.map(loadModel));
  const byName = new Map(loaded.map((model) => [model.name, model]));
  const graph = sortGraph(new Map(loaded.map((model) => [model.name, model.dependsOn])), {
    place: (node, dependency) => {
      const model = byName.get(node);
      return model === undefined ? '' : placeOf(model, dependency);
    },
  });
  refuseLaterLayers(byName);
  checkRelationships(byName);
  const order = LAYERS.flatMap((layer) => graph.order.filter((name) => byName.get(name)?.layer === layer));
  const rank = new Map(order.map((name, index) => [name, index]));
  const sorted = loaded.toSorted((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0));
  const models = new Map(sorted.map((model) => [model.name, model]));
  const { upstream, downstream, levels } = graph;
  return { engine: options.engine, models, order, levels, upstream, downstream };
}
