import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder } from '../support/run-cli.ts';

const RED = '\u001b[31m';
const BIDI = '\u202e';
/** Whatever a terminal would obey, line feeds and tabs aside. */
const OBEYED = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

test('[S25] escape sequences and direction marks in ids and file names reach no terminal and no log as such', async () => {
  await using shop = await makeCliFolder();
  const name = `may${RED}${BIDI}.csv`;
  const evil = `x${RED}${BIDI}y`;
  await shop.write(
    name,
    csvOf([
      row('2024-01-01', evil, evil, '1.00'),
      row('2024-01-02', evil, 'o2', `2${RED}`),
      row('nope', 'c', 'o3', '3'),
    ]),
  );
  const outputs = [
    await shop.run('run', `${name}x`),
    await shop.run('run', name),
    await shop.run('run', name, '--set', 'maxRejectedShare=1'),
    await shop.run('run', name, '--append', '--set', 'maxRejectedShare=1'),
    await shop.run('run', name, '--dry-run'),
    await shop.run('status'),
    await shop.run('report'),
    await shop.run('query', 'select * from warehouse.dim_customer', '--format', 'table'),
    await shop.run('query', 'select * from staging.stg_sales_rejected', '--format', 'table'),
    await shop.run('query', `select "${evil}"`),
    await shop.run('rollback', '--to', evil),
    await shop.run('compile', evil),
    await shop.run('config', '--set', `${evil}=1`),
    await shop.run('config', '--config', `${evil}.json`),
    await shop.run('sample', '--customers', evil),
    await shop.run(evil),
    await shop.run('run', `--${evil}`),
  ];
  for (const { stdout, stderr } of outputs) expect(`${stdout}${stderr}`).not.toMatch(OBEYED);
  const codes = outputs.map(({ code }) => code);
  expect(codes).toEqual([2, 3, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(outputs[5]?.stdout).toContain('from may\\u001b[31m\\u202e.csv');
  expect(outputs[7]?.stdout).toContain('x\\u001b[31m\\u202ey');
  expect(await readFile(join(shop.path, 'data', 'logs', 'pipeline.log'), 'utf8')).not.toMatch(OBEYED);
});
