import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { BIN } from './run-cli.ts';

/** Whether a pseudo-terminal can be had, and what to say in a test's title where not. */
export const hasTerminal = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
export const terminalNote = hasTerminal ? '' : ' (skipped: script of util-linux is not there)';

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const CTRL_C = '\u0003';

export interface TypedResult {
  readonly code: number | null;
  /** All that the terminal was sent, without escape sequences. */
  readonly screen: string;
}

/**
 * Runs a command on a terminal of 100 columns in `cwd` and types: each text once what stands before it has appeared. Fails
 * when the command ends before, or after ten seconds without it. A command that does not end is killed after half a minute: null.
 */
export async function typeOnTerminal(
  cwd: string,
  command: string,
  steps: readonly (readonly [string | RegExp, string])[],
): Promise<TypedResult> {
  const program = `stty cols 100 rows 40; exec "${process.execPath}" "${BIN}" ${command}`;
  const child = spawn('script', ['-qec', program, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let screen = '';
  let code: number | null | undefined;
  const ended = new Promise<void>((resolve) => {
    child.on('close', (exitCode) => {
      code = exitCode;
      resolve();
    });
  });
  child.stdout.on('data', (chunk: Buffer) => {
    screen = stripVTControlCharacters(`${screen}${chunk.toString()}`).replaceAll('\r\n', '\n');
  });
  let seen = 0;
  for (const [awaited, keys] of steps) {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const rest = screen.slice(seen);
      const at = typeof awaited === 'string' ? rest.indexOf(awaited) : rest.search(awaited);
      if (at !== -1) {
        seen += at + 1;
        break;
      }
      if (code !== undefined || performance.now() > deadline) {
        child.kill();
        throw new Error(`${String(awaited)} did not appear:\n${screen}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.stdin.write(keys);
  }
  const timer = setTimeout(() => child.kill(), 30_000);
  await ended;
  clearTimeout(timer);
  return { code: code ?? null, screen };
}
