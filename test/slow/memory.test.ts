import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LAYERS } from '../../src/engines/layer.ts';
import { RunError } from '../../src/errors.ts';
import type { Pipeline } from '../../src/index.ts';
import { openShop } from '../support/run-shop.ts';

const ROWS = Number(process.env.MEMORY_ROWS ?? 1_000_000);

/** A million orders of a third as many customers over three years. */
function writeOrders(path: string): void {
  const file = openSync(path, 'w');
  let text = 'Date,Customer ID,Order ID,Sales\n';
  for (let n = 0; n < ROWS; n++) {
    const day = new Date(Date.UTC(2021, 0, 1 + ((n * 7919) % 1096))).toISOString().slice(0, 10);
    text += `${day},C${(n * 104_729) % Math.ceil(ROWS / 3)},O${n},${1 + ((n * 31) % 400)}.${String(n % 100).padStart(2, '0')}\n`;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

/** Row count and order-free hash of every published table. */
async function contentOf(pipeline: Pipeline): Promise<Record<string, string>> {
  const reader = await pipeline.openReader();
  try {
    const { rows: tables } = await reader.query(
      `select table_catalog || '.' || table_name from information_schema.tables
       where table_catalog in (${LAYERS.map((layer) => `'${layer}'`).join()}) order by 1`,
    );
    const content: Record<string, string> = {};
    for (const [table] of tables) {
      const sql = `select count(*) || ' ' || sum(cast(hash(given) as hugeint)) from ${table} as given`;
      content[String(table)] = String((await reader.query(sql)).rows[0]?.[0]);
    }
    return content;
  } finally {
    await reader.close();
  }
}

test(`[M06] [O14] [O20] ${ROWS} rows with any memory limit: the same data, or a clean failure that leaves the old data`, async () => {
  await using shop = await openShop();
  const file = join(shop.folder, 'orders.csv');
  writeOrders(file);
  await shop.run([file]);
  const expected = await contentOf(shop.pipeline);
  expect(Object.keys(expected).length).toBeGreaterThan(12);
  const lines: string[] = [];
  for (const memoryLimit of ['32MB', '64MB', '96MB', '128MB', '192MB', '256MB', '512MB', '1GB']) {
    for (const threads of [1, 2]) {
      await using limited = await openShop({ memoryLimit, threads });
      await limited.load([{ date: '2024-01-01', customer: 'C1', order: 'O1', sales: '5' }]).catch(() => undefined);
      const before = await limited.pipeline.engine.published();
      const begun = performance.now();
      let outcome = 'done';
      try {
        await limited.run([file]);
        // The limit is the run's, not the reader's: the hash of a big table may need more.
        await using unlimited = await openShop({ dataDir: limited.pipeline.config.dataDir });
        expect(await contentOf(unlimited.pipeline), `${memoryLimit}, ${threads} threads`).toEqual(expected);
      } catch (error) {
        if (!(error instanceof RunError)) throw error;
        expect(error.message, `${memoryLimit}, ${threads} threads`).toMatch(/out of memory/i);
        expect(error.remedy.join(), error.message).toContain('memoryLimit');
        expect((await limited.pipeline.engine.published())?.snapshotId).toBe(before?.snapshotId);
        outcome = error.message.split('\n')[0] ?? '';
      }
      lines.push(`${memoryLimit}, ${threads} threads: ${Math.round(performance.now() - begun)} ms, ${outcome}`);
    }
  }
  console.log(lines.join('\n'));
  expect(lines.at(-1)).toContain('done');
});
