import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { row } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

async function logOf(shop: Shop): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(shop.pipeline.config.dataDir, 'logs', 'pipeline.log'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('at debug the log has the SQL of every model and the rows of every step, under the id of the run', async () => {
  await using shop = await openShop({ logLevel: 'debug' });
  const { runId } = await shop.load([row('2024-01-05', 'a', '1', '10.00'), row('2024-01-06', 'b', '2', '5.00')]);
  const lines = await logOf(shop);
  expect(new Set(lines.map((line) => line.runId))).toEqual(new Set([runId]));
  const { models } = await shop.pipeline.loadProject();
  const names = [...models.values()].filter(({ kind }) => kind === 'sql').map(({ layer, name }) => `${layer}.${name}`);
  const statements = lines.filter(({ msg }) => msg === 'sql');
  for (const name of names) {
    const sql = statements.find(({ step }) => step === `build ${name}`)?.sql;
    expect(sql, name).toMatch(/^with\s/);
    expect(sql, name).not.toContain('{{');
  }
  const finished = lines.filter(({ msg }) => msg === 'step finished');
  expect(finished.find(({ step }) => step === 'build warehouse.dim_order')).toMatchObject({ rows: 2, level: 'info' });
  expect(finished.every(({ durationSeconds }) => Number(durationSeconds) >= 0)).toBe(true);
});

test('at info the log has the steps but no SQL, at error nothing of a run that succeeds', async () => {
  await using shop = await openShop({ logLevel: 'info' });
  await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
  const messages = (await logOf(shop)).map(({ msg }) => msg);
  expect(messages).toContain('step finished');
  expect(messages).not.toContain('sql');
  await using silent = await openShop({ logLevel: 'error' });
  await silent.load([row('2024-01-05', 'a', '1', '10.00')]);
  const text = await readFile(join(silent.pipeline.config.dataDir, 'logs', 'pipeline.log'), 'utf8');
  expect(text).toBe('');
});
