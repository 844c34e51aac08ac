import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROWS = Number(process.env.SCALE_ROWS ?? 10_000_000);
const MEBIBYTE = 2 ** 20;

/** Amounts in cents of row n: their sum is known without adding them up. */
const cents = (n: number) => 100 * (1 + (n % 4_000)) + (n % 100);

type Style = 'plain' | 'german';

function writeOrders(path: string, rows: number, style: Style): void {
  const file = openSync(path, 'w');
  let text =
    style === 'plain' ? 'Date,Customer ID,Order ID,Sales\n' : 'Bestelldatum;Kundennummer;Bestellnummer;Betrag\r\n';
  for (let n = 0; n < rows; n++) {
    const day = new Date(Date.UTC(2021, 0, 1 + ((n * 7919) % 1096))).toISOString().slice(0, 10);
    const customer = `C${(n * 104_729) % Math.ceil(rows / 3)}`;
    const amount = `${Math.floor(cents(n) / 100)}.${String(cents(n) % 100).padStart(2, '0')}`;
    text +=
      style === 'plain'
        ? `${day},${customer},O${n},${amount}\n`
        : `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)};${customer};O${n};${amount.replace('.', ',')} €\r\n`;
    if (text.length < MEBIBYTE) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

interface Measured {
  readonly output: string;
  readonly peakMebibytes: number;
  readonly seconds: number;
}

/** Runs a command of the program in a process of its own. */
async function measure(folder: string, args: readonly string[]): Promise<Measured> {
  const program = fileURLToPath(new URL('../../bin/marketing-pipeline.js', import.meta.url));
  const probe =
    'data:text/javascript,process.on("exit",()=>process.stderr.write("peak="+process.resourceUsage().maxRSS))';
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', probe, program, ...args], { cwd: folder, env: {} });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  await once(child, 'close');
  expect(child.exitCode, errors).toBe(0);
  const peak = Number(/peak=(\d+)/.exec(errors)?.[1]);
  return { output, peakMebibytes: peak / 1024, seconds: (performance.now() - begun) / 1000 };
}

test(`[C70] the door's memory does not grow with the file: ${ROWS} records that must be rewritten`, async () => {
  const folder = temporaryFolder();
  const peaks: number[] = [];
  for (const rows of [Math.ceil(ROWS / 20), Math.ceil(ROWS / 4)]) {
    const file = join(folder, `german-${rows}.csv`);
    writeOrders(file, rows, 'german');
    const { output, peakMebibytes } = await measure(folder, ['profile', file, '--json']);
    await rm(file);
    expect(JSON.parse(output)).toMatchObject({ soundRecords: rows, problems: [], currencies: { EUR: rows } });
    peaks.push(peakMebibytes);
  }
  console.log(`profile, peak MiB: ${peaks.map(Math.round).join(', ')}`);
  expect((peaks[1] ?? Number.NaN) - (peaks[0] ?? 0)).toBeLessThan(60);
});

test(`[C70] ${ROWS} rows go through the whole pipeline in bounded memory, to the last row and cent`, async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'orders.csv');
  writeOrders(file, ROWS, 'plain');
  const limit = ['--set', 'memoryLimit=2GB', '--set', 'threads=2'];
  const { output, peakMebibytes, seconds } = await measure(folder, ['run', file, '--json', ...limit]);
  let sum = 0;
  for (let n = 0; n < ROWS; n++) sum += cents(n);
  const summary = JSON.parse(output);
  expect(summary.layers.staging).toMatchObject({ rawRecords: ROWS, cleanRecords: ROWS, rejectedRecords: 0 });
  expect(summary.layers.warehouse.orders).toBe(ROWS);
  expect(Math.round(100 * summary.layers.warehouse.revenue)).toBe(sum);
  console.log(`${ROWS} rows: ${seconds.toFixed(0)} s, peak ${peakMebibytes.toFixed(0)} MiB with memoryLimit 2GB`);
  expect(peakMebibytes).toBeLessThan(4_096);
});
