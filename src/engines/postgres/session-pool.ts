import type { Server } from './server.ts';
import { Session, type SessionOptions } from './session.ts';

/** Sessions made on demand: each serves one statement at a time. */
export class SessionPool {
  readonly #server: Server;
  readonly #options: SessionOptions;
  readonly #idle: Session[] = [];
  readonly #all = new Set<Session>();
  #closed = false;

  constructor(server: Server, options: SessionOptions) {
    this.#server = server;
    this.#options = options;
  }

  /** A pool of new sessions of the same kind. */
  another(): SessionPool {
    return new SessionPool(this.#server, this.#options);
  }

  async use<T>(action: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.take();
    try {
      return await action(session);
    } finally {
      await this.giveBack(session);
    }
  }

  async take(): Promise<Session> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.isLost) return idle;
      await this.#end(idle);
    }
    const session = await Session.open(this.#server, this.#options);
    if (this.#closed) {
      await session.close();
      throw new Error('a session was asked for after closing');
    }
    this.#all.add(session);
    return session;
  }

  async giveBack(session: Session): Promise<void> {
    if (session.isLost || this.#closed) await this.#end(session);
    else this.#idle.push(session);
  }

  /** Ends all sessions; a statement under way fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const sessions = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(sessions.map((session) => session.close()));
  }

  async #end(session: Session): Promise<void> {
    this.#all.delete(session);
    await session.close();
  }
}
