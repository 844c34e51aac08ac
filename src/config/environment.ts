import { type ConfigKey, configKeys } from './schema.ts';

/** What the names of all environment variables of the project begin with. */
export const ENVIRONMENT_PREFIX = 'MARKETING_PIPELINE_';

/** `lostDays` is set by `MARKETING_PIPELINE_LOST_DAYS`. */
export function environmentName(key: ConfigKey): string {
  return ENVIRONMENT_PREFIX + words(key).join('_').toUpperCase();
}

/** Settings with an option of their own on the command line; all others are set by `--set KEY=VALUE`. */
const OWN_OPTIONS: ReadonlySet<string> = new Set([
  'dataDir',
  'asOf',
  'engine',
  'connection',
  'logLevel',
  'map',
  'grain',
  'guests',
  'currency',
  'encoding',
  'delimiter',
  'sheet',
  'dateFormat',
  'excelDates',
  'timezone',
  'decimalMark',
  'requireFinalNewline',
]);

/** `asOf` is set by `--as-of`, `lostDays` by `--set lostDays`. */
export function flagName(key: string): string {
  if (!OWN_OPTIONS.has(key)) return `--set ${key}`;
  return `--${words(key).join('-').toLowerCase()}`;
}

/** All environment names, each with its key. */
export function keysByEnvironmentName(): ReadonlyMap<string, ConfigKey> {
  return new Map(configKeys.map((key) => [environmentName(key), key]));
}

function words(key: string): string[] {
  return key.split(/(?=[A-Z])/);
}
