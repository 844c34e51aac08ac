import { expect, test } from 'vitest';
import { csvOf } from '../support/make-shop.ts';
import { onlyObject, openCliShop } from '../support/run-cli.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

test('forecast: an error before the first run, then a table or one object', async () => {
  await using shop = await openCliShop();
  const early = await shop.run('forecast');
  expect(early).toMatchObject({ code: 2, stdout: '' });
  expect(early.stderr).toContain('run the pipeline first');

  const rows = simulatedRows({ customers: 2500, startDate: '2023-01-01', endDate: '2025-02-10' });
  await shop.write('orders.csv', csvOf(rows));
  const ran = await shop.run('run', 'orders.csv', '--as-of', '2025-02-10');
  expect(ran.stdout).toMatch(/\nFORECAST by month, old and new customers, 80 % intervals\n {2}2025-02: /);
  expect(ran.stdout).toMatch(/\n {2}12 months: +[\d,]+ \([\d,]+ to [\d,]+\) orders, \$[\d,]+ \(\$/);

  const text = await shop.run('forecast');
  expect(text).toMatchObject({ code: 0, stderr: '' });
  for (const month of ['2025-02 *', '2025-03', '2026-02']) expect(text.stdout).toContain(month);
  expect(text.stdout).toContain('* the whole month, foreseen from the months before it; so far: ');
  expect(text.stdout).toMatch(/\n {2}Method(?:, orders)?: +\w/);
  expect(text.stdout).toMatch(/same as last\s+month/);
  expect(text.stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);

  const forecast = onlyObject(await shop.run('forecast', '--json'));
  expect(forecast).toMatchObject({ asOf: '2025-02-10', purchaseModel: expect.anything() });
  const report = onlyObject(await shop.run('report', '--json'));
  const { grades, months, nextTwelveMonths } = forecast;
  expect(report.forecast).toEqual({ grades, months, nextTwelveMonths });

  const help = await shop.run('forecast', '--help');
  expect(help.stdout).toContain('$ marketing-pipeline forecast --json');
});

test('forecast of a shop that is too young: what is missing, in words', async () => {
  await using shop = await openCliShop();
  const rows = simulatedRows({ customers: 300, startDate: '2025-01-01', endDate: '2025-06-30' });
  await shop.write('orders.csv', csvOf(rows));
  expect(await shop.run('run', 'orders.csv', '--as-of', '2025-06-30', '--quiet')).toMatchObject({ code: 0 });
  const { stdout } = await shop.run('forecast');
  expect(stdout).toContain('Withheld: 6 more complete months are needed: there are 6 of 12');
});
