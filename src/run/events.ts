import type { ScannedSource } from '../ingest/scan-source.ts';
import type { SegmentEntry } from '../metadata/records.ts';
import type { CheckResult } from '../quality/check-result.ts';
import type { LedgerLine } from '../quality/ledger.ts';
import type { Plan, Step } from './plan.ts';

/** How a file got into the run. `duplicate`: its content is in the data already, so it changes nothing. */
export interface SourceEvent {
  readonly status: 'loaded' | 'duplicate';
  readonly source: ScannedSource;
  readonly loadId: number;
  /** Name under which the same content was loaded before. */
  readonly sameAs?: string;
}

/** What happens during a run. Progress on the terminal, the log, metadata and the API all listen to these. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly plan: Plan }
  | { readonly type: 'step-started'; readonly step: Step }
  /** `share` 0-1, undefined when unknown. */
  | { readonly type: 'step-progress'; readonly step: Step; readonly share?: number; readonly detail?: string }
  | { readonly type: 'step-finished'; readonly step: Step; readonly durationSeconds: number; readonly rows?: number }
  | { readonly type: 'step-failed'; readonly step: Step; readonly durationSeconds: number; readonly error: unknown }
  | { readonly type: 'source'; readonly source: SourceEvent }
  | { readonly type: 'sql'; readonly step: Step; readonly sql: string }
  | { readonly type: 'as-of'; readonly asOf: string; readonly given: boolean }
  | { readonly type: 'checked'; readonly results: readonly CheckResult[] }
  | { readonly type: 'reconciled'; readonly lines: readonly LedgerLine[] }
  | { readonly type: 'segments'; readonly segments: SegmentEntry }
  /** A durable step of publishing is done. */
  | { readonly type: 'publishing'; readonly point: string }
  | { readonly type: 'notice'; readonly level: 'info' | 'warn'; readonly message: string };

export type RunListener = (event: RunEvent) => void;

/** One listener that tells several. */
export function toAll(listeners: readonly RunListener[]): RunListener {
  return (event) => {
    for (const listener of listeners) listener(event);
  };
}
