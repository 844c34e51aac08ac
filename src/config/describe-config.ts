import type { LoadedConfig } from './load-config.ts';
import { originText } from './origin.ts';
import { type Config, type ConfigKey, configKeys, configSchema } from './schema.ts';

/** One setting as the `config` command shows it. */
export interface ConfigRow {
  readonly key: ConfigKey;
  /** The value in effect; folders are absolute. */
  readonly value: Config[ConfigKey];
  readonly default: Config[ConfigKey];
  /** Where the value came from: `default`, the path of a file, `environment NAME` or `flag --name`. */
  readonly origin: string;
  /** Meaning, unit and consequence in one sentence. */
  readonly meaning: string;
}

/** All settings in the order of the schema, one row each. */
export function describeConfig({ config, origins }: LoadedConfig): ConfigRow[] {
  const defaults: Config = configSchema.parse({});
  return configKeys.map((key) => ({
    key,
    value: config[key],
    default: defaults[key],
    origin: originText(origins[key]),
    meaning: configSchema.shape[key].description ?? '',
  }));
}
