import type { PipelineError } from '../../src/errors.ts';
import type { SaleRow } from '../support/make-shop.ts';
import type { DamagedFile } from './draft.ts';
import type { LoadedOrder } from './staging-rules.ts';

/** What the pipeline, or its door, made of a damaged file. */
export interface Made {
  readonly refusal?: PipelineError;
  readonly warnings: readonly string[];
  readonly loaded: readonly LoadedOrder[];
  /** Lines that are not loaded, with the reason that is given. */
  readonly reasons: ReadonlyMap<number, string>;
}

/** All that is not as the damage says it must be; empty where nothing was lost, moved or changed in silence. */
export function differences(file: DamagedFile, made: Made): string[] {
  if (file.refusals.length > 0 || made.refusal !== undefined) return refusalDifferences(file, made);
  const found: string[] = [];
  const loaded = new Map(made.loaded.map((order) => [order.line, order]));
  if (loaded.size !== made.loaded.length) found.push('two orders of one line are loaded');
  for (const [line, row] of file.loaded) {
    const now = loaded.get(line);
    const reason = made.reasons.get(line);
    if (now === undefined && reason !== undefined && file.mayBeReported.has(line)) continue;
    if (now === undefined) found.push(`line ${line} is not loaded${reason === undefined ? '' : `: ${reason}`}`);
    else if (!isSame(row, now)) found.push(`line ${line} was ${JSON.stringify(row)}, is ${shown(now)}`);
  }
  for (const [line, order] of loaded) {
    if (!file.loaded.has(line) && !file.warnedOrders.has(order.order)) {
      found.push(`line ${line} is loaded: ${shown(order)}`);
    }
  }
  const reported = new Set(file.reported);
  for (const line of reported) if (!made.reasons.has(line)) found.push(`line ${line} is not reported`);
  for (const [line, reason] of made.reasons) {
    if (!reported.has(line) && !file.loaded.has(line)) found.push(`line ${line} is reported: ${reason}`);
  }
  for (const warning of file.warnings) {
    if (!made.warnings.some((said) => warning.test(said))) found.push(`no warning ${warning}`);
  }
  return found;
}

function refusalDifferences({ refusals }: DamagedFile, { refusal }: Made): string[] {
  if (refusal === undefined) return [`not refused: ${refusals.join(' or ')}`];
  if (refusals.some((pattern) => pattern.test(refusal.message))) return [];
  return [`refused: ${refusal.message}`];
}

function shown({ date, customer, order, amount }: LoadedOrder): string {
  return JSON.stringify({ date, customer, order, amount });
}

function isSame(row: SaleRow, { date, customer, order, amount }: LoadedOrder): boolean {
  return date === row.date && customer === row.customer && order === row.order && amount === row.sales;
}
