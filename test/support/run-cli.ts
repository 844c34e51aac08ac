import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropEngineData, engineEnvironment } from './postgres/test-database.ts';

/** The program as it is installed. */
export const BIN = fileURLToPath(new URL('../../bin/marketing-pipeline.js', import.meta.url));

export interface CliResult {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process under way, and what it ends in. */
export interface StartedCli {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
}

/** A working folder of its own, removed at the end of the block; the data goes into its folder `data`. */
export interface CliFolder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Runs one command of the program in this folder. */
  run(...args: readonly string[]): Promise<CliResult>;
  start(...args: readonly string[]): StartedCli;
  /** Runs any program in this folder. */
  spawn(program: string, args: readonly string[]): StartedCli;
}

/** `env`, with what `envOf` says for the folder, is the whole environment of the processes, beside PATH. */
export async function makeCliFolder(
  env: Readonly<Record<string, string>> = {},
  envOf: (folder: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<CliFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'cli-')));
  const spawnHere = (program: string, args: readonly string[]) => {
    const child = spawn(program, args, {
      cwd: path,
      env: { PATH: process.env.PATH, ...envOf(path), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, result: collect(child) };
  };
  const start = (...args: readonly string[]) => spawnHere(process.execPath, [BIN, ...args]);
  return {
    path,
    start,
    spawn: spawnHere,
    run: (...args) => start(...args).result,
    write: async (name, content) => {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** A working folder whose data folder `data` belongs to the engine of the vitest project. */
export async function openCliShop(env: Readonly<Record<string, string>> = {}): Promise<CliFolder> {
  const folder = await makeCliFolder(env, engineEnvironment);
  return {
    ...folder,
    [Symbol.asyncDispose]: async () => {
      await dropEngineData(folder.path);
      await folder[Symbol.asyncDispose]();
    },
  };
}

function collect(child: ChildProcess): Promise<CliResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** The one JSON object that a command printed. Fails when it printed anything else. */
export function onlyObject({ stdout, stderr }: CliResult): Record<string, unknown> {
  const lines = stdout.split('\n');
  const value: unknown = lines.length === 2 && lines[1] === '' ? JSON.parse(stdout) : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`not one line with one JSON object: ${stdout}${stderr}`);
}
