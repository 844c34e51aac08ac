import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pg, { type QueryArrayResult } from 'pg';
import { expect, vi } from 'vitest';
import { systemEffects } from '../../../src/effects.ts';
import { toObjects } from '../../../src/engines/result-set.ts';
import { PipelineError } from '../../../src/errors.ts';
import { type ConfigSpec, Pipeline } from '../../../src/index.ts';
import { csvOf } from '../make-shop.ts';
import { orderRows } from '../order-rows.ts';
import { BIN } from '../run-cli.ts';
import { contentHashes, errorOf } from '../run-shop.ts';
import type { ChildRequest } from '../spawn-run.ts';
import { dropSchemas } from './test-database.ts';

type Content = Readonly<Record<string, string>>;

const FILES = ['first', 'second'] as const;
type FileName = (typeof FILES)[number];

/** What a failed run has to say. */
export interface Expected {
  readonly message: RegExp;
  readonly remedy: RegExp;
  readonly exitCode?: number;
}

/** The program under way. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has written to stderr so far. */
  readonly stderr: () => string;
}

/**
 * A data folder with published data on a server, on which one run after the other goes wrong. Two order files take
 * turns: one is published, the other is what a run would publish.
 */
export class FaultSite implements AsyncDisposable {
  readonly folder: string;
  /** Of the database, for a superuser. */
  readonly url: string;
  readonly prefix: string;
  /** Of the pipeline. */
  readonly connection: string;
  readonly #contents = new Map<FileName, Content>();
  #published: FileName = 'first';

  private constructor(folder: string, url: string, prefix: string, connection: string) {
    this.connection = connection;
    this.folder = folder;
    this.url = url;
    this.prefix = prefix;
  }

  /** `connection`: of the pipeline, where it is another role than that of the URL, which is a superuser. */
  static async open(url: string, prefix: string, connection = url): Promise<FaultSite> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'fault-site-')));
    const site = new FaultSite(folder, url, prefix, connection);
    for (const name of FILES) {
      await mkdir(join(folder, name));
      await writeFile(site.#path(name), csvOf(orderRows(name === 'first' ? 80 : 120)));
    }
    for (const name of [...FILES].reverse()) {
      await (await site.pipeline()).run([site.#path(name)]);
      site.#contents.set(name, await site.content());
    }
    return site;
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  /** The file that is not published. */
  get next(): string {
    return this.#path(this.#other);
  }

  /** Over this data folder, with other settings (a role, a connection). */
  pipeline(settings: ConfigSpec = {}, env: Record<string, string> = {}): Promise<Pipeline> {
    const effects = { ...systemEffects(), env, cwd: this.folder };
    return Pipeline.open({ settings: { ...this.#settings, ...settings }, effects });
  }

  /** For a run in a process of its own. */
  request(settings: ConfigSpec = {}): ChildRequest {
    return {
      settings: { ...this.#settings, ...settings, dataDir: this.dataDir },
      files: [this.next],
      cwd: this.folder,
    };
  }

  /** The program over a file, as a user starts it. */
  start(file: string, settings: Readonly<Record<string, string>> = {}): Started {
    const all = { connection: this.connection, schemaPrefix: this.prefix, keepSnapshots: '1', ...settings };
    const set = Object.entries(all).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const child = spawn(process.execPath, [BIN, 'run', file, '--engine', 'postgres', ...set], {
      cwd: this.folder,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    return { child, stderr: () => text };
  }

  /** The rows of a statement by the superuser; `{p}` stands for the prefix. */
  async sql(text: string): Promise<unknown[][]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      const query = { text: text.replaceAll('{p}', this.prefix), rowMode: 'array' as const };
      // Several statements have several results.
      const answer: QueryArrayResult<unknown[]> | QueryArrayResult<unknown[]>[] = await client.query<unknown[]>(query);
      return [answer].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  /** A folder of models with one that runs this select; the setting that adds it to a run. */
  async withModel(name: string, select: string): Promise<{ readonly modelsDir: string }> {
    const modelsDir = `models-${name}`;
    await mkdir(join(this.folder, modelsDir), { recursive: true });
    const header = '/* A test. One row.\n@grain n\n@column n - a number\n*/\n';
    await writeFile(join(this.folder, modelsDir, `${name}.sql`), `${header}${select}`);
    return { modelsDir };
  }

  /** A file of so many orders, beside the two that take turns. */
  async bigFile(rows: number): Promise<string> {
    const path = join(this.folder, 'big.csv');
    await writeFile(path, csvOf(orderRows(rows)));
    return path;
  }

  /** Waits until a session of ours runs a statement like this one; returns its server process. */
  async untilRunning(like: string): Promise<number> {
    return vi.waitFor(
      async () => {
        const [row] = await this.sql(
          `select pid from pg_stat_activity where state = 'active' and query like '${like}'
             and application_name like 'marketing-pipeline%' and datname = current_database()`,
        );
        expect(row, `a session that runs ${like}`).toBeDefined();
        return Number(row?.[0]);
      },
      { timeout: 10_000, interval: 20 },
    );
  }

  /** Hashes of the published tables. */
  async content(): Promise<Content> {
    const pipeline = await this.pipeline();
    const reader = await pipeline.openReader();
    try {
      return await contentHashes({ pipeline, query: async (sql) => toObjects(await reader.query(sql)) });
    } finally {
      await reader.close();
    }
  }

  /** Names of the schemas of layers, without the prefix. */
  async schemas(): Promise<string[]> {
    const rows = await this.sql(
      `select nspname from pg_namespace where starts_with(nspname, '{p}') and nspname <> '{p}pipeline' order by 1`,
    );
    return rows.map(([name]) => String(name).slice(this.prefix.length));
  }

  /** Readers see the old data or the new, whole; says which. */
  async expectOldOrNew(where: string): Promise<'old' | 'new'> {
    const content = await this.content();
    if (isDeepStrictEqual(content, this.#contents.get(this.#other))) return 'new';
    expect(content, `published data after ${where}`).toEqual(this.#contents.get(this.#published));
    return 'old';
  }

  /** Says that the new data has been published by a run that this site was not told of. */
  switch(): void {
    this.#published = this.#other;
  }

  /** The run fails with an error for users, is recorded as failed, and readers see what they saw before. */
  async expectFailure(running: Promise<unknown>, { message, remedy, exitCode = 1 }: Expected): Promise<PipelineError> {
    const error = await errorOf(PipelineError, running);
    expect(error.message).toMatch(message);
    expect(error.remedy.join('\n')).toMatch(remedy);
    expect(error.exitCode, error.message).toBe(exitCode);
    expect(await this.expectOldOrNew(error.message)).toBe('old');
    return error;
  }

  /** What the history says about the last run. */
  async lastRun(): Promise<{ status: string; errorMessage: string | null }> {
    const history = (await this.pipeline()).openHistory();
    try {
      const [run] = history?.lastRuns(1) ?? [];
      if (run === undefined) throw new Error('no run is recorded');
      return { status: run.status, errorMessage: run.errorMessage };
    } finally {
      history?.close();
    }
  }

  /** The next run needs no help, and nothing of an earlier one is left after it. */
  async expectNextRun(where: string, settings: ConfigSpec = {}): Promise<void> {
    await (await this.pipeline(settings)).run([this.next]);
    this.switch();
    expect(await this.content(), `data of the run after ${where}`).toEqual(this.#contents.get(this.#published));
    await this.expectInOrder(where);
  }

  /** Nothing of a run lies about: no schema, no landing table, no file, no session, no unfinished run. */
  async expectInOrder(where: string): Promise<void> {
    expect(await this.schemas(), `schemas after ${where}`).toEqual(['business', 'staging', 'warehouse']);
    const landed = await this.sql(
      `select schemaname, tablename from pg_tables where starts_with(schemaname, '{p}') and tablename like 'load\\_%'`,
    );
    expect(landed, `landing tables after ${where}`).toEqual([]);
    expect(await this.sql('select count(*)::int from {p}pipeline.snapshots'), `snapshots after ${where}`).toEqual([
      [1],
    ]);
    const files = await readdir(join(this.dataDir, 'tmp')).catch(() => []);
    expect(files, `temporary files after ${where}`).toEqual([]);
    const history = (await this.pipeline()).openHistory();
    expect(history?.unfinishedRuns(), `unfinished runs after ${where}`).toEqual([]);
    expect(history?.lastRuns(1)[0]?.status, `last run after ${where}`).toBe('success');
    history?.close();
    await this.expectNoSessions(where);
  }

  /** The server has none of our sessions any more, and with them went the lock. */
  async expectNoSessions(where: string, withinMs = 5_000): Promise<void> {
    const left = async () =>
      expect(
        await this.sql(
          `select application_name, state, query from pg_stat_activity
           where application_name like 'marketing-pipeline%' and datname = current_database()`,
        ),
        `sessions after ${where}`,
      ).toEqual([]);
    await vi.waitFor(left, { timeout: withinMs, interval: 50 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await dropSchemas(this.url, this.prefix);
    await rm(this.folder, { recursive: true, force: true });
  }

  get #other(): FileName {
    return this.#published === 'first' ? 'second' : 'first';
  }

  get #settings() {
    const { dataDir, connection, prefix: schemaPrefix } = this;
    const quick = { threads: 1, maxConcurrentModels: 2, keepSnapshots: 1, publishWaitSeconds: 20 };
    return { ...quick, dataDir, engine: 'postgres', connection, schemaPrefix } as const;
  }

  #path(name: FileName): string {
    return join(this.folder, name, 'orders.csv');
  }
}
