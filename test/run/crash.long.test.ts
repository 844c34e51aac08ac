import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineName } from '../../src/engines/engine.ts';
import { type CrashSite, expectInOrder, expectOldOrNew, makeCrashSite, type SiteCopy } from '../support/crash-site.ts';
import { testEngine } from '../support/engines.ts';
import { inBatches, spawnRun } from '../support/spawn-run.ts';

/** Between these a run decides what readers see: each is a crash of its own. */
const DECISIVE: Readonly<Record<EngineName, readonly RegExp[]>> = {
  duckdb: [
    /^publishing: /,
    /^before rename \.\/(snapshots|current)/,
    /^after rename \.\/current/,
    /^(before|after) rm \.\/snapshots/,
    /^after mkdir \.\/snapshots/,
  ],
  postgres: [
    /^publishing: /,
    /^after create schema "warehouse__RUN"/,
    /^before (lock table|alter schema "warehouse|commit)/,
    /^after (update|commit|delete from)/,
    /^(before|after) begin; lock table "staging__RUN"/,
  ],
};

/** Of the points that decide nothing, every so many-th. */
const STRIDE: Readonly<Record<EngineName, number>> = { duckdb: 20, postgres: 200 };

/** The moments at which the engine makes the new data the published one, and what readers see right before and after. */
const TURNING: Readonly<Record<EngineName, readonly [before: string, after: string]>> = {
  duckdb: ['before rename ./current.json.new ./current.json', 'after rename ./current.json.new ./current.json'],
  postgres: ['publishing: layers renamed', 'publishing: publishing committed'],
};

function isDecisive({ name }: Point): boolean {
  return DECISIVE[testEngine()].some((pattern) => pattern.test(name));
}

/** The statements that remove the first schema of a killed run. */
const DROPPING = {
  before: 'before begin; lock table "staging__RUN"…',
  after: 'after begin; lock table "staging__RUN"…',
};

/** Where a run is killed, what readers see then, and where the next run, which puts things in order, is killed. */
const SECONDS: Readonly<Record<EngineName, readonly [string, 'old' | 'new', readonly string[]][]>> = {
  duckdb: [
    [
      'step-started build fact_sales',
      'old',
      ['before rm ./snapshots/RUN/manifest.json', 'after rm ./snapshots/RUN', 'after rm ./tmp/RUN', 'notice'],
    ],
    [
      'publishing: manifest written',
      'old',
      ['after rm ./snapshots/RUN/manifest.json', 'after rm ./snapshots/RUN', 'notice'],
    ],
    ['publishing: pointer moved', 'new', ['notice', 'run-started']],
  ],
  postgres: [
    ['step-started build fact_sales', 'old', [DROPPING.before, DROPPING.after, 'after rm ./tmp/RUN', 'notice']],
    ['publishing: layers renamed', 'old', [DROPPING.before, 'notice']],
    ['publishing: publishing committed', 'new', ['notice', 'run-started']],
  ],
};

interface Point {
  /** From 1. */
  readonly number: number;
  readonly name: string;
}

describe('a run that is killed', () => {
  let folder: string;
  let site: CrashSite;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'crash-test-')));
    site = await makeCrashSite(folder);
  });

  afterAll(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function pointsOf(copy: SiteCopy): Promise<Point[]> {
    const { outcome, stderr } = await spawnRun(copy.request);
    if (outcome === undefined || outcome.error !== undefined) throw new Error(`the run failed: ${stderr}`);
    return outcome.points.map((name, index) => ({ number: index + 1, name }));
  }

  async function killAt(copy: SiteCopy, point: number | string): Promise<void> {
    const { signal, stderr } = await spawnRun({ ...copy.request, killAt: point });
    expect(signal, `${point}: ${stderr}`).toBe('SIGKILL');
  }

  test('[M01] [O09] [O10] at any point leaves the old data or the new, and the next run needs no help', async () => {
    const all = await pointsOf(await site.copy('list'));
    const names = all.map(({ name }) => name);
    const points = all.filter((point, position) => {
      // Killed by name, a run ends where it first comes by.
      return isDecisive(point) ? names.indexOf(point.name) === position : point.number % STRIDE[testEngine()] === 0;
    });
    expect(points.length).toBeGreaterThanOrEqual(20);
    const seen = new Map<string, 'old' | 'new'>();
    await inBatches(points, 2, async (point) => {
      const copy = await site.copy(`point-${point.number}`);
      await killAt(copy, isDecisive(point) ? point.name : point.number);
      const where = `a kill at point ${point.number}, ${point.name}`;
      seen.set(point.name, await expectOldOrNew(site, copy, where));
      await copy.run();
      expect(await copy.content(), `data of the run after ${where}`).toEqual(site.newContent);
      await expectInOrder(copy, where);
      await site.remove(copy);
    });
    const [before, after] = TURNING[testEngine()];
    expect(seen.get(before)).toBe('old');
    expect(seen.get(after)).toBe('new');
  }, 900_000);

  test.each(SECONDS[testEngine()])(
    '[M03] at "%s", and again while the next run recovers, leaves the %s data',
    async (first, expected, seconds) => {
      const crashed = await site.copy(`crashed ${first}`);
      await killAt(crashed, first);
      await inBatches(seconds, 2, async (second, position) => {
        const copy = await site.copy(`${first} ${position}`, crashed);
        await killAt(copy, second);
        const where = `kills at ${first} and, in the next run, ${second}`;
        expect(await expectOldOrNew(site, copy, where)).toBe(expected);
        await copy.run();
        await expectInOrder(copy, where);
      });
    },
  );
});
