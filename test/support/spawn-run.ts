import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConfigSpec } from '../../src/index.ts';

export interface ChildRequest {
  readonly settings: ConfigSpec & { readonly dataDir: string };
  readonly files: readonly string[];
  readonly cwd: string;
  readonly append?: boolean;
  /**
   * The point at which the process kills itself: its number from 1, or its name, which may come more than once; of a
   * name that ends in `…` only the beginning counts.
   */
  readonly killAt?: number | string;
  /** The file system call, counted from 1, that fails, or from which on all fail. */
  readonly fail?: { readonly code: string; readonly at: number; readonly forever?: boolean };
}

export interface ChildOutcome {
  readonly points: readonly string[];
  /** File system calls counted for `fail`. */
  readonly calls: number;
  readonly runId?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly isExpected: boolean };
}

export interface ChildResult {
  readonly signal: NodeJS.Signals | null;
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Undefined when the process was killed. */
  readonly outcome?: ChildOutcome;
}

/** Runs the pipeline in a child process; `killAfter` (milliseconds, or something that happens) kills it from outside. */
export async function spawnRun(request: ChildRequest, killAfter?: number | Promise<unknown>): Promise<ChildResult> {
  const script = fileURLToPath(new URL('run-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(request)], {
    cwd: request.cwd,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const closed = once(child, 'close');
  if (killAfter !== undefined) {
    await Promise.race([typeof killAfter === 'number' ? delay(killAfter) : killAfter, closed]);
    child.kill('SIGKILL');
  }
  await closed;
  const text = Buffer.concat(output).toString();
  return {
    signal: child.signalCode,
    exitCode: child.exitCode,
    stderr: Buffer.concat(errors).toString(),
    ...(text === '' ? {} : { outcome: JSON.parse(text) }),
  };
}

/** Runs the tasks, `limit` of them at a time. */
export async function inBatches<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, position: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [position, item] of queue) await work(item, position);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
