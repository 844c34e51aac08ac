import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancelledError, InputError } from '../../src/errors.ts';
import { type ConfigSpec, Pipeline } from '../../src/index.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { onlyOn } from '../support/on-engines.ts';
import { randomSales, toRows } from '../support/random-sales.ts';
import { contentHashes, errorOf, openShop, type Shop } from '../support/run-shop.ts';

const rows = toRows(
  randomSales({ seed: 91, orders: 220, customers: 80, firstDate: '2023-02-01', days: 420, maxCents: 30_000 }),
);
/** Two new customers, and one who was there. */
const later = csvOf([
  row('2024-03-26', 'Z1', 'z1', '30.00'),
  row('2024-03-26', 'Z2', 'z2', '40.00'),
  row('2024-03-26', 'C0000', 'z3', '50.00'),
]);

async function reopened(shop: Shop, settings: ConfigSpec): Promise<Pipeline> {
  return Pipeline.open({ settings: { ...shop.settings, ...settings }, effects: shop.pipeline.effects });
}

/** Every file of the data folder with its hash, but the lock and the run history, which say that somebody was there. */
async function filesOf(shop: Shop): Promise<Record<string, string>> {
  const entries = await readdir(shop.settings.dataDir, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
  const hashes: Record<string, string> = {};
  for (const { entry, path } of paths.filter((one) => !/pipeline\.lock|metadata\.db/.test(one.path))) {
    hashes[path] = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'folder';
  }
  return hashes;
}

function historyOf(shop: Shop) {
  const history = shop.pipeline.openHistory();
  try {
    return { runs: history?.lastRuns(100), snapshots: history?.snapshots() };
  } finally {
    history?.close();
  }
}

function whyOf({ why }: Awaited<ReturnType<Pipeline['planChanges']>>): Record<string, number> {
  return Object.fromEntries(why.map(({ causes, customers }) => [causes.join('+'), customers]));
}

test('before the first run a plan says what to do, and makes no folder', async () => {
  await using shop = await openShop();
  const error = await errorOf(InputError, shop.pipeline.planChanges());
  expect(error.message).toMatch(/^nothing has been published in .* yet: there is nothing that a run could change$/);
  expect(error.remedy[0]).toBe('run the pipeline first: marketing-pipeline run FILE');
});

test('a plan says who would move by settings, by a file and by both, and leaves everything as it was', async () => {
  await using shop = await openShop();
  await shop.load(rows);
  const file = await shop.write('later.csv', later);
  // Reading makes a temporary folder for as long as the reader is open.
  const tables = await contentHashes(shop);
  const before = { files: await filesOf(shop), history: historyOf(shop) };
  const other = await reopened(shop, { lostDays: 200 });

  const same = await shop.pipeline.planChanges();
  expect(same).toMatchObject({ changed: 0, moves: [], settings: [], notes: [] });
  expect(whyOf(same)).toEqual({ code: 0, config: 0, data: 0 });

  const bySettings = await other.planChanges();
  expect(bySettings.changed).toBeGreaterThan(0);
  expect(whyOf(bySettings)).toEqual({ code: 0, config: bySettings.changed, data: 0 });
  expect(bySettings.settings).toEqual([{ key: 'lostDays', before: 365, after: 200, actsOn: 'models' }]);
  expect(bySettings.moves.filter(({ from, to }) => from !== to).map(({ to }) => to)).toContain('Lost');

  const byFile = await shop.pipeline.planChanges([file], { append: true });
  expect(whyOf(byFile)).toEqual({ code: 0, config: 0, data: byFile.changed });
  expect(byFile.moves).toContainEqual({ from: 'not in the data before', to: 'New', customers: 2 });
  expect(byFile.asOf).toBe('2024-03-26');

  const byBoth = await other.planChanges([file], { append: true });
  const why = whyOf(byBoth);
  expect((why.config ?? 0) + (why.data ?? 0)).toBe(byBoth.changed);
  expect([why.code, (why.config ?? 0) > 0, (why.data ?? 0) >= 2]).toEqual([0, true, true]);

  // The first builds nothing but what is there, so it ends in the middle of loading at the earliest.
  const controller = new AbortController();
  const cancelled = other.planChanges([file], {
    append: true,
    signal: controller.signal,
    listener: ({ type }) => {
      if (type === 'as-of') controller.abort(new CancelledError());
    },
  });
  await errorOf(CancelledError, cancelled);

  expect(await filesOf(shop)).toEqual(before.files);
  expect(historyOf(shop)).toEqual(before.history);
  expect(await contentHashes(shop)).toEqual(tables);

  // What the plan foresaw is what the run does.
  const summary = await other.run([file], { append: true });
  const history = other.openHistory();
  const recorded = history?.segmentMigrationOf(summary.runId);
  const members = history?.segmentsOf(summary.runId);
  history?.close();
  const order = (moves: typeof byBoth.moves) => moves.map((move) => JSON.stringify(move)).sort();
  expect(order(recorded?.moves ?? [])).toEqual(order(byBoth.moves));
  expect(members).toEqual(summary.layers.business.segments);
});

test('a model of the user that changes a rule is code, whatever the version says', async () => {
  await using shop = await openShop();
  await shop.load(rows);
  const { models } = await shop.pipeline.loadProject();
  const text = await readFile(models.get('segment_states')?.file ?? '', 'utf8');
  await shop.write('own/business/segment_states.sql', text.replace("when is_new then 'New'", "when false then 'New'"));
  const other = await reopened(shop, { modelsDir: join(shop.folder, 'own') });
  const changes = await other.planChanges();
  expect(changes.changed).toBeGreaterThan(0);
  expect(whyOf(changes)).toEqual({ code: changes.changed, config: 0, data: 0 });
  expect(changes.moves.filter(({ from, to }) => from !== to).every(({ from }) => from === 'New')).toBe(true);
});

onlyOn('duckdb', 'layers are files')('what a killed plan has left is gone after the next run', async () => {
  await using shop = await openShop();
  await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
  const killed = '20240101T000000Z-abcdef';
  for (const place of ['snapshots', 'tmp']) {
    const folder = join(shop.settings.dataDir, place, killed);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'business.duckdb'), 'half');
  }
  await shop.load([row('2024-01-06', 'a', '1', '10.00')]);
  const left = await readdir(shop.settings.dataDir, { recursive: true });
  expect(left.filter((path) => path.includes(killed))).toEqual([]);
});

onlyOn('duckdb', 'layers are files')(
  'a published layer that is damaged is replaced by a run all the same',
  async () => {
    await using shop = await openShop();
    const first = await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
    await writeFile(join(shop.settings.dataDir, 'snapshots', first.snapshotId, 'business.duckdb'), 'not a database');
    const second = await shop.load([row('2024-01-06', 'a', '1', '10.00')]);
    expect(second.layers.business.segments).toMatchObject({ New: 1 });
    expect(shop.events).toContainEqual(
      expect.objectContaining({
        type: 'notice',
        level: 'warn',
        message: expect.stringMatching(`^who has changed segment since ${first.snapshotId} cannot be told: `),
      }),
    );
    const history = shop.pipeline.openHistory();
    expect(history?.segmentMigrationOf(second.runId)).toBeUndefined();
    expect(history?.segmentsOf(second.runId)).toMatchObject({ New: 1 });
    history?.close();
  },
);
