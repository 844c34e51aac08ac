import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { DATABASE_VARIABLE } from '../support/engines.ts';
import { BIN, makeCliFolder } from '../support/run-cli.ts';
import { blocksOf, pageText } from './support.ts';

const blocks = blocksOf(await pageText('docs/engines.md'));

/** Runs each statement of a block, in a database; one that is there already may be. */
async function runSql(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of text.split(';').filter((part) => part.trim() !== '')) await client.query(statement);
  } finally {
    await client.end();
  }
}

test('what docs/engines.md tells an administrator and a user to type works, for a role without other rights', async () => {
  const server = new URL(process.env[DATABASE_VARIABLE] ?? '');
  const suffix = randomBytes(4).toString('hex');
  const [owner, analyst, database] = ['shop_pipeline', 'analyst', 'shop'].map((name) => `${name}_${suffix}`);
  const renamed = (text: string) =>
    text
      .replaceAll('postgres://shop_pipeline@db.example.com/shop', `postgres://${owner}@${server.host}/${database}`)
      .replaceAll('postgres://analyst@db.example.com/shop', `postgres://${analyst}@${server.host}/${database}`)
      .replaceAll(/\bshop_pipeline\b/g, String(owner))
      .replaceAll(/\banalyst\b/g, String(analyst))
      .replaceAll(/\bdatabase shop\b/g, `database ${database}`);
  const ofDatabase = new URL(server);
  ofDatabase.pathname = `/${database}`;
  await using folder = await makeCliFolder();
  await folder.write('orders.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-05,ada,1,10.00\n2024-02-05,bob,2,5.50\n');
  await folder.write('bin/npx', `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  await folder.spawn('chmod', ['+x', 'bin/npx']).result;
  const typed: string[] = [];
  try {
    let isMade = false;
    for (const { language, text } of blocks) {
      if (language === 'sql') {
        await runSql(isMade ? ofDatabase.href : server.href, renamed(text));
        isMade = true;
      }
      if (language !== 'sh') continue;
      for (const line of text.trim().split('\n')) {
        const { code, stdout, stderr } = await folder.spawn('bash', ['-c', `PATH="$PWD/bin:$PATH"\n${renamed(line)}`])
          .result;
        expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
        typed.push(stdout);
      }
    }
    expect(typed).toHaveLength(4);
    expect(typed[1]).toContain('"total_sales":10.00');
    expect(typed[3]).toContain('$15.50');
  } finally {
    await runSql(
      server.href,
      `drop database if exists ${database}; drop role if exists ${owner}; drop role if exists ${analyst}`,
    );
  }
});

test('the example of a configuration is one', async () => {
  await using folder = await makeCliFolder();
  const [block] = blocks.filter(({ language }) => language === 'json');
  const file = join(folder.path, 'pipeline.config.json');
  await writeFile(file, block?.text ?? '');
  const { config } = await loadConfig({ file, env: {}, cwd: folder.path });
  expect(config.engine).toBe('postgres');
  expect(config.connection).toMatch(/sslmode=verify-full$/);
});
