import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import { allowedValues } from './allowed-values.ts';
import { discoverConfigFile, readConfigFile } from './config-file.ts';
import { brokenRules, type CrossRule } from './cross-rules.ts';
import { type Origin, originText } from './origin.ts';
import { fromEnvironment, fromFile, fromFlags, type Proposal, type Proposals } from './proposals.ts';
import { type Config, type ConfigKey, configKeys, configSchema } from './schema.ts';
import { showValue } from './show-value.ts';

export interface ConfigSources {
  /** Config file to read, relative to `cwd`; without it, `pipeline.config.*` in `cwd` if there is one. */
  readonly file?: string | undefined;
  /** Settings by key, typed or as text; undefined counts as not given. */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: Readonly<Record<ConfigKey, Origin>>;
  /** Absolute path of the config file that was read. */
  readonly file?: string;
  /** Things that are allowed but probably not meant, one sentence each. */
  readonly warnings: readonly string[];
}

type PathKey = 'dataDir' | 'modelsDir' | 'tempDir' | 'passwordFile';

/**
 * The one door for settings: flags over environment over config file over defaults, checked and complete. Relative
 * folders in a file count from the file's folder, others from `cwd`; the config has absolute paths.
 * @throws {UsageError} which lists everything that is wrong at once.
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const { flags = {}, env, cwd } = sources;
  const discovered =
    sources.file === undefined ? await discoverConfigFile(cwd) : { path: configPath(sources.file, cwd), ignored: [] };
  const file = discovered.path;
  const layers: Proposals[] = [];
  if (file !== undefined) layers.push(fromFile(file, await readConfigFile(file)));
  layers.push(fromEnvironment(env), fromFlags(flags));

  const proposals = new Map(layers.flatMap((layer) => [...layer.byKey]));
  const problems = layers.flatMap((layer) => layer.problems);
  const remedies = layers.flatMap((layer) => layer.remedies);
  const checked = checkedConfig(proposals, problems, remedies);
  const config = Object.freeze(withAbsolutePaths(checked, proposals, cwd));
  const origins = originsOf(proposals);
  const warnings = [...ignoredFileWarnings(discovered.ignored), ...tildeWarnings(checked)];
  const loaded = { config, origins, warnings };
  return file === undefined ? loaded : { ...loaded, file };
}

function configPath(file: string, cwd: string): string {
  if (file === '' || file.includes('\0')) throw new UsageError(`${showValue(file)} is not the path of a config file`);
  return resolve(cwd, file);
}

function checkedConfig(
  proposals: ReadonlyMap<ConfigKey, Proposal>,
  wrongProposals: readonly string[],
  remedies: readonly string[],
): Config {
  const values = Object.fromEntries([...proposals].map(([key, { value }]) => [key, value]));
  const result = configSchema.safeParse(values);
  const wrongKeys = new Set(result.error?.issues.map(({ path }) => String(path[0])));
  const wrongValues = [...proposals]
    .filter(([key]) => wrongKeys.has(key))
    .map(([key, { value, origin }]) => {
      return `${key} is ${showValue(value)} (${printable(originText(origin))}); allowed: ${allowedValues(key)}`;
    });
  const rightValues = Object.fromEntries(Object.entries(values).filter(([key]) => !wrongKeys.has(key)));
  const config: Config = result.data ?? configSchema.parse(rightValues);
  const origins = originsOf(proposals);
  const wrongPairs = brokenRules(config)
    .filter(({ smaller, larger }) => !wrongKeys.has(smaller) && !wrongKeys.has(larger))
    .map((rule) => brokenRuleText(rule, config, origins));

  const problems = [...wrongProposals, ...wrongValues, ...wrongPairs];
  const [only] = problems;
  if (only !== undefined) {
    const message = problems.length === 1 ? only : `${problems.length} problems in the configuration:`;
    throw new UsageError(problems.length === 1 ? message : [message, ...problems].join('\n  '), {
      remedy: [...new Set(remedies), 'correct what is listed; a key that is left out has its default'],
    });
  }
  return config;
}

function brokenRuleText(
  { smaller, larger, orEqual, reason }: CrossRule,
  config: Config,
  origins: LoadedConfig['origins'],
): string {
  const setting = (key: typeof smaller): string => `${key} ${config[key]} (${printable(originText(origins[key]))})`;
  return `${setting(smaller)} must be ${orEqual ? 'at most' : 'less than'} ${setting(larger)}: otherwise ${reason}`;
}

function originsOf(proposals: ReadonlyMap<ConfigKey, Proposal>): Readonly<Record<ConfigKey, Origin>> {
  const byDefault: Origin = { kind: 'default' };
  const entries = configKeys.map((key) => [key, proposals.get(key)?.origin ?? byDefault]);
  return Object.freeze(Object.fromEntries(entries) as Record<ConfigKey, Origin>);
}

function withAbsolutePaths(config: Config, proposals: ReadonlyMap<ConfigKey, Proposal>, cwd: string): Config {
  const absolute = (key: PathKey, path: string): string => {
    const origin = proposals.get(key)?.origin;
    return resolve(cwd, origin?.kind === 'file' ? dirname(origin.path) : '.', path);
  };
  const { dataDir, modelsDir, tempDir, passwordFile } = config;
  return {
    ...config,
    dataDir: absolute('dataDir', dataDir),
    modelsDir: modelsDir === null ? null : absolute('modelsDir', modelsDir),
    tempDir: tempDir === null ? null : absolute('tempDir', tempDir),
    passwordFile: passwordFile === null ? null : absolute('passwordFile', passwordFile),
  };
}

function ignoredFileWarnings(paths: readonly string[]): string[] {
  return paths.map((path) => `${printable(path)} is not read: config files end in .ts, .mts, .mjs, .js or .json`);
}

function tildeWarnings({ dataDir, modelsDir, tempDir, passwordFile }: Config): string[] {
  return Object.entries({ dataDir, modelsDir, tempDir, passwordFile })
    .filter(([, path]) => path?.startsWith('~'))
    .map(
      ([key, path]) => `${key} is ${showValue(path)}: "~" is not replaced by the home folder, only a shell does that`,
    );
}
