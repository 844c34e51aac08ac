import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { expect } from 'vitest';
import { ROOT } from '../../scripts/docs/pages.ts';
import { BIN, type CliFolder, makeCliFolder } from '../support/run-cli.ts';
import { sharedFile } from '../support/shared-data.ts';
import { blocksOf, pageText } from './support.ts';

const WORKBOOK = [
  ['Date', 'Customer ID', 'Order ID', 'Sales'],
  ['01/02/2024', 'ada', '1', '10.00'],
];

const cdnow = ['cdnow_sample_10pct.csv', 'cdnow_master.csv'].map(sharedFile);

/** The first block of CSV on a page. */
async function csvBlock(path: string): Promise<string> {
  const [block] = blocksOf(await pageText(path)).filter(({ language }) => language === 'csv');
  if (block === undefined) throw new Error(`${path} shows no CSV`);
  return block.text;
}

/** A folder in which the commands of a page can be typed: the files that the pages show, more of them, and the examples. */
export async function makeReaderFolder(): Promise<CliFolder> {
  const folder = await makeCliFolder();
  const orders = await csvBlock('README.md');
  const [header = ''] = orders.split('\n');
  await folder.write('orders.csv', orders);
  await folder.write('may.csv.gz', gzipSync(`${header}\n0,2021-05-01,123456,3,20.00\n`));
  await folder.write('exports/june.csv', `${header}\n0,2021-06-01,123456,4,9.90\n`);
  await folder.write('export.csv', await csvBlock('docs/inputs.md'));
  await folder.write('shop.csv', 'Order Date,Customer,Order,Quantity,UnitPrice\n2024-01-05,ada,1,2,4.50\n');
  await folder.write('shop.xlsx', await writeXlsx({ sheets: [{ name: 'Orders', rows: WORKBOOK }] }));
  await folder.write('orders.xlsx', await writeXlsx({ sheets: [{ name: 'Orders', rows: WORKBOOK }] }));
  for (const { path, isMissing } of cdnow) {
    if (!isMissing) await cp(path, join(folder.path, 'downloads', 'cdnow', basename(path)));
  }
  await cp(join(ROOT, 'examples'), join(folder.path, 'examples'), { recursive: true });
  await folder.write('bin/npx', '#!/bin/sh\nexec "$@"\n');
  await folder.write('bin/marketing-pipeline', `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  const { code } = await folder.spawn('chmod', ['+x', 'bin/npx', 'bin/marketing-pipeline']).result;
  expect(code).toBe(0);
  return folder;
}

/** Types a command that must succeed; returns what it printed. A server is ended as soon as it has printed something. */
export async function type(folder: CliFolder, command: string): Promise<string> {
  const isServer = / serve\b/.test(command);
  const typed = isServer ? `exec ${command}` : command;
  const { child, result } = folder.spawn('bash', ['-c', `PATH="$PWD/bin:$PATH"\n${typed}`]);
  if (isServer) child.stdout?.once('data', () => child.kill('SIGINT'));
  const { code, stdout, stderr } = await result;
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr });
  expect(stderr, command).not.toContain('error:');
  return stdout;
}

/** The lines of the page's shell blocks, those of npm left out: CI runs them on a clean copy. */
export async function shellLines(path: string): Promise<string[]> {
  const blocks = blocksOf(await pageText(path)).filter(({ language }) => language === 'sh');
  return blocks
    .flatMap(({ text }) => text.trim().split('\n'))
    .filter((line) => !/^npm (ci|start|test|run)\b/.test(line));
}

/** The examples in the help of the commands; those over the CDNOW files where these are. */
export async function helpLines(): Promise<string[]> {
  const text = await pageText('docs/commands.md');
  const lines = [...text.matchAll(/^ {2}\$ (marketing-pipeline .*?)(?: {3,}.*)?$/gm)].map(([, line = '']) => line);
  return lines.filter((line) => !line.includes('--cdnow') || !cdnow.some(({ isMissing }) => isMissing));
}

/** Whether a command reads a table of a server: such a command is typed where there is one. */
export function readsTable(line: string): boolean {
  return line.includes('--source-table');
}

/** Whether a command needs customers who fit a campaign; the few orders of the pages have none, the bundled sample has. */
export function needsCampaigns(line: string): boolean {
  return / campaigns\b/.test(line);
}
