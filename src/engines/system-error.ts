import { RunError } from '../errors.ts';

interface SystemError extends Error {
  /** For example `ENOSPC`. */
  readonly code: string;
}

/** Whether the operating system refused something. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

export function isAbsent(error: unknown): boolean {
  return isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'free some space on the disk and run again'],
  ['EDQUOT', 'free some space in your quota and run again'],
  ['EACCES', 'make the file and its folder readable and writable for you, or choose another folder with --data-dir'],
  ['EPERM', 'make the file and its folder readable and writable for you, or choose another folder with --data-dir'],
  ['EROFS', 'the disk is mounted read-only: choose another folder with --data-dir'],
  ['EMFILE', 'raise the limit of open files (ulimit -n) and run again'],
  ['ENFILE', 'close other programs, or raise the limit of open files, and run again'],
  ['EIO', 'check the disk'],
]);

/**
 * What the operating system refused, as an error for users that names the file; any other error as it is.
 * `path` is the file where the system's own message does not say it.
 */
export function explained(error: unknown, path?: string): unknown {
  if (!isSystemError(error)) return error;
  const remedy = REMEDIES.get(error.code) ?? [];
  const where = path === undefined || error.message.includes(path) ? '' : `${path}: `;
  return new RunError(`${where}${error.message}`, { remedy, cause: error });
}
