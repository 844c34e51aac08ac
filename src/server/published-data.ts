import type { Effects } from '../effects.ts';
import type { Reader, ReadLimits, SnapshotManifest } from '../engines/engine.ts';
import type { Project } from '../project/load-project.ts';
import type { DataSource } from './data-source.ts';
import { Problem } from './problem.ts';

/** A published snapshot, open for reading. */
export interface OpenSnapshot {
  readonly manifest: SnapshotManifest;
  readonly reader: Reader;
  /** The models as they were when the snapshot was opened. */
  readonly project: Project;
  /** Rows that an answer of several pages has in all, by what was asked. */
  readonly counts: Map<string, number>;
}

/** A snapshot that stays open until it is released. */
export interface Lease {
  readonly snapshot: OpenSnapshot;
  /** May be called twice. */
  release(): void;
}

/** How long what is published is taken for known. */
const FRESH_MS = 1_000;

interface Entry {
  readonly snapshot: OpenSnapshot;
  users: number;
  isRetired: boolean;
}

/**
 * The snapshot that is published now. A new one is opened when somebody asks after it was published; the one before is
 * closed when the last answer that began with it is done.
 */
export class PublishedData {
  readonly #source: DataSource;
  readonly #limits: ReadLimits;
  readonly #effects: Pick<Effects, 'monotonicMs'>;
  readonly #closing = new Set<Promise<void>>();
  #current: Entry | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #isClosed = false;

  constructor(source: DataSource, limits: ReadLimits, effects: Pick<Effects, 'monotonicMs'>) {
    this.#source = source;
    this.#limits = limits;
    this.#effects = effects;
  }

  /** @throws Problem before the first run. */
  async acquire(): Promise<Lease> {
    const entry = await this.#refreshed();
    if (entry === undefined) {
      throw new Problem(503, 'nothing-published', 'nothing has been published yet', {
        remedy: 'run the pipeline first: marketing-pipeline run FILE',
      });
    }
    entry.users += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      entry.users -= 1;
      this.#closeIfUnused(entry);
    };
    return { snapshot: entry.snapshot, release };
  }

  async use<T>(action: (snapshot: OpenSnapshot) => Promise<T>): Promise<T> {
    const { snapshot, release } = await this.acquire();
    try {
      return await action(snapshot);
    } finally {
      release();
    }
  }

  /** What is published now; undefined before the first run. */
  async manifest(): Promise<SnapshotManifest | undefined> {
    return (await this.#refreshed())?.snapshot.manifest;
  }

  /** Closes all readers, those in use too. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#looking?.catch(() => undefined);
    if (this.#current !== undefined) this.#retire(this.#current, true);
    this.#current = undefined;
    await Promise.all(this.#closing);
  }

  async #refreshed(): Promise<Entry | undefined> {
    if (this.#effects.monotonicMs() - this.#lookedAt >= FRESH_MS) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    return this.#current;
  }

  async #look(): Promise<void> {
    const manifest = await this.#source.published();
    if (manifest?.snapshotId !== this.#current?.snapshot.manifest.snapshotId) {
      const next = manifest === undefined ? undefined : await this.#open();
      if (this.#current !== undefined) this.#retire(this.#current);
      this.#current = next;
    }
    this.#lookedAt = this.#effects.monotonicMs();
    if (this.#isClosed && this.#current !== undefined) this.#retire(this.#current, true);
  }

  async #open(): Promise<Entry | undefined> {
    const project = await this.#source.loadProject();
    const published = await this.#source.openPublished(this.#limits);
    return published === undefined
      ? undefined
      : { snapshot: { ...published, project, counts: new Map() }, users: 0, isRetired: false };
  }

  #retire(entry: Entry, isForced = false): void {
    if (isForced) entry.users = 0;
    entry.isRetired = true;
    this.#closeIfUnused(entry);
  }

  #closeIfUnused(entry: Entry): void {
    if (!entry.isRetired || entry.users !== 0) return;
    const closing = entry.snapshot.reader.close().catch(() => undefined);
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }
}
