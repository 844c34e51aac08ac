import type { RunRecord, TableRecord } from '../metadata/records.ts';
import { type LockInfo, lockHolder } from '../run/lock.ts';
import type { Pipeline } from './pipeline.ts';
import { publishedPlace } from './published-place.ts';

export interface PipelineStatus {
  readonly dataDir: string;
  readonly engine: string;
  /** What readers see; absent before the first run. */
  readonly published?: {
    readonly snapshotId: string;
    readonly runId: string;
    readonly asOf: string;
    readonly createdAt: string;
    /** Rows by `layer.table`. */
    readonly rowCounts: Readonly<Record<string, number>>;
    /** Input files in the data. */
    readonly sources: readonly string[];
  };
  /** Where the published tables are: the data folder, or a database. */
  readonly place: string;
  /** Why it cannot be told what is published: damage, or a server that cannot be reached. */
  readonly problem?: string;
  /** The run that is under way, if one is. */
  readonly running?: LockInfo;
  /** Newest first. */
  readonly lastRuns: readonly RunRecord[];
  /** What became of each table in the last run. */
  readonly tables: readonly TableRecord[];
  /** Snapshots that `rollback` can go back to, newest first. */
  readonly snapshots: readonly string[];
}

/** Never throws because of what it finds: damage, or a server that is down, is a state too, and is told as one. */
export async function readStatus(pipeline: Pipeline, lastRuns: number): Promise<PipelineStatus> {
  const { config, engine } = pipeline;
  let problem: string | undefined;
  const published = await engine.published().catch((error: unknown) => {
    problem = error instanceof Error ? error.message : String(error);
    return undefined;
  });
  const snapshots = (await engine.snapshots().catch(() => [])).map(({ snapshotId }) => snapshotId);
  const holder = lockHolder(config.dataDir);
  const history = pipeline.openHistory();
  try {
    const runs = history?.lastRuns(lastRuns) ?? [];
    const [newest] = runs;
    return {
      dataDir: config.dataDir,
      engine: engine.name,
      place: publishedPlace(config),
      ...(problem === undefined ? {} : { problem }),
      ...(published === undefined
        ? {}
        : {
            published: {
              snapshotId: published.snapshotId,
              runId: published.runId,
              asOf: published.asOf,
              createdAt: published.createdAt,
              rowCounts: published.rowCounts,
              sources: published.sources.map(({ name }) => name),
            },
          }),
      ...(holder.held && holder.info !== undefined ? { running: holder.info } : {}),
      lastRuns: runs,
      tables: newest === undefined ? [] : (history?.tablesOf(newest.runId) ?? []),
      snapshots,
    };
  } finally {
    history?.close();
  }
}
