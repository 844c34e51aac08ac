import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { discoverConfigFile } from '../../config/config-file.ts';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { type Config, configKeys, configSchema } from '../../config/schema.ts';
import { RunError, UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { packageFile } from '../folders.ts';
import type { Settings } from './question.ts';

export const CONFIG_NAME = 'pipeline.config.json';

/** The settings of a config file that is there, with others over them; the environment is no part of it. */
export function settingsOf(settings: Settings, cwd: string): Promise<LoadedConfig> {
  return loadConfig({ flags: settings, env: {}, cwd });
}

/**
 * The text of a config file in `cwd`: the settings that differ from the defaults, in the order of the schema, and the schema
 * itself where it lies in that folder.
 */
export function configText({ config }: LoadedConfig, cwd: string): string {
  const defaults: Config = configSchema.parse({});
  const folders: Partial<Record<string, string>> = { dataDir: join(cwd, defaults.dataDir) };
  const entries = configKeys
    .filter((key) => JSON.stringify(config[key]) !== JSON.stringify(folders[key] ?? defaults[key]))
    .map((key) => [key, folderKeys.has(key) ? fromFolder(cwd, String(config[key])) : config[key]] as const);
  const schema = packageFile('pipeline.schema.json');
  const isNear = schema !== undefined && isInside(cwd, schema);
  const named = isNear ? { $schema: fromFolder(cwd, schema) } : {};
  return `${JSON.stringify({ ...named, ...Object.fromEntries(entries) }, null, 2)}\n`;
}

/** Whether the config file is there already. @throws UsageError where there is one of another type, which would count as well. */
export async function hasConfigFile(cwd: string): Promise<boolean> {
  const { path } = await discoverConfigFile(cwd);
  if (path === undefined) return false;
  if (path === join(cwd, CONFIG_NAME)) return true;
  throw new UsageError(`${printable(path)} is the config file of this folder, and init writes only ${CONFIG_NAME}`, {
    remedy: 'Print the settings and put them there yourself: marketing-pipeline init FILE --print',
  });
}

/** Writes the config file. @throws RunError where it cannot be written, or has come into being meanwhile. */
export async function writeConfig(cwd: string, text: string, replaces: boolean): Promise<void> {
  try {
    await writeFile(join(cwd, CONFIG_NAME), text, { flag: replaces ? 'w' : 'wx' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RunError(`${CONFIG_NAME} cannot be written in ${printable(cwd)}: ${printable(reason)}`, {
      cause,
      remedy: 'Check the permissions of the folder, or print the settings with --print.',
    });
  }
}

const folderKeys: ReadonlySet<string> = new Set(['dataDir', 'modelsDir', 'tempDir']);

function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path);
  if (way.startsWith('..') || isAbsolute(way)) return path;
  return `./${way.split(sep).join('/')}`;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}
