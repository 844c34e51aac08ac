import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UsageError } from '../../errors.ts';
import type {
  Capabilities,
  Engine,
  LockRequest,
  PublishOptions,
  Reader,
  ReaderOptions,
  Removed,
  SnapshotManifest,
  Unwanted,
  Workspace,
  WorkspaceSpec,
} from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { OutcomeUnknownError } from '../outcome-unknown-error.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import { TempDir } from '../temp-dir.ts';
import { buildSettings } from './build-settings.ts';
import {
  createCatalog,
  foreignSchemas,
  manifestOf,
  missingLayer,
  readLayerSchemas,
  readPublished,
  readSnapshots,
} from './catalog.ts';
import { PostgresReader } from './postgres-reader.ts';
import { PostgresWorkspace } from './postgres-workspace.ts';
import { publishByRename, UnansweredCommitError } from './publish.ts';
import { dropSchema, endSessionsOf, removeSnapshots } from './remove.ts';
import { takeRunLock } from './run-lock.ts';
import { Schemas } from './schemas.ts';
import { type PostgresSettings, resolveServer, type Server } from './server.ts';
import { Session } from './session.ts';
import { SessionPool } from './session-pool.ts';

export interface PostgresEngineOptions extends PostgresSettings {
  readonly dataDir: string;
  readonly tempDir: string | null;
  readonly threads: number | null;
  readonly memoryLimit: string | null;
  readonly maxConcurrentModels: number;
}

/** PostgreSQL: each layer is a schema; a run builds into schemas of its own, which are renamed to be published. */
export class PostgresEngine implements Engine {
  readonly name = 'postgres';
  readonly capabilities: Capabilities;
  readonly #options: PostgresEngineOptions;
  readonly #schemas: Schemas;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #tempDir: TempDir;
  #server: Promise<Server> | undefined;
  /** The session that holds the lock: what it publishes, it publishes while no other run is under way. */
  #locked: Session | undefined;
  /** What that session is called on the server. */
  #lockName = '';

  constructor(options: PostgresEngineOptions, env: Readonly<Record<string, string | undefined>>) {
    this.#options = options;
    this.#env = env;
    this.#schemas = new Schemas(options.schemaPrefix);
    this.#tempDir = new TempDir(options.tempDir ?? join(options.dataDir, 'tmp'));
    this.capabilities = {
      concurrentModels: options.maxConcurrentModels,
      parquetExport: true,
      layerFiles: false,
      storedOrder: false,
      keys: true,
      shared: true,
    };
  }

  async lock({ runId, command }: LockRequest): Promise<() => Promise<void>> {
    const session = await this.#open(applicationName(command, runId));
    try {
      await takeRunLock(session, this.#schemas, await this.#resolved());
    } catch (error) {
      await session.close();
      throw error;
    }
    this.#locked = session;
    this.#lockName = applicationName(command, runId);
    return async () => {
      const held = this.#locked;
      this.#locked = undefined;
      await held?.close();
    };
  }

  async createWorkspace(spec: WorkspaceSpec): Promise<Workspace> {
    const { snapshotId, carried } = spec;
    const published = await this.#withSession(async (session) => {
      await this.#refuseForeignSchemas(session);
      await createCatalog(session, this.#schemas);
      const manifest = await readPublished(session, this.#schemas).catch(() => undefined);
      await this.#assertThere(session, spec, manifest);
      await this.#createSideSchemas(
        session,
        snapshotId,
        LAYERS.filter((layer) => carried[layer] === undefined),
      );
      return manifest;
    });
    const pool = await this.#pool(applicationName('run', snapshotId), buildSettings(this.#options));
    return new PostgresWorkspace(spec, {
      schemas: this.#schemas,
      pool,
      published: published?.layers,
      assertAlone: () => this.#locked?.assertOpen(),
      tempDir: this.#tempDir.of(snapshotId),
    });
  }

  async openReader(manifest: SnapshotManifest, { defaultLayer }: ReaderOptions = {}): Promise<Reader> {
    const reader = new PostgresReader({
      manifest,
      schemas: this.#schemas,
      pool: await this.#pool('marketing-pipeline reader', READER_SETTINGS),
      defaultLayer,
    });
    try {
      await reader.assertThere();
      return reader;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  async publish(manifest: SnapshotManifest, options: PublishOptions = {}): Promise<void> {
    const waitSeconds = this.#options.publishWaitSeconds;
    await this.#withLock(manifest.runId, async (session) => {
      try {
        await publishByRename(manifest, { ...options, session, schemas: this.#schemas, waitSeconds });
      } catch (error) {
        if (!(error instanceof UnansweredCommitError)) throw error;
        if (!(await this.#hasPublished(manifest, error.cause))) throw error.cause;
      }
    });
  }

  /** Asks again, for a while, whether a commit that was not answered has happened; with the lock, if it is to be had. */
  async #hasPublished({ snapshotId }: SnapshotManifest, cause: unknown): Promise<boolean> {
    for (const pauseMs of ASK_AGAIN_AFTER_MS) {
      await delay(pauseMs);
      try {
        return await this.#takeOver(async (session) => {
          const published = await readPublished(session, this.#schemas);
          return published?.snapshotId === snapshotId;
        });
      } catch {
        // Not yet.
      }
    }
    const { name } = await this.#resolved();
    throw new OutcomeUnknownError(
      `it is not known whether the new data is published: the connection to ${name} was lost while the server published it`,
      {
        remedy: [
          'see what is published once the server answers: marketing-pipeline status',
          'the next run puts the rest in order',
        ],
        cause,
      },
    );
  }

  /** Goes on in a new session instead of the one that held the lock, whose last statement is decided then. */
  async #takeOver<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#open(this.#lockName);
    try {
      await endSessionsOf(session, [this.#lockName]);
      await takeRunLock(session, this.#schemas, await this.#resolved());
      const result = await work(session);
      await this.#locked?.close();
      this.#locked = session;
      return result;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  published(): Promise<SnapshotManifest | undefined> {
    return this.#withOwnSession((session) => readPublished(session, this.#schemas));
  }

  async snapshots(): Promise<SnapshotManifest[]> {
    const stored = await this.#withOwnSession((session) => readSnapshots(session, this.#schemas));
    return stored.flatMap((snapshot) => {
      try {
        return [manifestOf(snapshot)];
      } catch {
        return []; // Nobody can go back to what cannot be understood.
      }
    });
  }

  async remove(unwanted: Unwanted): Promise<Removed> {
    return this.#withSession(async (session) => {
      if ('crashed' in unwanted) {
        await this.#tempDir.removeLeftovers(unwanted.crashed);
        const names = [...unwanted.crashed].map((id) => applicationName('run', id));
        await endSessionsOf(session, names);
      }
      const { removed, kept } = await removeSnapshots(session, this.#schemas, ({ snapshotId }) =>
        'keep' in unwanted ? unwanted.keep.has(snapshotId) : !unwanted.crashed.has(snapshotId),
      );
      // Of a killed plan nobody knows but by what it left.
      if ('crashed' in unwanted) await this.#tempDir.removeLeftovers(new Set(removed));
      return { snapshotIds: removed, left: kept.map(({ schema, why }) => `schema "${schema}" is left: ${why}`) };
    });
  }

  /** What a workspace takes over must still be there. */
  async #assertThere(
    session: Session,
    { carried, previousStaging }: WorkspaceSpec,
    published: SnapshotManifest | undefined,
  ): Promise<void> {
    const present = await readLayerSchemas(session, this.#schemas);
    const needed = LAYERS.map((layer) => ({ layer, location: carried[layer] }));
    for (const { layer, location } of [...needed, { layer: 'staging' as const, location: previousStaging }]) {
      if (location === undefined) continue;
      const { snapshotId } = location;
      const schema = this.#schemas.where(layer, snapshotId, published?.layers[layer]);
      const isThere = present.some((found) => found.schema === schema && found.snapshotId === snapshotId);
      if (!isThere) throw missingLayer(layer, snapshotId);
    }
  }

  async #createSideSchemas(session: Session, snapshotId: string, layers: readonly Layer[]): Promise<void> {
    const made: string[] = [];
    try {
      for (const layer of layers) {
        const schema = this.#schemas.side(layer, snapshotId);
        const comment = quotedString(this.#schemas.comment(layer, snapshotId));
        // Both or none: what does not say that it is ours would never be removed.
        await session.execute(
          `create schema ${quotedIdentifier(schema)}; comment on schema ${quotedIdentifier(schema)} is ${comment}`,
        );
        made.push(schema);
      }
    } catch (error) {
      for (const schema of made) await dropSchema(session, schema).catch(() => undefined);
      throw error;
    }
  }

  async #refuseForeignSchemas(session: Session): Promise<void> {
    const [foreign] = await foreignSchemas(session, this.#schemas);
    if (foreign === undefined) return;
    const { name } = await this.#resolved();
    throw new UsageError(`${name} has a schema "${foreign}" that this program has not made`, {
      remedy: 'give the schemas a prefix of their own: --set schemaPrefix=shop_',
    });
  }

  /** Uses the session that holds the lock; without one, takes the lock for as long as the work lasts. */
  async #withLock<T>(runId: string, work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#locked !== undefined) return work(this.#locked);
    const unlock = await this.lock({ runId, command: 'publish' });
    try {
      if (this.#locked === undefined) throw new Error('the lock was taken and is not there');
      return await work(this.#locked);
    } finally {
      await unlock();
    }
  }

  async #withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    // Without the lock another run may be under way: who has lost it changes nothing more.
    if (this.#locked !== undefined) return work(this.#locked);
    return this.#withOwnSession(work);
  }

  /** For whoever may ask while a run of this process publishes: nothing that is not committed may be seen. */
  async #withOwnSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#open('marketing-pipeline');
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }

  async #open(name: string): Promise<Session> {
    const { statementTimeoutSeconds } = this.#options;
    return Session.open(await this.#resolved(), { applicationName: name, statementTimeoutSeconds });
  }

  async #pool(name: string, onConnect: string): Promise<SessionPool> {
    const { statementTimeoutSeconds } = this.#options;
    return new SessionPool(await this.#resolved(), { applicationName: name, statementTimeoutSeconds, onConnect });
  }

  #resolved(): Promise<Server> {
    this.#server ??= resolveServer(this.#options, this.#env);
    return this.#server;
  }
}

/** Nothing is written; the order of rows is that of the statement; whoever stops reading does not hold up a run for long. */
const READER_SETTINGS = `
  set default_transaction_read_only = on;
  set idle_in_transaction_session_timeout = '10min';`;

/** A server that was stopped is often back after a few seconds. */
const ASK_AGAIN_AFTER_MS = [0, 250, 500, 1_000, 2_000, 4_000];

/** Shown by the server; cut to what it stores. */
function applicationName(command: string, runId: string): string {
  return `marketing-pipeline ${command === 'run' ? '' : `${command} `}${runId}`.slice(0, 63);
}
