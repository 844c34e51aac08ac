import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeSample } from '../src/sample/sample-csv.ts';

/**
 * Time per layer and peak memory of whole runs, each in a process of its own: `npm run bench [-- CUSTOMERS ...]`.
 * Prints the median of three runs, as a Markdown table. Sizes are customers of the simulated shop; by default the
 * bundled sample's 23,000 and 600,000, which is about a million rows.
 */
const RUNS = 3;
const DEFAULT_SIZES = [23_000, 600_000];

interface Measurement {
  readonly rows: number;
  readonly process: number;
  readonly staging: number;
  readonly warehouse: number;
  readonly business: number;
  readonly peakMebibytes: number;
}

const script = fileURLToPath(new URL('../bin/marketing-pipeline.js', import.meta.url));
const reference = fileURLToPath(new URL('../../shared/data/hec_orders.csv', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'marketing-pipeline-bench-'));
const probe = join(folder, 'probe.mjs');
writeFileSync(
  probe,
  `process.on('exit', () => process.stderr.write('peak=' + process.resourceUsage().maxRSS + '\\n'));`,
);

function measure(file: string): Measurement {
  const dataDir = join(folder, 'data');
  const args = ['--import', pathToFileURL(probe).href, script, 'run', file, '--data-dir', dataDir, '--json'];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`the run over ${file} failed: ${stderr}`);
  rmSync(dataDir, { recursive: true });
  const { layers } = JSON.parse(stdout);
  return {
    rows: layers.staging.rawRecords,
    process: seconds,
    staging: layers.staging.durationSeconds,
    warehouse: layers.warehouse.durationSeconds,
    business: layers.business.durationSeconds,
    peakMebibytes: Number(/peak=(\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024,
  };
}

function median(measurements: readonly Measurement[], figure: (measurement: Measurement) => number): number {
  const sorted = measurements.map(figure).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print(name: string, file: string): void {
  const measurements = Array.from({ length: RUNS }, () => measure(file));
  const seconds = (figure: (measurement: Measurement) => number) => median(measurements, figure).toFixed(2);
  const rows = median(measurements, (one) => one.rows);
  const cells = [
    name,
    rows.toLocaleString('en-US'),
    seconds((one) => one.staging),
    seconds((one) => one.warehouse),
    seconds((one) => one.business),
    seconds((one) => one.process),
    ((1e6 * median(measurements, (one) => one.process)) / rows).toFixed(1),
    median(measurements, (one) => one.peakMebibytes).toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

try {
  console.log('| input | rows | staging s | warehouse s | business s | whole process s | µs per row | peak MiB |');
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  if (existsSync(reference)) print('reference file', reference);
  const asked = process.argv.slice(2).map(Number);
  for (const customers of asked.length === 0 ? DEFAULT_SIZES : asked) {
    const file = join(folder, `sample-${customers}.csv`);
    await writeSample(file, { customers });
    print(`${customers.toLocaleString('en-US')} customers`, file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
