import { postgresSettings } from '../config/postgres-settings.ts';
import { readingSettings } from '../config/reading-settings.ts';
import { type Config, type ConfigKey, configKeys, configSchema, isConfigKey } from '../config/schema.ts';

/** A setting that is not what it was in the published run. */
export interface ChangedSetting {
  readonly key: ConfigKey;
  readonly before: unknown;
  readonly after: unknown;
  /** `models`: on what is computed from the records. `reading`: on the records, where files are read. */
  readonly actsOn: 'models' | 'reading';
}

/** Settings that say where and how the work is done, not what comes out; own models count as code. */
const OPERATIONAL: ReadonlySet<string> = new Set<string>([
  ...Object.keys(postgresSettings),
  ...([
    'dataDir',
    'engine',
    'modelsDir',
    'locale',
    'keepSnapshots',
    'threads',
    'memoryLimit',
    'tempDir',
  ] satisfies ConfigKey[]),
  ...(['maxConcurrentModels', 'logLevel', 'controlSalt', 'controlShare'] satisfies ConfigKey[]),
]);

/** Settings of the staging layer, which a run takes over where it reads no file. */
const READING: ReadonlySet<string> = new Set<string>([
  ...Object.keys(readingSettings),
  ...(['allowZeroAmounts', 'maxRejectedShare', 'maxRecordBytes', 'currency'] satisfies ConfigKey[]),
]);

/**
 * The settings of an earlier run as its record has them. Settings that are new since have their defaults, which they had
 * without a name. Undefined where the record cannot be understood.
 */
export function configOfRun(recorded: unknown, now: Config): Config | undefined {
  if (typeof recorded !== 'object' || recorded === null) return undefined;
  const known = Object.entries(recorded).filter(([key]) => isConfigKey(key) && !OPERATIONAL.has(key));
  const parsed = configSchema.safeParse(Object.fromEntries(known));
  return parsed.success ? withSettingsOf(parsed.data, now) : undefined;
}

/** The settings of `before` that decide what comes out, in the place and with the resources of `now`. */
export function withSettingsOf(before: Config, now: Config): Config {
  const operational = Object.entries(now).filter(([key]) => OPERATIONAL.has(key));
  return { ...before, ...Object.fromEntries(operational) };
}

export function changedSettings(before: Config, now: Config): ChangedSetting[] {
  return configKeys
    .filter((key) => !OPERATIONAL.has(key) && JSON.stringify(before[key]) !== JSON.stringify(now[key]))
    .map((key) => ({
      key,
      before: before[key],
      after: now[key],
      actsOn: READING.has(key) ? 'reading' : 'models',
    }));
}
