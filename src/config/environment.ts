import { type ConfigKey, configKeys } from './schema.ts';

/** What the names of all environment variables of the project begin with. */
export const ENVIRONMENT_PREFIX = 'MARKETING_PIPELINE_';

/** `lostDays` is set by `MARKETING_PIPELINE_LOST_DAYS`. */
export function environmentName(key: ConfigKey): string {
  return ENVIRONMENT_PREFIX + words(key).join('_').toUpperCase();
}

/** `lostDays` is set by `--lost-days`. */
export function flagName(key: string): string {
  return `--${words(key).join('-').toLowerCase()}`;
}

/** All environment names, each with its key. */
export function keysByEnvironmentName(): ReadonlyMap<string, ConfigKey> {
  return new Map(configKeys.map((key) => [environmentName(key), key]));
}

function words(key: string): string[] {
  return key.split(/(?=[A-Z])/);
}
