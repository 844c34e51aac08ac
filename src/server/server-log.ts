import type { Effects } from '../effects.ts';
import { type LogFields, openLogger, type RunLogger } from '../run/logger.ts';

/** The log of the server, opened with its first line. It never stops the server. */
export class ServerLog {
  readonly #file: string;
  readonly #effects: Pick<Effects, 'now'>;
  #logger: Promise<RunLogger | undefined> | undefined;

  constructor(file: string, effects: Pick<Effects, 'now'>) {
    this.#file = file;
    this.#effects = effects;
  }

  error(message: string, fields: LogFields): void {
    this.#logger ??= openLogger({ file: this.#file, level: 'info', runId: 'serve', effects: this.#effects }).catch(
      () => undefined,
    );
    void this.#logger.then((logger) => logger?.error(message, fields));
  }

  async close(): Promise<void> {
    (await this.#logger)?.close();
  }
}
