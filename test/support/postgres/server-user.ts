import { execFileSync } from 'node:child_process';

/** The user that a server runs as; empty where it is the user of the suite. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** A server refuses to be root: a suite that is root starts it as `postgres` or `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {}
  }
  throw new Error('root runs the tests, and there is neither a user postgres nor a user nobody to run PostgreSQL as');
}

function idOf(flag: string, name: string): number {
  return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
}
