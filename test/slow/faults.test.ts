import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { RunError } from '../../src/errors.ts';
import { type CrashSite, expectInOrder, expectOldOrNew, makeCrashSite } from '../support/crash-site.ts';
import { csvOf } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { contentHashes, openShop } from '../support/run-shop.ts';
import { inBatches, spawnRun } from '../support/spawn-run.ts';

describe('a file system that fails', () => {
  let folder: string;
  let site: CrashSite;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'faults-test-')));
    site = await makeCrashSite(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Of all calls every `step`th fails; each in a run of its own. */
  test.each([
    ['M04', 'EIO', false, 1],
    ['M04', 'EIO', true, 2],
    ['M05', 'ENOSPC', false, 2],
    ['M05', 'ENOSPC', true, 5],
    ['M05', 'EACCES', true, 5],
    ['M05', 'EMFILE', false, 5],
    ['M05', 'EROFS', true, 5],
  ])('[%s] with %s at the n-th call (from then on: %s) fails cleanly or succeeds', async (_, code, forever, step) => {
    const counted = await site.copy(`count-${code}-${forever}`);
    const { outcome } = await spawnRun({ ...counted.request, fail: { code, at: 1e9 } });
    const calls = outcome?.calls ?? 0;
    expect(calls).toBeGreaterThan(40);
    const numbers = Array.from({ length: Math.ceil(calls / step) }, (__, index) => 1 + index * step);
    let failures = 0;
    await inBatches(numbers, 2, async (at) => {
      const copy = await site.copy(`${code}-${forever}-${at}`);
      const { outcome: ended, stderr, exitCode } = await spawnRun({ ...copy.request, fail: { code, at, forever } });
      const where = `${code} at call ${at}${forever ? ' and all later ones' : ''}`;
      expect(`${exitCode} ${stderr}`, where).toBe('0 ');
      if (ended?.error !== undefined) {
        failures++;
        expect(ended.error.isExpected, `${where}: ${ended.error.message}`).toBe(true);
        expect(ended.error.message, where).toContain(code);
      }
      const seen = await expectOldOrNew(site, copy, where);
      const isPublished = ended?.error === undefined || ended.error.message.includes('is published and complete');
      expect(seen, `${where}: ${ended?.error?.message}`).toBe(isPublished ? 'new' : 'old');
      if (at % 3 === 1) {
        await copy.run();
        await expectInOrder(copy, where);
      }
      rmSync(copy.dataDir, { recursive: true });
    });
    expect(failures).toBeGreaterThan(numbers.length / 3);
  });
});

const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'mount-test-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

test.skipIf(!canMount)(
  `[O13] a disk that is full at any moment: the run fails cleanly, old data stays, and all is well after freeing${canMount ? '' : ' (skipped: needs the right to mount a tmpfs)'}`,
  async () => {
    const disk = realpathSync(mkdtempSync(join(tmpdir(), 'full-disk-')));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    });
    await using shop = await openShop({ dataDir: join(disk, 'data'), threads: 1, keepSnapshots: 1 });
    const old = await shop.write('old.csv', csvOf(orderRows(80)));
    const next = await shop.write('next.csv', csvOf(orderRows(120)));
    const ballast = join(disk, 'ballast');
    mkdirSync(ballast);
    const statuses = new Map<string, number>();
    for (let freeKilobytes = 0; freeKilobytes <= 32_000; freeKilobytes += freeKilobytes < 1_000 ? 100 : 1_000) {
      await shop.run([old]);
      const content = await contentHashes(shop);
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(ballast, 'b'), Buffer.alloc(Math.max(0, bavail * bsize - freeKilobytes * 1024)));
      const where = `${freeKilobytes} kB free`;
      try {
        await shop.pipeline.run([next]);
        statuses.set('done', (statuses.get('done') ?? 0) + 1);
      } catch (error) {
        expect(error, where).toBeInstanceOf(Error);
        expect(String(error), where).toMatch(/no space left|disk is full|database or disk|out of memory|ENOSPC/i);
        if (!String(error).includes('metadata.db')) expect(error, where).toBeInstanceOf(RunError);
        if (!String(error).includes('is published and complete')) {
          // The reader of before still answers; a new one answers too, though nothing can be written.
          const reader = await shop.pipeline.openReader();
          const { rows } = await reader.query('select count(*) from staging.stg_sales_raw');
          await reader.close();
          expect(rows, where).toEqual([[80]]);
          expect(await contentHashes(shop), where).toEqual(content);
        }
        statuses.set('failed', (statuses.get('failed') ?? 0) + 1);
      }
      rmSync(join(ballast, 'b'));
    }
    console.log(statuses);
    expect(statuses.get('failed')).toBeGreaterThan(5);
    expect(statuses.get('done')).toBeGreaterThan(0);
  },
);
