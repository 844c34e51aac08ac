import { aboutSnapshot } from './about-snapshot.ts';
import type { DataSource } from './data-source.ts';
import { Problem } from './problem.ts';
import type { PublishedData } from './published-data.ts';

/** Something that listeners are told, as an event of a stream (server-sent events). */
export interface ServerEvent {
  readonly name: 'snapshot' | 'run';
  /** JSON */
  readonly data: string;
}

type Listener = (event: ServerEvent) => void;

/** How often the published data and the lock are looked at while somebody listens. */
const LOOK_MS = 1_000;

const MOST_LISTENERS = 64;

/** Tells listeners of a new snapshot, and of a run that begins, gets on and ends. */
export class EventHub {
  readonly #data: PublishedData;
  readonly #source: DataSource;
  readonly #listeners = new Set<Listener>();
  readonly #last = new Map<ServerEvent['name'], string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(data: PublishedData, source: DataSource) {
    this.#data = data;
    this.#source = source;
  }

  /**
   * Tells the listener how things are now, and from then on what changes. Returns the function that ends it.
   * @throws Problem when too many listen.
   */
  async listen(listener: Listener): Promise<() => void> {
    if (this.#listeners.size >= MOST_LISTENERS) {
      throw new Problem(503, 'busy', 'too many pages listen for news', { headers: { 'Retry-After': '10' } });
    }
    await this.#look();
    for (const [name, data] of this.#last) listener({ name, data });
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): Promise<void> {
    this.#looking ??= this.#tellChanges().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #tellChanges(): Promise<void> {
    this.#tell('run', this.#run());
    // What cannot be read now may be readable at the next look.
    const manifest = await this.#data.manifest().catch(() => undefined);
    this.#tell('snapshot', manifest === undefined ? { snapshot: null } : aboutSnapshot(manifest, this.#source));
  }

  #run(): object {
    try {
      const running = this.#source.running();
      if (running === undefined) return { running: null };
      const { runId, command, startedAt } = running;
      const history = this.#source.openHistory();
      const tablesDone = history?.tablesOf(runId).filter(({ status }) => status === 'success').length ?? 0;
      history?.close();
      return { running: { runId, command, startedAt, tablesDone } };
    } catch {
      return { running: null };
    }
  }

  #tell(name: ServerEvent['name'], value: object): void {
    const data = JSON.stringify(value);
    if (this.#last.get(name) === data) return;
    this.#last.set(name, data);
    for (const listener of this.#listeners) listener({ name, data });
  }
}
