import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { BIN, type CliFolder, makeCliFolder } from '../support/run-cli.ts';

const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
const note = hasScript ? '' : ' (skipped: script of util-linux is not there)';

/** What a terminal of 100 columns is sent while a command runs on it. */
async function onTerminal(shop: CliFolder, command: string): Promise<string> {
  const program = `stty cols 100 rows 40; exec "${process.execPath}" "${BIN}" ${command}`;
  const { code, stdout } = await shop.spawn('script', ['-qec', program, '/dev/null']).result;
  expect(code).toBe(0);
  return stripVTControlCharacters(stdout).replaceAll('\r\n', '\n');
}

test.skipIf(!hasScript)(
  `on a terminal: stages with percent and rows, a table, nothing with --quiet${note}`,
  async () => {
    await using shop = await makeCliFolder({ TERM: 'xterm' });
    const run = await onTerminal(shop, 'run');
    for (const stage of ['staging', 'warehouse', 'business', 'publish']) expect(run).toContain(` ${stage}\n`);
    expect(run).toMatch(/load sample_orders\.csv {2}\d+ %/);
    expect(run).toMatch(/ staging {2}40,014 records {2}\d+\.\d\d s\n/);
    expect(run).toContain('build business.campaign_targets\n');
    expect(run).toMatch(/ publish {2}\d+\.\d\d s\n/);
    expect(run).toMatch(/Pipeline completed successfully in \d+\.\d\d s, as of 2025-06-30\n/);
    const table = await onTerminal(
      shop,
      'query "select customer_segment, count(*) as n from business.customer_segments group by 1 order by 1"',
    );
    expect(table).toMatch(/^customer_segment {5}n\n─{16} {2}─+\nAt Risk +\d+\n/);
    const many = await onTerminal(shop, 'query "select * from range(60)"');
    expect(many).toContain('the first 50 rows; see more with --limit N');
    const narrow = await onTerminal(shop, 'query "select * from business.monthly_metrics limit 1"');
    expect(narrow).toMatch(/^period_month +2023-01\nis_complete +true\n/);
    expect(await onTerminal(shop, 'run --append --quiet')).toBe('');
  },
);
