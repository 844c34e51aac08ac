import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { QueryError } from '../engines/query-error.ts';
import { explained, isSystemError } from '../engines/system-error.ts';
import { RunError } from '../errors.ts';
import { SQLITE, sqliteErrorCode } from '../metadata/sqlite-error.ts';

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const FULL_WORDS = /no space left|disk quota|file too large/i;
const MEGABYTE = 1_000_000;

/** How far an export had come. */
export interface Reached {
  /** The folder of the unfinished files. */
  readonly folder: string;
  readonly outDir: string;
  readonly rows: number;
  readonly totalRows: number;
}

/** An error for users of what kept an export from being written; any other error as it is. Call it before removing the files. */
export async function writeFailure(error: unknown, reached: Reached): Promise<unknown> {
  if (!isFull(error)) return explained(error, reached.outDir);
  const reason = error instanceof Error ? error.message : String(error);
  return new RunError(`${reached.outDir} has no room for the export: ${reason}`, {
    cause: error,
    remedy: [
      ...(await spaceAdvice(reached)),
      'free some space there, or choose another folder with --out; what was there before is untouched',
    ],
  });
}

function isFull(error: unknown): boolean {
  if (isSystemError(error)) return FULL.includes(error.code);
  const sqlite = sqliteErrorCode(error);
  if (sqlite !== undefined) return sqlite === SQLITE.full || sqlite === SQLITE.ioError;
  return error instanceof QueryError && FULL_WORDS.test(error.message);
}

/** What the export would need, judged by what the rows so far have taken; nothing where that cannot be told. */
async function spaceAdvice({ folder, outDir, rows, totalRows }: Reached): Promise<string[]> {
  try {
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    const written = sizes.reduce((sum, size) => sum + size, 0);
    const { bavail, bsize } = await statfs(outDir);
    const free = megabytes(bavail * bsize + written);
    if (rows === 0) return [`free there: ${free}`];
    return [`the export needs about ${megabytes((written / rows) * totalRows)}; free there: ${free}`];
  } catch {
    return [];
  }
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / MEGABYTE)).toLocaleString('en-US')} MB`;
}
