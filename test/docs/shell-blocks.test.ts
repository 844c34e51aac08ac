import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/docs/pages.ts';
import { BIN, type CliFolder, makeCliFolder } from '../support/run-cli.ts';
import { blocksOf, pageText } from './support.ts';

const WORKBOOK = [
  ['Date', 'Customer ID', 'Order ID', 'Sales'],
  ['01/02/2024', 'ada', '1', '10.00'],
];

/** The first block of CSV on a page. */
async function csvBlock(path: string): Promise<string> {
  const [block] = blocksOf(await pageText(path)).filter(({ language }) => language === 'csv');
  if (block === undefined) throw new Error(`${path} shows no CSV`);
  return block.text;
}

/** A folder in which the commands of a page can be typed: the files that the pages show, more of them, and the examples. */
async function makeReaderFolder(): Promise<CliFolder> {
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
  await cp(join(ROOT, 'examples'), join(folder.path, 'examples'), { recursive: true });
  await folder.write('bin/npx', '#!/bin/sh\nexec "$@"\n');
  await folder.write('bin/marketing-pipeline', `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  const { code } = await folder.spawn('chmod', ['+x', 'bin/npx', 'bin/marketing-pipeline']).result;
  expect(code).toBe(0);
  return folder;
}

async function type(folder: CliFolder, command: string): Promise<void> {
  const { code, stderr } = await folder.spawn('bash', ['-c', `PATH="$PWD/bin:$PATH"\n${command}`]).result;
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr });
  expect(stderr, command).not.toContain('error:');
}

/** The lines of the page's shell blocks, those of npm left out: CI runs them on a clean copy. */
async function shellLines(path: string): Promise<string[]> {
  const blocks = blocksOf(await pageText(path)).filter(({ language }) => language === 'sh');
  return blocks
    .flatMap(({ text }) => text.trim().split('\n'))
    .filter((line) => !/^npm (ci|start|test|run)\b/.test(line));
}

describe.concurrent('what the pages tell readers to type works', { timeout: 180_000 }, () => {
  test('README.md, and its data layout is what is there then', async () => {
    await using folder = await makeReaderFolder();
    const lines = await shellLines('README.md');
    expect(lines.length).toBeGreaterThanOrEqual(15);
    for (const line of lines) await type(folder, line);
    expect(await readFile(join(folder.path, 'lists', 'campaign_targets.csv'), 'utf8')).toMatch(/^customer_id,/);
    expect(await readFile(join(folder.path, 'rejected.csv'), 'utf8')).toBe(
      'source_file,source_line,reason_code,raw_text\n',
    );
    const layout = blocksOf(await pageText('README.md')).find(({ text }) => text.startsWith('data/\n'));
    const names = [...(layout?.text ?? '').matchAll(/^ {2}(\S+)/gm)].map(([, name = '']) => name);
    expect(names).toHaveLength(8);
    for (const name of names) expect((await stat(join(folder.path, 'data', name))).size, name).toBeGreaterThan(0);
  });

  test.each(['docs/inputs.md', 'docs/models.md', 'docs/configuration.md', 'docs/architecture.md', 'docs/privacy.md'])(
    '%s',
    async (path) => {
      await using folder = await makeReaderFolder();
      const lines = await shellLines(path);
      expect(lines).not.toHaveLength(0);
      for (const line of lines) await type(folder, line);
    },
  );

  test('the examples in the help of the commands', async () => {
    await using folder = await makeReaderFolder();
    const text = await pageText('docs/commands.md');
    const examples = [...text.matchAll(/^ {2}\$ (marketing-pipeline .*?)(?: {3,}.*)?$/gm)].map(([, line = '']) => line);
    expect(examples.length).toBeGreaterThanOrEqual(21);
    for (const line of examples) await type(folder, line);
  });
});
