import type { Config } from '../../config/schema.ts';
import type { MetadataReader } from '../../metadata/reader.ts';

/**
 * What the estimated values of the published list are multiplied with to be margins: they were made with the grossMargin of their
 * run, which may be another one than that of today. Null where no grossMargin is set today.
 */
export function marginFactor(
  { grossMargin }: Config,
  history: MetadataReader | undefined,
  runId: string,
): number | null {
  if (grossMargin === null) return null;
  const settings = history?.run(runId)?.config;
  if (typeof settings !== 'object' || settings === null || !('grossMargin' in settings)) return 1;
  return typeof settings.grossMargin === 'number' ? grossMargin / settings.grossMargin : grossMargin;
}
