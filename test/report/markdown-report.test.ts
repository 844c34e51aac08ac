import { afterAll, beforeAll, expect, test } from 'vitest';
import { markdownTable, markdownText } from '../../src/report/markdown-table.ts';
import { openHostileShop } from '../support/hostile-shop.ts';
import type { Shop } from '../support/run-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';

let shop: Shop;
let report: string;

beforeAll(async () => {
  shop = await openHostileShop();
  report = (await shop.pipeline.makeReport({ format: 'md', customers: 'ids' })).content.toString();
});

afterAll(() => shop[Symbol.asyncDispose]());

/** Cells of a line, as a Markdown reader separates them. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The text of a cell, as a Markdown reader shows it. */
function shown(cell: string): string {
  return cell.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Tables by the heading before them. */
function tablesOf(markdown: string): Map<string, string[][]> {
  const tables = new Map<string, string[][]>();
  let heading = '';
  for (const block of markdown.split('\n\n')) {
    const [, text] = /^#+ (.*)$/.exec(block) ?? [];
    if (text !== undefined) heading = text;
    if (block.startsWith('|') && !tables.has(heading)) tables.set(heading, block.trim().split('\n').map(cellsOf));
  }
  return tables;
}

test('every table has a head, a line below it, and rows of as many cells', () => {
  const tables = tablesOf(report);
  expect([...tables.keys()]).toEqual([
    'Key figures',
    'All customers',
    'Segments',
    'Insights',
    'Forecast',
    'Grades of predictions',
    'Campaigns',
    'First on the lists of campaigns',
    'Customers of the highest value so far',
  ]);
  for (const [heading, [head = [], line = [], ...rows]] of tables) {
    expect(
      line.every((cell) => /^---:?$/.test(cell)),
      heading,
    ).toBe(true);
    expect(rows.length, heading).toBeGreaterThan(0);
    for (const row of [line, ...rows]) expect(row, heading).toHaveLength(head.length);
  }
});

test('figures are those of the tables', async () => {
  const segments = await shop.query(
    'select customer_segment, count(*) as customers from business.customer_list group by 1 order by 2 desc, 1',
  );
  const [, , ...rows] = tablesOf(report).get('Segments') ?? [];
  expect(rows.map(([segment, customers]) => [segment, Number(customers)])).toEqual(
    segments.map((row) => [row.customer_segment, row.customers]),
  );
});

test('[S16] ids that are markup, links or tables elsewhere are text', () => {
  const [, , ...rows] = tablesOf(report).get('Customers of the highest value so far') ?? [];
  const ids = rows.map(([id = '']) => shown(id));
  for (const id of HOSTILE_IDS) expect(ids).toContain(id.replace('\u202e', '\\u202e'));
  expect(report).not.toMatch(/(?<!\\)<(?!!-- marketing-pipeline report)/);
});

test.each([
  ['a | b', String.raw`a \| b`],
  ['a\\|b', String.raw`a\\\|b`],
  ['line\nbreak\r\n| x', String.raw`line break \| x`],
  ['[a](javascript:alert(1))', String.raw`\[a\](javascript:alert(1))`],
  ['https://evil.example www.evil.example a@b.c', String.raw`https\://evil.example www\.evil.example a\@b.c`],
  ['*_~`<b>&amp;$x$#', String.raw`\*\_\~\`\<b\>\&amp;\$x\$\#`],
  ['\u202egnp.exe', String.raw`\\u202egnp.exe`],
])('the text %j is written so that Markdown shows it', (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test('a table that asks for a column which is not there is a defect', () => {
  const answer = { columns: [{ name: 'a', type: 'text', description: null }], rows: [], currency: 'EUR' } as const;
  expect(() => markdownTable(answer, [['b', 'B']])).toThrow('the report asks for b');
});
