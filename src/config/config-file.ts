import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import { findJsonFault } from './json-text.ts';
import { showValue } from './show-value.ts';

const STEM = 'pipeline.config';
const DISCOVERED = ['.ts', '.mts', '.mjs', '.js', '.json'];
const MODULES = ['.ts', '.mts', '.cts', '.mjs', '.js', '.cjs'];
const MAX_JSON_BYTES = 262_144;

/** Keys and values as a file has them, unchecked. */
export type ConfigEntries = readonly (readonly [key: string, value: unknown])[];

/** The config file of a folder, if it has one, and files that look like one but are not read. */
export interface DiscoveredFile {
  readonly path?: string;
  readonly ignored: readonly string[];
}

/** Looks for `pipeline.config.ts`, `.mts`, `.mjs`, `.js` or `.json`; two of them are an error. */
export async function discoverConfigFile(folder: string): Promise<DiscoveredFile> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${STEM}.`)).sort();
  const usable = names.filter((name) => DISCOVERED.includes(name.slice(STEM.length)));
  const [first, second] = usable;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`${usable.join(' and ')} both stand in ${printable(folder)}; only one config file is read`, {
      remedy: 'remove or rename one of them, or name the one to use with --config',
    });
  }
  const ignored = names.filter((name) => !usable.includes(name)).map((name) => join(folder, name));
  return first === undefined ? { ignored } : { path: join(folder, first), ignored };
}

/**
 * The keys and values that a config file proposes, unchecked. Modules are run: a config file is code of the user.
 * @throws {UsageError} when the file is missing, cannot be run or parsed, or holds no object.
 */
export async function readConfigFile(path: string): Promise<ConfigEntries> {
  const name = printable(path);
  const bytes = await sizeOfRegularFile(path);
  const type = extname(path).toLowerCase();
  if (type === '.json') {
    if (bytes > MAX_JSON_BYTES)
      throw new UsageError(`${name} has ${bytes} bytes; a JSON config has at most ${MAX_JSON_BYTES}`);
    const entries = entriesOf(parseJson(await readFile(path), path), name);
    return entries.filter(([key]) => key !== '$schema');
  }
  if (!MODULES.includes(type)) {
    throw new UsageError(`"${printable(type)}" is not a type of config file (${name})${didYouMean(type, DISCOVERED)}`, {
      remedy: `use one of ${DISCOVERED.map((known) => STEM + known).join(', ')}`,
    });
  }
  return importConfig(path);
}

async function sizeOfRegularFile(path: string): Promise<number> {
  const name = printable(path);
  const found = await stat(path).catch((cause: unknown) => {
    const missing = isErrorWithCode(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    throw new UsageError(missing ? `${name}: no such config file` : `${name} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  });
  if (!found.isFile()) throw new UsageError(`${name} is not a file, so it cannot be the config file`);
  return found.size;
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  const name = printable(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${name} is not UTF-8 text`, { cause, remedy: 'save the file in the encoding UTF-8' });
  }
  const fault = findJsonFault(text);
  if (fault !== undefined) {
    throw new UsageError(`${printable(fault.message)} in ${name}, line ${fault.line}, column ${fault.column}`, {
      remedy: `correct ${basename(name)}; a ${STEM}.ts may have comments and a comma after the last entry, JSON may not`,
    });
  }
  return JSON.parse(text);
}

async function importConfig(path: string): Promise<ConfigEntries> {
  const url = pathToFileURL(path).href;
  const name = printable(path);
  let exported: Record<string, unknown>;
  try {
    exported = await import(url);
  } catch (cause) {
    const line = lineInStack(cause, url, path);
    const place = line === undefined ? name : `${name}, line ${line},`;
    throw new UsageError(`${place} cannot be loaded: ${messageOf(cause)}`, {
      cause,
      remedy: importRemedy(cause, line, name),
    });
  }
  // Handed over inside this function: a promise that is returned would be awaited instead of refused.
  if ('default' in exported) return entriesOf(exported.default, name);
  if ('config' in exported) return entriesOf(exported.config, name);
  const names = Object.keys(exported).map((key) => `"${printable(key)}"`);
  throw new UsageError(`${name} exports ${names.length === 0 ? 'nothing' : names.join(', ')}, but no config`, {
    remedy: 'write: export default definePipeline({ ... })',
  });
}

function importRemedy(cause: unknown, line: string | undefined, name: string): readonly string[] {
  if (isErrorWithCode(cause) && cause.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return ['Node runs the file by leaving the types out: use no enum, namespace or parameter property'];
  }
  return cause instanceof SyntaxError && line === undefined ? [`node --check "${name}" shows the line`] : [];
}

function lineInStack(error: unknown, url: string, path: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const place of [url, path]) {
    const start = stack.indexOf(`${place}:`);
    const line = start === -1 ? undefined : /^\d+/.exec(stack.slice(start + place.length + 1))?.[0];
    if (line !== undefined) return line;
  }
  return undefined;
}

/** The own entries of a plain object; anything with another prototype could smuggle in values. */
function entriesOf(spec: unknown, name: string): ConfigEntries {
  try {
    if (typeof spec === 'object' && spec !== null) {
      const prototype: unknown = Object.getPrototypeOf(spec);
      if (prototype === Object.prototype || prototype === null) return Object.entries(spec);
    }
  } catch (cause) {
    throw new UsageError(`${name} cannot be read: ${messageOf(cause)}`, { cause });
  }
  throw new UsageError(`${kindOf(spec)} in ${name} is not a config; expected a plain object of keys and values`, {
    remedy: `for example { "dataDir": "./data" } in ${basename(name)}`,
  });
}

function kindOf(spec: unknown): string {
  if (Array.isArray(spec)) return 'a list';
  if (spec instanceof Promise) return 'a promise';
  return typeof spec === 'object' && spec !== null ? 'an object with its own prototype' : showValue(spec);
}

function isErrorWithCode(error: unknown): error is Error & { code: unknown } {
  return error instanceof Error && 'code' in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? printable(error.message) : showValue(error);
}
