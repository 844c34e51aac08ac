import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { isAbsent } from '../system-error.ts';

/** Whom a password is for. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Where passwords may stand, for error messages. */
export const PASSWORD_PLACES = [
  'a password comes from the environment (PGPASSWORD, or inside the URL of MARKETING_PIPELINE_CONNECTION)',
  'or from a file that only you may read: the setting passwordFile, or ~/.pgpass',
] as const;

const MAX_FILE_BYTES = 1_048_576;

/**
 * The first line of a password file.
 * @throws UsageError when it cannot be read, is empty or may be read by others.
 */
export async function readPasswordFile(path: string): Promise<string> {
  const text = await readPrivateFile(path, 'the password file');
  if (text === undefined) {
    throw new UsageError(`the password file ${path} does not exist`, { remedy: 'correct the setting passwordFile' });
  }
  const [password = ''] = text.split(/\r?\n/, 1);
  if (password === '') {
    throw new UsageError(`the password file ${path} has an empty first line`, {
      remedy: 'write the password into the first line',
    });
  }
  return password;
}

/** Where libpq looks for passwords: PGPASSFILE, or its file in the home folder; undefined when there is no home. */
export function passfilePath(env: Effects['env'], platform: NodeJS.Platform = process.platform): string | undefined {
  if (env.PGPASSFILE) return env.PGPASSFILE;
  if (platform === 'win32') return env.APPDATA ? join(env.APPDATA, 'postgresql', 'pgpass.conf') : undefined;
  return env.HOME ? join(env.HOME, '.pgpass') : undefined;
}

/** The password of a login in a file of lines `host:port:database:user:password`; undefined when none fits. */
export async function readPassfile(path: string, login: Login): Promise<string | undefined> {
  const text = await readPrivateFile(path, 'the password file');
  return text === undefined ? undefined : passwordFor(login, text);
}

/** The first line that fits decides; `*` fits everything, a backslash takes the next character as it is. */
export function passwordFor({ host, port, database, user }: Login, passfile: string): string | undefined {
  const names = host.startsWith('/') ? [host, 'localhost'] : [host];
  for (const line of passfile.split(/\r?\n|\r$/)) {
    if (line.startsWith('#')) continue;
    const [hostField, portField, databaseField, userField, password] =
      line.match(/(?:\\.|[^:\\]|\\$)*(?::|$)/gsu)?.map((field) => field.replace(/:$/, '')) ?? [];
    if (password === undefined || password === '') continue;
    const fits = (field: string | undefined, ...values: readonly string[]): boolean =>
      field === '*' || (field !== undefined && values.includes(unescaped(field)));
    if (
      fits(hostField, ...names) &&
      fits(portField, String(port)) &&
      fits(databaseField, database) &&
      fits(userField, user)
    ) {
      return unescaped(password);
    }
  }
  return undefined;
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/gsu, '$1');
}

/** A file with a secret, undefined when there is none. As psql does, it is not taken when others may read it. */
async function readPrivateFile(path: string, what: string): Promise<string | undefined> {
  const status = await statusOf(path, what);
  if (status === undefined) return undefined;
  if (!status.isFile() || status.size > MAX_FILE_BYTES) {
    throw new UsageError(`${what} ${path} is not a file with lines of text`, {
      remedy: 'name a regular file; a password file holds the password in its first line',
    });
  }
  refuseIfShared(path, what, status.mode);
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, what, cause);
  });
}

/** @throws UsageError when others may read the file. */
export function refuseIfShared(path: string, what: string, mode: number): void {
  if ((mode & 0o077) === 0 || process.platform === 'win32') return;
  throw new UsageError(`${what} ${path} may be read by others (its mode is ${(mode & 0o777).toString(8)})`, {
    remedy: `chmod 600 ${path}`,
  });
}

async function statusOf(path: string, what: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw unreadable(path, what, cause);
  }
}

/** An error for a file that is there and cannot be read. */
export function unreadable(path: string, what: string, cause: unknown): UsageError {
  return new UsageError(`${what} ${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
    remedy: 'make it readable for you, and for nobody else',
    cause,
  });
}
