import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpLines, makeReaderFolder, needsCampaigns, readsTable, shellLines, type } from './reader-folder.ts';
import { blocksOf, pageText } from './support.ts';

describe.concurrent('what the pages tell readers to type works', { timeout: 600_000 }, () => {
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

  test.each([
    ...['docs/inputs.md', 'docs/models.md', 'docs/configuration.md', 'docs/architecture.md', 'docs/privacy.md'],
    ...['docs/exports.md', 'docs/segments.md', 'docs/campaigns.md', 'docs/measuring.md', 'docs/insights.md'],
    ...['docs/server.md', 'docs/report.md'],
  ])('%s', async (path) => {
    await using folder = await makeReaderFolder();
    const lines = (await shellLines(path)).filter((line) => !readsTable(line));
    expect(lines).not.toHaveLength(0);
    for (const line of lines) await type(folder, line);
  });

  test('the examples in the help of the commands', async () => {
    await using folder = await makeReaderFolder();
    const examples = (await helpLines()).filter((line) => !readsTable(line));
    expect(examples.length).toBeGreaterThanOrEqual(21);
    for (const line of examples.filter((example) => !needsCampaigns(example))) await type(folder, line);
    await type(folder, 'marketing-pipeline run --quiet');
    for (const line of examples.filter(needsCampaigns)) await type(folder, line);
  });
});
