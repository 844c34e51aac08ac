import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scanSource } from '../src/ingest/scan-source.ts';

const contentBytes = 200_000_000;
const runs = 3;
const header = ',Date,Customer ID,Order ID,Sales';

interface Kind {
  readonly name: string;
  readonly line: (row: number) => string;
  readonly lineEnd: string;
  readonly isGzip: boolean;
}

const day = (row: number): string => new Date(Date.UTC(2021, 0, 1 + (row % 700))).toISOString().slice(0, 10);
const cents = (row: number): string => ((row * 7919) % 50_000).toString().padStart(3, '0').replace(/(..)$/, '.$1');
const plain = (row: number): string => `${row},${day(row)},${(row * 31_337) % 1_000_000},${row + 1},${cents(row)}`;
const quoted = (row: number): string => `"${plain(row).replaceAll(',', '","')}"`;

const kinds: readonly Kind[] = [
  { name: 'plain, read in place', line: plain, lineEnd: '\n', isGzip: false },
  { name: 'quoted, read in place', line: quoted, lineEnd: '\n', isGzip: false },
  { name: 'CRLF, copied', line: plain, lineEnd: '\r\n', isGzip: false },
  { name: 'gzip, copied', line: plain, lineEnd: '\n', isGzip: true },
];

/** Writes a file of `contentBytes` (before compression) from blocks of 100,000 rows; returns the content's size. */
async function writeFile(path: string, kind: Kind): Promise<number> {
  const file = await open(path, 'wx');
  let written = 0;
  try {
    for (let row = 0; written < contentBytes; ) {
      const lines = row === 0 ? [header] : [];
      for (const end = row + 100_000; row < end; row++) lines.push(kind.line(row));
      const block = Buffer.from(lines.join(kind.lineEnd) + kind.lineEnd);
      written += block.length;
      // Members of one gzip file may follow each other.
      await file.appendFile(kind.isGzip ? gzipSync(block) : block);
    }
  } finally {
    await file.close();
  }
  return written;
}

/** Prints the median throughput of the scanner, in content bytes, for each kind of file. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'scan-benchmark-'));
  try {
    for (const kind of kinds) {
      const path = join(folder, 'orders.csv');
      const bytes = await writeFile(path, kind);
      await readFile(path); // into the page cache
      const rates: number[] = [];
      let records = 0;
      for (let run = 0; run < runs; run++) {
        const tempDir = await mkdtemp(join(folder, 'canonical-'));
        const start = performance.now();
        const source = await scanSource(path, { tempDir });
        rates.push(bytes / 1000 / (performance.now() - start));
        records = source.recordCount;
        await rm(tempDir, { recursive: true });
      }
      await rm(path);
      const median = rates.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
      console.log(
        `${kind.name.padEnd(24)}${median.toFixed(0).padStart(6)} MB/s  ${records.toLocaleString('en-US')} records`,
      );
    }
    console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB (page cache warm-up included)`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
