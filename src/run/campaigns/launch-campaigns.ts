import { join } from 'node:path';
import type { Reader } from '../../engines/engine.ts';
import { QueryError } from '../../engines/query-error.ts';
import { toObjects } from '../../engines/result-set.ts';
import { RunError } from '../../errors.ts';
import type { RecordedLaunch } from '../../metadata/campaigns/insert-launches.ts';
import type { ListedCustomer } from '../../metadata/campaigns/staged-list.ts';
import { type MetadataStore, openMetadata } from '../../metadata/store.ts';
import { exclusively } from '../exclusive.ts';
import type { PublishedReader } from '../open-published.ts';
import { recoverFromCrash } from '../recover.ts';
import { makeRunId } from '../run-id.ts';
import type { RunContext } from '../run-pipeline.ts';

/** The part of the published list that is launched. */
export interface LaunchedList {
  readonly types: readonly string[];
  /** A select over its customers. */
  readonly sql: string;
  /** Length of the measurement window for which the list was made. */
  readonly windowDays: number;
  /** What the list was made with; stored with the launch. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface LaunchRequest {
  /** What is published; it stays so until the launch has been recorded. */
  openPublished(): Promise<PublishedReader>;
  /** Which part of it is launched. */
  select(published: PublishedReader): Promise<LaunchedList>;
  /** Days that must pass before a customer may be on a list again. */
  readonly cooldownDays: number;
  /** Do everything and undo it. */
  readonly isDryRun: boolean;
}

export interface LaunchOutcome {
  readonly snapshotId: string;
  readonly asOf: string;
  readonly launches: readonly RecordedLaunch[];
}

/**
 * Records campaign lists of the published snapshot in the ledger: who was assigned to which group. Nobody else runs or launches
 * meanwhile, and the launches are there together or, if anything fails on the way, not at all.
 * @throws UsageError when somebody on a list is still in the cooldown of an earlier launch, RunError when a run is under way.
 */
export function launchCampaigns(
  request: LaunchRequest,
  {
    config,
    engine,
    effects,
    command,
    listener = () => {},
  }: Pick<RunContext, 'config' | 'engine' | 'effects' | 'command' | 'listener'>,
): Promise<LaunchOutcome> {
  const runId = makeRunId(effects);
  return exclusively({ dataDir: config.dataDir, engine, runId, command, effects }, async (stale) => {
    const published = await request.openPublished();
    try {
      const store = openMetadata(join(config.dataDir, 'metadata.db'), effects);
      try {
        await recoverFromCrash(engine, store, stale, { runId, emit: listener });
        return await record(request, published, store);
      } finally {
        store.close();
      }
    } finally {
      await published.reader.close();
    }
  });
}

async function record(
  request: LaunchRequest,
  published: PublishedReader,
  store: MetadataStore,
): Promise<LaunchOutcome> {
  const { cooldownDays, isDryRun } = request;
  const { snapshotId, asOf } = published.manifest;
  const { types, sql, windowDays, settings } = await request.select(published);
  store.beginCampaignList();
  for await (const customers of listedCustomers(published.reader, sql)) store.listCustomers(customers);
  const entries = types.map((campaignType) => ({ snapshotId, launchedOn: asOf, campaignType, windowDays, settings }));
  const launch = () => store.recordLaunches(entries, cooldownDays);
  return { snapshotId, asOf, launches: isDryRun ? undone(store, launch) : launch() };
}

async function* listedCustomers(reader: Reader, selection: string): AsyncGenerator<ListedCustomer[]> {
  const sql = `
    select ${reader.exactText('customer_id')} as customer_id, campaign_type, campaign_group, stratum,
      cast(expected_revenue as varchar) as expected_revenue, cast(estimated_value as varchar) as estimated_value
    from (${selection}) as selected`;
  try {
    for await (const chunk of reader.stream(sql)) {
      yield toObjects(chunk).map((row) => ({
        campaignType: String(row.campaign_type),
        customerId: String(row.customer_id),
        campaignGroup: row.campaign_group === 'control' ? 'control' : 'target',
        stratum: String(row.stratum),
        expectedRevenue: textOrNull(row.expected_revenue),
        estimatedValue: textOrNull(row.estimated_value),
      }));
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new RunError(`the published campaign list does not have what is needed: ${error.message}`, {
      cause: error,
      remedy: 'run the pipeline again: the tables may have been made by another version',
    });
  }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

class Undone extends Error {}

/** What work would have returned; nothing of it stays. */
function undone<Result>(store: MetadataStore, work: () => Result): Result {
  let results: Result | undefined;
  try {
    store.transaction(() => {
      results = work();
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  if (results === undefined) throw new Error('a dry run without a result');
  return results;
}
