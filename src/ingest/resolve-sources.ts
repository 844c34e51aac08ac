import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { didYouMean } from '../did-you-mean.ts';
import { InputError } from '../errors.ts';

/**
 * The files that the patterns mean: absolute real paths in the order given, those of one glob sorted by path, each file
 * once. A pattern is a file of exactly that name first (`o[1].csv`), a glob only when there is none.
 * Throws an InputError for what is missing, is not a regular file, or is a URL.
 */
export async function resolveSources(patterns: readonly string[], cwd: string): Promise<string[]> {
  const paths = new Map<string, string>();
  for (const pattern of patterns) {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(pattern)) {
      throw new InputError(`${pattern} is an address, not a file`, {
        remedy: 'Download it first, then name the local file.',
      });
    }
    for (const found of await match(pattern, cwd)) {
      const stats = await statOf(found, pattern);
      assertRegular(stats, pattern);
      const key = `${stats.dev}:${stats.ino}`;
      if (!paths.has(key)) paths.set(key, await realpath(found));
    }
  }
  return [...paths.values()];
}

async function match(pattern: string, cwd: string): Promise<string[]> {
  const literal = resolve(cwd, pattern);
  if (await exists(literal)) return [literal];
  if (!isDynamicPattern(pattern)) throw await missingError(literal, pattern);
  const found = await glob(pattern, { cwd, absolute: true, onlyFiles: true, expandDirectories: false });
  if (found.length === 0) {
    throw new InputError(`${pattern} matches no file in ${cwd}`, {
      remedy: 'Check the pattern; names that begin with a dot and folders are not matched.',
    });
  }
  return found.sort();
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw unreadableError(path, error);
  }
}

async function statOf(path: string, pattern: string): Promise<BigIntStats> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (!isMissing(error)) throw unreadableError(pattern, error);
    throw new InputError(`${pattern} is a link to a file that does not exist`, {
      remedy: 'Name the file itself, or mend the link.',
      cause: error,
    });
  }
}

/** Throws an InputError unless the stats are those of a regular file: nothing else can be read twice and hashed. */
export function assertRegular(stats: BigIntStats, name: string): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory()
    ? 'a folder'
    : stats.isFIFO()
      ? 'a named pipe'
      : stats.isSocket()
        ? 'a socket'
        : 'a device';
  throw new InputError(`${name} is ${kind}, not a file`, {
    remedy: stats.isDirectory()
      ? `Name the files in it, for example '${name.replace(/\/+$/, '')}/*.csv'.`
      : 'Save the data as a regular file, then name that.',
  });
}

async function missingError(path: string, pattern: string): Promise<InputError> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) {
    return new InputError(`${pattern} does not exist: there is no folder ${folder}`, { remedy: 'Check the path.' });
  }
  const near = didYouMean(basename(path), names.sort());
  return new InputError(`${pattern} does not exist${near}`, { remedy: `Check the name; the folder is ${folder}.` });
}

function unreadableError(name: string, cause: unknown): InputError {
  return new InputError(`${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
    remedy: 'Check the path and its permissions.',
    cause,
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
