import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSample } from '../src/sample/sample-csv.ts';
import { PostgresServer } from '../test/support/postgres/server.ts';

/**
 * Whole runs on each engine, time per layer side by side: `npm run bench:engines [-- CUSTOMERS|FILE ...]`. The server is of the
 * test suite, with the default settings of PostgreSQL 18, or the one that MARKETING_PIPELINE_CONNECTION names. Sizes are
 * customers of the simulated shop; by default 600,000 and 6,000,000, which is about one and ten million orders.
 */
const DEFAULT_SIZES = [600_000, 6_000_000];
const LAYERS = ['staging', 'warehouse', 'business'] as const;

interface Measurement {
  readonly rows: number;
  /** Seconds by layer, and of the whole process. */
  readonly layers: readonly number[];
  readonly whole: number;
}

const script = fileURLToPath(new URL('../bin/marketing-pipeline.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'marketing-pipeline-bench-'));

function measure(file: string, engine: readonly string[]): Measurement {
  const dataDir = join(folder, 'data');
  const args = [script, 'run', file, '--data-dir', dataDir, '--set', 'keepSnapshots=1', '--json', ...engine];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const whole = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`the run over ${file} failed: ${stderr}`);
  rmSync(dataDir, { recursive: true });
  const { layers } = JSON.parse(stdout);
  return {
    rows: layers.staging.rawRecords,
    layers: LAYERS.map((layer) => layers[layer].durationSeconds),
    whole,
  };
}

function print(engine: string, { rows, layers, whole }: Measurement): void {
  const cells = [rows.toLocaleString('en-US'), engine, ...[...layers, whole].map((seconds) => seconds.toFixed(1))];
  console.log(`| ${cells.join(' | ')} | ${((1e6 * whole) / rows).toFixed(1)} |`);
}

async function openServer(): Promise<{ url: string; close(): Promise<void> }> {
  const url = process.env.MARKETING_PIPELINE_CONNECTION;
  if (url !== undefined) return { url, close: async () => {} };
  const server = await PostgresServer.create(18, { settings: { fsync: 'on' } });
  return { url: server.url(), close: () => server[Symbol.asyncDispose]() };
}

const server = await openServer();
try {
  console.log('| rows | engine | staging s | warehouse s | business s | whole process s | µs per row |');
  console.log('|---:|---|---:|---:|---:|---:|---:|');
  const asked = process.argv.slice(2);
  for (const [number, input] of (asked.length === 0 ? DEFAULT_SIZES.map(String) : asked).entries()) {
    const file = existsSync(input) ? input : join(folder, `sample-${input}.csv`);
    if (file !== input) await writeSample(file, { customers: Number(input) });
    print('DuckDB', measure(file, []));
    const prefix = `bench${number}_`;
    print(
      'PostgreSQL',
      measure(file, ['--engine', 'postgres', '--connection', server.url, '--set', `schemaPrefix=${prefix}`]),
    );
    if (file !== input) rmSync(file);
  }
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
