import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from './system-error.ts';

const READER = /^read-(\d+)-/;

/** The folder for what does not fit into memory: one private folder per run and per reader, removed by whoever made it. */
export class TempDir {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  of(snapshotId: string): string {
    return join(this.#path, snapshotId);
  }

  /**
   * Makes a reader's own folder. The name says the process, so that what a killed one has left can be told from what is
   * in use. Where nothing may be written the folder does not exist, and reading goes as far as memory does.
   */
  async makeForReader(): Promise<string> {
    const prefix = join(this.#path, `read-${process.pid}-`);
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      return await mkdtemp(prefix);
    } catch {
      return `${prefix}unwritable`;
    }
  }

  /** Removes the folders of these runs and of readers whose process is gone. */
  async removeLeftovers(runs: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#path).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    const leftovers = names.filter((name) => runs.has(name) || isDeadReader(name));
    for (const name of leftovers) await rm(join(this.#path, name), { recursive: true, force: true });
  }
}

function isDeadReader(name: string): boolean {
  const pid = READER.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
