import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scanSource } from '../src/ingest/scan-source.ts';

const runs = 3;
const fiveColumns = ',Date,Customer ID,Order ID,Sales';
/** Columns of a Shopify export that the pipeline reads; it has as many again that nothing reads, 79 in all. */
const shopifyColumns = [
  ...['Name', 'Email', 'Financial Status', 'Paid at', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total'],
  ...['Discount Code', 'Discount Amount', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price'],
  ...['Billing Country', 'Shipping Country', 'Cancelled at', 'Refunded Amount', 'Phone', 'Source'],
];
const shopify = [...shopifyColumns, ...Array.from({ length: 58 }, (_, at) => `Other ${at}`)].join(',');

interface Kind {
  readonly name: string;
  readonly header: string;
  readonly contentBytes: number;
  readonly line: (row: number) => string;
  readonly lineEnd: string;
  readonly isGzip: boolean;
}

const day = (row: number): string => new Date(Date.UTC(2021, 0, 1 + (row % 700))).toISOString().slice(0, 10);
const cents = (row: number): string => ((row * 7919) % 50_000).toString().padStart(3, '0').replace(/(..)$/, '.$1');
const plain = (row: number): string => `${row},${day(row)},${(row * 31_337) % 1_000_000},${row + 1},${cents(row)}`;
const quoted = (row: number): string => `"${plain(row).replaceAll(',', '","')}"`;

const dollars = (row: number): string =>
  `${row},${day(row).replace(/(.*)-(.*)-(.*)/, '$3.$2.$1')},${(row * 31_337) % 1_000_000},${row + 1},$${cents(row)}`;
const shopifyLine = (row: number): string => {
  const cells = [
    `#${row}`,
    `someone${row % 90_000}@example.com`,
    'paid',
    `${day(row)} 10:11:12 +0100`,
    'EUR',
    cents(row),
  ];
  cells.push('4.90', '0.00', cents(row), '', '0.00', `${day(row)} 10:11:12 +0100`, '1', '"A thing, blue"', cents(row));
  cells.push('DE', 'DE', '', '0.00', '', 'web');
  for (let at = 0; at < 58; at++) cells.push(at % 3 === 0 ? `text ${at}` : '');
  return cells.join(',');
};

const five = { header: fiveColumns, contentBytes: 200_000_000, lineEnd: '\n', isGzip: false };
const kinds: readonly Kind[] = [
  { ...five, name: 'plain, read in place', line: plain },
  { ...five, name: 'quoted, read in place', line: quoted },
  { ...five, name: 'CRLF, copied', line: plain, lineEnd: '\r\n' },
  { ...five, name: 'gzip, copied', line: plain, isGzip: true },
  { ...five, name: 'dates and $, by rules', line: dollars, contentBytes: 40_000_000 },
  { ...five, name: 'Shopify, by rules', header: shopify, line: shopifyLine, contentBytes: 100_000_000 },
];

/** Writes a file of about `contentBytes` (before compression) from blocks of rows; returns the content's size. */
async function writeFile(path: string, kind: Kind): Promise<number> {
  const file = await open(path, 'wx');
  let written = 0;
  try {
    for (let row = 0; written < kind.contentBytes; ) {
      const lines = row === 0 ? [kind.header] : [];
      for (const end = row + 20_000; row < end; row++) lines.push(kind.line(row));
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
      const milliseconds: number[] = [];
      let records = 0;
      for (let run = 0; run < runs; run++) {
        const tempDir = await mkdtemp(join(folder, 'canonical-'));
        const start = performance.now();
        const source = await scanSource(path, { tempDir });
        milliseconds.push(performance.now() - start);
        records = source.recordCount;
        await rm(tempDir, { recursive: true });
      }
      await rm(path);
      const median = milliseconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
      const rate = (bytes / 1000 / median).toFixed(0).padStart(6);
      const each = ((median * 1000) / records).toFixed(2);
      console.log(
        `${kind.name.padEnd(24)}${rate} MB/s  ${each} µs per record  ${records.toLocaleString('en-US')} records`,
      );
    }
    console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB (page cache warm-up included)`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
