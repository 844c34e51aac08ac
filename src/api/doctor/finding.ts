import { PipelineError } from '../../errors.ts';

export const FINDING_STATUSES = ['ok', 'warning', 'problem'] as const;
/** `warning`: the next run puts it in order, or it harms nothing. `problem`: something is lost, damaged or changed. */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What one check of the data folder has found. */
export interface Finding {
  /** What was looked at, in a few words. */
  readonly check: string;
  readonly status: FindingStatus;
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do, one sentence per entry; empty where nothing is to be done. */
  readonly remedy: readonly string[];
}

export function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message, remedy: [] };
}

export function warning(check: string, message: string, remedy: readonly string[] = []): Finding {
  return { check, status: 'warning', message, remedy };
}

export function problem(check: string, message: string, remedy: readonly string[] = []): Finding {
  return { check, status: 'problem', message, remedy };
}

/** An error that was met while looking. One that is no finding, a defect of ours, is thrown on. */
export function problemOf(check: string, error: unknown): Finding {
  if (error instanceof PipelineError) return problem(check, error.message, error.remedy);
  if (error instanceof Error && 'code' in error)
    return problem(check, error.message, ['check the disk and your rights']);
  throw error;
}
