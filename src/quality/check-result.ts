import type { Layer } from '../engines/layer.ts';
import type { ResultSet } from '../engines/result-set.ts';
import type { Check, Severity } from '../project/model.ts';

/** What became of one declared check. */
export interface CheckResult {
  readonly layer: Layer;
  readonly table: string;
  readonly kind: Check['kind'] | 'reconciliation' | 'gate';
  readonly name: string;
  readonly severity: Severity;
  readonly status: 'passed' | 'warned' | 'failed';
  readonly expected: string;
  readonly failingRows: number;
  /** Up to five rows that break it. */
  readonly examples?: ResultSet;
}

export interface CheckTotals {
  readonly total: number;
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
}

export function countResults(results: readonly CheckResult[]): CheckTotals {
  const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length;
  return { total: results.length, passed: count('passed'), warned: count('warned'), failed: count('failed') };
}

/** The status of a check of this severity with so many failing rows. */
export function statusOf(severity: Severity, failingRows: number): CheckResult['status'] {
  if (failingRows === 0) return 'passed';
  return severity === 'error' ? 'failed' : 'warned';
}
