import type { Capabilities, EngineName, ReadLimits, SnapshotManifest } from '../engines/engine.ts';
import type { MetadataReader } from '../metadata/reader.ts';
import type { Project } from '../project/load-project.ts';
import type { LockInfo } from '../run/lock.ts';
import type { PublishedReader } from '../run/open-published.ts';

/** Memory and disk that all questions together may take. */
export const READ_LIMITS: ReadLimits = { memory: '2GB', tempSize: '4GB' };

/** All that the server knows of the pipeline whose data it serves. */
export interface DataSource {
  readonly engine: EngineName;
  readonly capabilities: Capabilities;
  /** ISO 4217, where the settings name one. */
  readonly currency: string | null;
  /** BCP 47 */
  readonly locale: string;
  /** The published snapshot; undefined before the first run. */
  published(): Promise<SnapshotManifest | undefined>;
  openPublished(limits: ReadLimits): Promise<PublishedReader | undefined>;
  loadProject(): Promise<Project>;
  /** The run history, to be closed; undefined where there is none. */
  openHistory(): MetadataReader | undefined;
  /** The run that is under way, if one is. */
  running(): LockInfo | undefined;
  /** What is known of one customer. @throws UsageError for an id that nobody has. */
  explain(published: PublishedReader, customerId: string): Promise<object>;
}
