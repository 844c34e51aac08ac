import { mkdtempSync, readdirSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DamagedError } from '../../src/engines/damaged-error.ts';
import { RunError } from '../../src/errors.ts';
import { type CrashSite, expectInOrder, makeCrashSite } from '../support/crash-site.ts';
import { onlyOn } from '../support/on-engines.ts';
import { orderRows } from '../support/order-rows.ts';
import { publishingPoints } from '../support/publishing-points.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { spawnRun } from '../support/spawn-run.ts';
import { storedSnapshots } from '../support/stored-snapshots.ts';

const FILES = 'the damage is done to files; recover-on-postgres.test.ts does it to a database';

function noticesOf(shop: Shop): string[] {
  return shop.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
}

describe('the run after a killed one', () => {
  let folder: string;
  let site: CrashSite;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'recover-test-')));
    site = await makeCrashSite(folder, { keepSnapshots: 3 });
  });

  afterAll(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['step-started build fact_sales', 'its unfinished data was removed'],
    [`publishing: ${publishingPoints.unpublished}`, 'its unfinished data was removed'],
    [`publishing: ${publishingPoints.published}`, 'its data had been published and is complete'],
  ])('says who was killed and what became of its data (%s)', async (point, fate) => {
    const copy = await site.copy(`copy ${point}`);
    const { signal } = await spawnRun({ ...copy.request, killAt: point });
    expect(signal).toBe('SIGKILL');
    const notices: string[] = [];
    await copy.pipeline.run(copy.request.files, {
      listener: (event) => {
        if (event.type === 'notice') notices.push(event.message);
      },
    });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(new RegExp(`^run \\S+ \\(PID \\d+, started \\S+\\) was killed; ${fate}$`));
    const history = copy.pipeline.openHistory();
    const [last, killed] = history?.lastRuns(2) ?? [];
    history?.close();
    expect(last?.status).toBe('success');
    expect(killed).toMatchObject({ status: 'crashed', endedAt: null });
    expect(killed?.errorMessage).toContain(fate);
    await expectInOrder(copy, point);
  });

  test('going back puts things in order first: a killed run that had published is gone back from', async () => {
    const copy = await site.copy('copy');
    await spawnRun({ ...copy.request, killAt: `publishing: ${publishingPoints.published}` });
    expect(await copy.content()).toEqual(site.newContent);
    await copy.pipeline.rollback();
    expect(await copy.content()).toEqual(site.oldContent);
    expect(await copy.pipeline.snapshots()).toHaveLength(2);
    await copy.run();
    await expectInOrder(copy, 'a rollback after a crash');
  });
});

describe('damage to what is published', () => {
  const damages: readonly [string, (data: string, id: string) => void, RegExp][] = [
    ['pointer is cut', (data: string) => truncateSync(join(data, 'current.json'), 20), /current\.json is damaged/],
    [
      'snapshot is gone',
      (data: string, id: string) => rmSync(join(data, 'snapshots', id), { recursive: true }),
      /current\.json points to snapshot "\S+", which is not there/,
    ],
    [
      'manifest is no JSON',
      (data: string, id: string) => writeFileSync(join(data, 'snapshots', id, 'manifest.json'), 'x'),
      /manifest\.json is damaged/,
    ],
    [
      'manifest is gone',
      (data: string, id: string) => rmSync(join(data, 'snapshots', id, 'manifest.json')),
      /which is not there/,
    ],
  ];
  for (const [what, damage, message] of damages) {
    const title = `[O17] the ${what}: reading and appending are refused, a run anew mends it and says so`;
    onlyOn('duckdb', FILES)(title, async () => {
      await using shop = await openShop();
      const { snapshotId } = await shop.load(orderRows(30));
      const data = join(shop.folder, 'data');
      damage(data, snapshotId);
      for (const attempt of [
        () => shop.pipeline.openReader(),
        () => shop.load(orderRows(5, 50), { append: true }),
        () => shop.run([], { skipLayers: ['staging'] }),
      ]) {
        const error = await errorOf(DamagedError, attempt());
        expect(error.message).toMatch(message);
        expect(error.remedy.join()).toMatch(/rollback.*run the pipeline again/);
      }
      const summary = await shop.load(orderRows(30));
      expect(summary.layers.staging.rawRecords).toBe(30);
      expect(noticesOf(shop).some((notice) => message.test(notice))).toBe(true);
      const published = await shop.pipeline.engine.published();
      expect(readdirSync(join(data, 'snapshots'))).toContain(published?.snapshotId);
      await shop.load(orderRows(31));
      expect(noticesOf(shop)).toEqual([]);
    });
  }

  onlyOn('duckdb', FILES)(
    '[O17] a run that fails does not remove published data whose manifest is damaged',
    async () => {
      await using shop = await openShop();
      const { snapshotId } = await shop.load(orderRows(30));
      const folder = join(shop.folder, 'data', 'snapshots', snapshotId);
      writeFileSync(join(folder, 'manifest.json'), 'x');
      const file = await shop.write('empty.csv', '');
      await expect(shop.run([file])).rejects.toThrow(/empty/);
      expect(readdirSync(folder).sort()).toEqual([
        'business.duckdb',
        'manifest.json',
        'staging.duckdb',
        'warehouse.duckdb',
      ]);
    },
  );

  onlyOn('duckdb', FILES)(
    '[O17] a cut layer file: an append says which file and what to do, a run anew mends it',
    async () => {
      await using shop = await openShop();
      const { snapshotId } = await shop.load(orderRows(30));
      const path = join(shop.folder, 'data', 'snapshots', snapshotId, 'staging.duckdb');
      truncateSync(path, 3_000);
      const error = await errorOf(RunError, shop.load(orderRows(5, 50), { append: true }));
      expect(error.message).toContain(`${path} cannot be opened`);
      expect(error.remedy.join()).toMatch(/run the pipeline again/);
      expect((await shop.load(orderRows(30))).changed).toBe(true);
    },
  );

  test('a lost run history is begun anew; published data is as it was and can be appended to', async () => {
    await using shop = await openShop();
    const { snapshotId } = await shop.load(orderRows(30));
    rmSync(join(shop.folder, 'data', 'metadata.db'));
    const half = await shop.pipeline.engine.createWorkspace({ snapshotId: 'half', carried: {} });
    onTestFinished(() => half.discard());
    expect(await storedSnapshots(shop)).toContain('half');
    const summary = await shop.load(orderRows(5, 50), { append: true });
    expect(summary.layers.staging.rawRecords).toBe(35);
    const history = shop.pipeline.openHistory();
    expect(history?.snapshots().map((snapshot) => snapshot.snapshotId)).toEqual([snapshotId, summary.snapshotId]);
    history?.close();
    expect(await storedSnapshots(shop)).not.toContain('half');
  });
});
