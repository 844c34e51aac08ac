import { randomBytes } from 'node:crypto';

/** What the outside world gives a run. Handed in, so that a test or a simulation can fix it. */
export interface Effects {
  /** The wall clock: for run records and file names only, never for figures. */
  now(): Date;
  /** A clock that never goes back, in milliseconds, for durations. */
  monotonicMs(): number;
  randomBytes(count: number): Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** The real world. */
export function systemEffects(): Effects {
  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    randomBytes: (count) => randomBytes(count),
    env: process.env,
    cwd: process.cwd(),
  };
}
