import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, open, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { freePort } from './free-port.ts';
import { Keeper } from './keeper.ts';
import { type ServerUser, serverUser } from './server-user.ts';
import type { PostgresVersion } from './versions.ts';

const STOP_SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
const ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

export interface ServerOptions {
  /** Settings of the server, as in postgresql.conf; they may be changed before a later `start`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of pg_hba.conf; by default everybody of this machine comes in without a password. */
  readonly access?: readonly string[];
  /** More arguments for initdb. */
  readonly initdb?: readonly string[];
}

/** What the server does unless `settings` says otherwise: quick, and listening to this machine only. */
const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** A real server with a data folder of its own. Both are gone after disposal, and when this process is gone. */
export class PostgresServer implements AsyncDisposable {
  readonly port: number;
  /** Only the user that the server runs as may read it. */
  readonly folder: string;
  readonly settings: Record<string, string>;
  readonly #binaries: Binaries;
  readonly #user: ServerUser;
  readonly #keeper: Keeper;
  #process: ChildProcess | undefined;

  private constructor(parts: {
    port: number;
    folder: string;
    settings: Record<string, string>;
    binaries: Binaries;
    user: ServerUser;
    keeper: Keeper;
  }) {
    this.port = parts.port;
    this.folder = parts.folder;
    this.settings = parts.settings;
    this.#binaries = parts.binaries;
    this.#user = parts.user;
    this.#keeper = parts.keeper;
  }

  /** Makes a data folder and starts a server of the version on it. */
  static async create(version: PostgresVersion, options: ServerOptions = {}): Promise<PostgresServer> {
    const user = serverUser();
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'postgres-')));
    const keeper = await Keeper.watch(folder);
    try {
      if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
      const binaries = await findBinaries(version, user);
      const settings = { ...DEFAULTS, ...options.settings };
      const server = new PostgresServer({ port: await freePort(), folder, settings, binaries, user, keeper });
      await server.#initialise(options);
      await server.start();
      return server;
    } catch (error) {
      await keeper.cleanUp();
      throw error;
    }
  }

  /** A URL without a password. */
  url(database = 'postgres', role = 'postgres'): string {
    const [name, user] = [database, role].map(encodeURIComponent);
    return `postgres://${user}@127.0.0.1:${this.port}/${name}`;
  }

  /** Starts it again after `stop`, on the same data and the same port. */
  async start(): Promise<void> {
    if (this.#process !== undefined) throw new Error('the server runs already');
    const pauses = [50, 200, 500, 1000, 2000];
    for (;;) {
      const log = await this.#launch();
      if (log === undefined) return;
      const pause = pauses.shift();
      // Somebody else took the port, or processes of the stopped server are still leaving.
      const isTemporary = /could not bind|already in use|still in use|lock file/.test(log);
      if (!isTemporary || pause === undefined) throw new Error(`PostgreSQL did not start:\n${log}`);
      await delay(pause);
    }
  }

  /** `fast` ends sessions and writes everything; `immediate` is a crash, from which the next start recovers. */
  async stop(mode: keyof typeof STOP_SIGNALS): Promise<void> {
    const child = this.#process;
    if (child === undefined) throw new Error('the server does not run');
    this.#process = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.ref();
    child.kill(STOP_SIGNALS[mode]);
    await exited;
  }

  /** Runs a statement as the superuser. */
  async sql(text: string, options: { database?: string; role?: string; params?: unknown[] } = {}) {
    const client = new pg.Client({ connectionString: this.url(options.database, options.role) });
    client.on('error', () => {});
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, options.params);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Writes a file that the server, and nobody else, may read (a certificate, a key); returns its path. */
  async putFile(name: string, content: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    await chmod(path, 0o600);
    if (this.#user.uid !== undefined && this.#user.gid !== undefined) await chown(path, this.#user.uid, this.#user.gid);
    return path;
  }

  /** Everything that the server has logged so far. */
  async log(): Promise<string> {
    return readFile(join(this.folder, 'server.log'), 'utf8').catch(() => '');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keeper.cleanUp();
    this.#process = undefined;
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  async #initialise({ access, initdb = [] }: ServerOptions): Promise<void> {
    const plain = ['--pgdata', this.#data, '--no-sync', '--username=postgres', '--auth=trust', '--no-locale'];
    await promisify(execFile)(this.#binaries.initdb, [...plain, '--encoding=UTF8', '--no-instructions', ...initdb], {
      ...this.#user,
      cwd: this.folder,
      env: ENVIRONMENT,
    });
    if (access !== undefined) await this.putFile('data/pg_hba.conf', `${access.join('\n')}\n`);
  }

  /** Undefined once it takes connections; what it logged when it ended instead. */
  async #launch(): Promise<string | undefined> {
    const earlier = (await this.log()).length;
    await using log = await open(join(this.folder, 'server.log'), 'a', 0o600);
    const settings = Object.entries({ ...this.settings, port: this.port }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const child = spawn(this.#binaries.postgres, ['-D', this.#data, ...settings], {
      ...this.#user,
      cwd: this.folder,
      env: ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    child.unref();
    while (child.exitCode === null && child.signalCode === null) {
      if (await this.#isReady(child.pid)) {
        this.#process = child;
        return undefined;
      }
      await delay(10);
    }
    return (await this.log()).slice(earlier);
  }

  async #isReady(pid: number | undefined): Promise<boolean> {
    const lines = await readFile(join(this.#data, 'postmaster.pid'), 'utf8').catch(() => '');
    const [writer, , , , , , , state] = lines.split('\n');
    return Number(writer) === pid && state?.trim() === 'ready';
  }
}
