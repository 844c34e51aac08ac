import { setting } from './session.ts';

/** The least memory that sorting and hashing get, where the server's own setting is lower. */
const LEAST_WORK_MEMORY_KB = 65_536;

/** Sorts and hashes that a model's plan may have at once; each may use its own work memory. */
const OPERATIONS_AT_ONCE = 4;

export interface BuildLimits {
  readonly threads: number | null;
  readonly memoryLimit: string | null;
  readonly maxConcurrentModels: number;
}

/**
 * What a session that builds is set to. A limit of memory is shared out among the sessions and what each of their plans
 * does at once; without one, the server's settings hold, but for a little more room to sort in.
 */
export function buildSettings({ threads, memoryLimit, maxConcurrentModels }: BuildLimits): string {
  const parallel = threads === null ? '' : setting('max_parallel_workers_per_gather', threads - 1);
  // Publishing writes everything through that was written before it. The planner knows nothing of the rows of a common
  // table expression that is used twice, takes them for one row and loops over it: hash joins do not mind being wrong.
  return `set synchronous_commit = off; set enable_nestloop = off; ${parallel} ${memorySettings(memoryLimit, maxConcurrentModels)}`;
}

function memorySettings(memoryLimit: string | null, sessions: number): string {
  if (memoryLimit === null) {
    return `select set_config('work_mem', greatest(setting::bigint, ${LEAST_WORK_MEMORY_KB}) || 'kB', false)
      from pg_catalog.pg_settings where name = 'work_mem';`;
  }
  const share = Math.max(1_024, Math.floor(kilobytes(memoryLimit) / sessions / OPERATIONS_AT_ONCE));
  return `${setting('work_mem', share)} ${setting('maintenance_work_mem', Math.min(share, 1_048_576))}`;
}

const UNITS: Readonly<Record<string, number>> = { m: 1e3, mi: 1_024, g: 1e6, gi: 1_048_576, t: 1e9, ti: 1_073_741_824 };

/** The size in kilobytes, as the server counts memory: "2GB", "1.5 GiB", "500MB". */
function kilobytes(size: string): number {
  const [, number, unit] = /^([\d.]+) ?([a-z]+)b$/i.exec(size) ?? [];
  return Number(number) * (UNITS[(unit ?? '').toLowerCase()] ?? 1e3);
}
