import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../errors.ts';

/** What tells one state of a file from another without reading it. Decimal strings, because nanoseconds pass 2^53. */
export interface FileIdentity {
  readonly dev: string;
  readonly ino: string;
  /** Bytes. */
  readonly size: string;
  readonly mtimeNs: string;
  readonly ctimeNs: string;
}

export function identityOf(stats: BigIntStats): FileIdentity {
  return {
    dev: String(stats.dev),
    ino: String(stats.ino),
    size: String(stats.size),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
  };
}

/** The identity of the file that `path` leads to now (links followed). Rejects with the system's error. */
export async function readIdentity(path: string): Promise<FileIdentity> {
  return identityOf(await stat(path, { bigint: true }));
}

export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

/** Throws an InputError if `path` is gone or is not the file, in the state, that `identity` was taken from. */
export async function assertUnchanged(path: string, identity: FileIdentity): Promise<void> {
  let now: FileIdentity | undefined;
  let cause: unknown;
  try {
    now = await readIdentity(path);
  } catch (error) {
    cause = error;
  }
  if (now !== undefined && sameIdentity(now, identity)) return;
  throw changedError(basename(path), now === undefined ? 'it is gone' : describeChange(identity, now), cause);
}

/** The error for a file that did not hold still. */
export function changedError(name: string, how: string, cause?: unknown): InputError {
  return new InputError(`${name} changed while being read: ${how}`, {
    remedy: 'Wait until the program that writes this file has finished, then run again.',
    cause,
  });
}

function describeChange(before: FileIdentity, now: FileIdentity): string {
  if (before.dev !== now.dev || before.ino !== now.ino) return 'another file has taken its place';
  if (before.size !== now.size) return `${before.size} bytes became ${now.size}`;
  return before.mtimeNs === now.mtimeNs ? 'its attributes were changed' : 'it was written to';
}
