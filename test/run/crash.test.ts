import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CrashSite, expectInOrder, expectOldOrNew, makeCrashSite, type SiteCopy } from '../support/crash-site.ts';
import { inBatches, spawnRun } from '../support/spawn-run.ts';

/** Between these a run decides what readers see: each is a crash of its own. Of all other points every 30th is. */
const DECISIVE = [
  /^publishing: /,
  /^before rename \.\/(snapshots|current)/,
  /^after rename \.\/current/,
  /^(before|after) rm \.\/snapshots/,
  /^after mkdir \.\/snapshots/,
];

function isDecisive({ name }: Point): boolean {
  return DECISIVE.some((pattern) => pattern.test(name));
}

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

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    const points = all.filter(
      ({ number, name }) => number % 20 === 0 || DECISIVE.some((pattern) => pattern.test(name)),
    );
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
      rmSync(copy.dataDir, { recursive: true });
    });
    expect(seen.get('before rename ./current.json.new ./current.json')).toBe('old');
    expect(seen.get('after rename ./current.json.new ./current.json')).toBe('new');
  });

  test.each([
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
  ])('[M03] at "%s", and again while the next run recovers, leaves the %s data', async (first, expected, seconds) => {
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
  });
});
