import type { Config } from '../../config/schema.ts';
import type { MetadataReader } from '../../metadata/reader.ts';

/**
 * The settings with which a run has made its lists, as the run history has them: those of today may be others. Today's where the
 * history does not know the run.
 */
export function runSettings(
  today: Config,
  history: MetadataReader | undefined,
  runId: string,
): Readonly<Record<string, unknown>> {
  const recorded = history?.run(runId)?.config;
  return typeof recorded === 'object' && recorded !== null ? { ...today, ...recorded } : today;
}

/**
 * What the estimated values of the published list are multiplied with to be margins: they were made with the grossMargin of their
 * run. Null where no grossMargin is set today.
 */
export function marginFactor(today: Config, history: MetadataReader | undefined, runId: string): number | null {
  if (today.grossMargin === null) return null;
  const { grossMargin } = runSettings(today, history, runId);
  return typeof grossMargin === 'number' ? today.grossMargin / grossMargin : today.grossMargin;
}
