import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface Reply {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Waiting {
  resolve(result: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

/** Why a browser is gone or did not do what it was told. */
export class BrowserError extends Error {}

/** How much of what a browser says is kept. */
const KEPT_CHARACTERS = 4_000;

/** A browser under way that is told what to do over two pipes (Chrome DevTools Protocol); it listens on no port. */
export class BrowserSession {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #lastId = 0;
  #said = '';
  #failure: BrowserError | undefined;

  /** @param args without those that open the pipes */
  constructor(browser: string, args: readonly string[]) {
    const child = spawn(browser, ['--remote-debugging-pipe', ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#input = child.stdio[3] as Writable;
    const output = child.stdio[4] as Readable;
    this.#input.on('error', () => undefined);
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    this.#listen(output);
    this.#ended = new Promise((resolve) => {
      child.on('error', (error) => {
        this.#fail(error.message);
        resolve();
      });
      // Its helpers may hold the pipes open: `exit`, not `close`.
      child.on('exit', (code, signal) => {
        this.#fail(`it ended with ${signal ?? `exit code ${code}`}: ${this.#said.trim().split('\n').at(-1) ?? ''}`);
        resolve();
      });
    });
  }

  /** Tells it to do something; resolves with its reply. @throws BrowserError */
  send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#input.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
    });
  }

  /** Ends it at once, and with it what it was asked and has not answered. Resolves when it is gone. */
  async kill(reason = 'it was ended'): Promise<void> {
    this.#fail(reason);
    this.#child.kill('SIGKILL');
    await this.#ended;
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  #listen(output: Readable): void {
    let pieces: Buffer[] = [];
    output.on('error', () => undefined);
    output.on('data', (chunk: Buffer) => {
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        const message = Buffer.concat([...pieces, chunk.subarray(from, end)]).toString();
        pieces = [];
        from = end + 1;
        this.#take(JSON.parse(message));
      }
      pieces.push(chunk.subarray(from));
    });
  }

  #take({ id, result = {}, error }: Reply): void {
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new BrowserError(error.message));
  }

  #fail(reason: string): void {
    this.#failure ??= new BrowserError(reason);
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
