import { execFile, spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSample } from '../../src/index.ts';
import { engineEnvironment } from '../support/postgres/test-database.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

const BIN = fileURLToPath(new URL('../../bin/marketing-pipeline.js', import.meta.url));
let shop: Shop;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const environment = () => ({ ...process.env, ...engineEnvironment(shop.folder) });

async function cli(...args: readonly string[]): Promise<Outcome> {
  try {
    const output = await promisify(execFile)(process.execPath, [BIN, ...args], {
      cwd: shop.folder,
      env: environment(),
    });
    return { code: 0, ...output };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

beforeAll(async () => {
  shop = await openShop();
  const file = join(shop.folder, 'sample.csv');
  await writeSample(file, { customers: 1500 });
  await shop.run([file]);
});

afterAll(() => shop[Symbol.asyncDispose]());

test('export writes to data/exports by default and lists the files', async () => {
  const { code, stdout, stderr } = await cli('export', 'monthly_metrics', 'dim_customer');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('monthly_metrics.csv');
  expect((await readdir(join(shop.folder, 'data', 'exports'))).sort()).toEqual([
    'dim_customer.csv',
    'manifest.json',
    'monthly_metrics.csv',
  ]);
});

test('export --json prints one object', async () => {
  const { stdout } = await cli('export', 'business', '--format', 'sqlite', '--out', 'dbs', '--json');
  const result = JSON.parse(stdout);
  expect(result.files.map(({ name }: { name: string }) => name)).toEqual(['business.db']);
  expect(stdout.trimEnd()).not.toContain('\n');
});

test('a wrong format or table ends with exit code 2 and a hint', async () => {
  const format = await cli('export', '--format', 'sqlit');
  expect([format.code, format.stderr]).toEqual([2, expect.stringContaining('did you mean "sqlite"?')]);
  const table = await cli('export', 'bussiness');
  expect([table.code, table.stderr]).toEqual([2, expect.stringContaining('did you mean "business"?')]);
});

for (const format of ['csv', 'json', 'sqlite', 'parquet'] as const) {
  test.skipIf(process.platform === 'win32')(
    `[O13] a full disk during an export as ${format}: exit 1, what is missing, and no half file`,
    async () => {
      // A limit on the size of a file is what a test may set; the system reports it as it does a full disk.
      const out = `full-${format}`;
      const command = 'ulimit -f 16 && exec "$0" "$@"';
      const args = [process.execPath, BIN, 'export', 'dim_order', '--format', format, '--out', out];
      const { status, stderr } = spawnSync('bash', ['-c', command, ...args], {
        cwd: shop.folder,
        env: environment(),
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([1, expect.stringContaining(`${out} has no room for the export`)]);
      expect(stderr).toMatch(/free there: [\d,]+ MB/);
      if (format === 'sqlite') expect(stderr).toMatch(/the export needs about \d+ MB/);
      expect(await readdir(join(shop.folder, out))).toEqual([]);
    },
  );
}
