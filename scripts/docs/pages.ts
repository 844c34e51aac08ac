import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { campaignPlatformTable } from './campaign-platform-table.ts';
import { commandHelp, commandTable } from './command-pages.ts';
import { dataDictionary } from './data-dictionary.ts';
import { engineDifferenceTable, engineTable } from './engine-table.ts';
import { fillPage, type Generator } from './fill-page.ts';
import { platformTable, publicLayoutTable, readingTable, targetTable } from './input-tables.ts';
import { codeBlock } from './markdown.ts';
import { portableTable, settingsTable } from './reference-tables.ts';
import { serverQueryTable } from './server-queries.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const file = (path: string) => readFile(join(ROOT, path), 'utf8');

const GENERATORS: ReadonlyMap<string, Generator> = new Map<string, Generator>([
  ['command-table', commandTable],
  ['command-help', commandHelp],
  ['data-dictionary', dataDictionary],
  ['settings', settingsTable],
  ['targets', targetTable],
  ['platforms', platformTable],
  ['public-layouts', publicLayoutTable],
  ['reading-settings', readingTable],
  ['portable-functions', portableTable],
  ['server-queries', serverQueryTable],
  ['engine-capabilities', engineTable],
  ['engine-differences', engineDifferenceTable],
  ['campaign-platforms', campaignPlatformTable],
  ['example-model', async () => codeBlock('sql', await file('examples/models/business/orders_by_size.sql'))],
  ['example-code-model', async () => codeBlock('ts', await exampleCode('examples/code-models/order_gaps.ts'))],
  ['example-library', async () => codeBlock('ts', await exampleCode('examples/use-as-library.ts'))],
]);

/** An example as a user of the package writes it: in the repository it imports the sources. */
async function exampleCode(path: string): Promise<string> {
  return (await file(path)).replaceAll(/'(\.\.\/)+src\/index\.ts'/g, "'marketing-analytics-pipeline'");
}

/** A page of the documentation, by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
  /** The same with its generated blocks made anew. */
  readonly generated: string;
}

/** All pages that people read. */
export async function readPages(): Promise<Page[]> {
  const docs = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md')).sort();
  const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)];
  const pages: Page[] = [];
  for (const path of paths) {
    const text = await file(path);
    pages.push({ path, text, generated: await fillPage(text, GENERATORS) });
  }
  return pages;
}
