import { UsageError } from '../errors.ts';
import type { CheckCounts, CheckRecord, LedgerRecord } from '../metadata/records.ts';
import type { Pipeline } from './pipeline.ts';

export interface QualitySummary extends CheckCounts {
  /** The run that the checks are of; absent before the first run. */
  readonly runId?: string;
  readonly checks: readonly CheckRecord[];
  /** Rows and money from file to business layer. */
  readonly ledger: readonly LedgerRecord[];
}

/** @throws UsageError for a run that is not in the history. */
export function readQuality(pipeline: Pipeline, runId: string | undefined): QualitySummary {
  const history = pipeline.openHistory();
  try {
    if (runId !== undefined && history?.run(runId) === undefined) {
      throw new UsageError(`there is no run "${runId}"`, { remedy: 'see the runs with: marketing-pipeline status' });
    }
    const id = runId ?? history?.lastRuns(1)[0]?.runId;
    if (history === undefined || id === undefined) {
      return { total: 0, passed: 0, warned: 0, failed: 0, checks: [], ledger: [] };
    }
    return { runId: id, ...history.checkCountsOf(id), checks: history.checksOf(id), ledger: history.ledgerOf(id) };
  } finally {
    history?.close();
  }
}
