import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that removes a server and its folder, when it is told to and when this process is gone. */
export class Keeper {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async watch(folder: string): Promise<Keeper> {
    const script = fileURLToPath(new URL('keeper-child.ts', import.meta.url));
    // In a session of its own, so that Ctrl-C in the terminal does not end it with the tests.
    const child = spawn(process.execPath, [script, folder], {
      cwd: '/',
      env: {},
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const isWatching = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => false)]);
    if (isWatching === false) throw new Error('the keeper of a PostgreSQL server did not start');
    child.unref();
    for (const stream of [child.stdin, child.stdout]) {
      if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
    }
    return new Keeper(child);
  }

  /** Stops the server and removes its folder. */
  async cleanUp(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.ref();
    this.#child.stdin?.end();
    const [code] = await exited;
    if (code !== 0) throw new Error(`the keeper of a PostgreSQL server ended with ${code}`);
  }
}
