import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { onlyObject, openCliShop } from '../support/run-cli.ts';

test('segments and plan, from before the first run to after the second', async () => {
  await using shop = await openCliShop();
  const orders = [
    row('2024-01-05', 'a', '1', '10.00'),
    row('2024-02-05', 'b', '2', '20.00'),
    row('2024-05-20', 'b', '3', '20.00'),
    row('2024-06-05', 'c', '4', '30.00'),
  ];
  await shop.write('orders.csv', csvOf(orders));
  await shop.write('more.csv', csvOf([row('2024-06-10', 'd', '5', '99.00')]));
  for (const command of ['segments', 'plan']) {
    expect(await shop.run(command)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('error: nothing has been published'),
    });
  }
  await shop.run('run', 'orders.csv');
  const first = await shop.run('segments');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^Segments as of 2024-06-05, snapshot \S+\n\nTHE FIVE SEGMENTS\n/);
  expect(first.stdout).toContain('MOVES in the month to 2024-05-31\n');
  expect(first.stdout).toContain('MOVES since the run before: none to compare with');

  const steps = await shop.run('run', 'more.csv', '--append', '--dry-run');
  expect(steps.stdout).toMatch(/\nWho would change segment by it, and why: marketing-pipeline plan\n$/);
  const plan = await shop.run('plan', 'more.csv', '--append', '--set', 'newDays=10');
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toMatch(
    /^A run would move \d of 4 customers to another segment than in \S+ \(\d+\.\d\d %\), as of 2024-06-10 instead of 2024-06-05\. Nothing has been published\.\n/,
  );
  expect(plan.stdout).toMatch(/\n {2}code \(program or models\): +0\n/);
  expect(plan.stdout).toContain('\n  newDays: 90 to 10\n');
  const foreseen = onlyObject(await shop.run('plan', 'more.csv', '--append', '--json'));
  expect(foreseen).toMatchObject({ changed: 1, customers: 4, asOf: '2024-06-10' });

  await shop.run('run', 'more.csv', '--append');
  const report = onlyObject(await shop.run('segments', '--json'));
  expect(report).toMatchObject({
    asOf: '2024-06-10',
    sinceLastRun: { moves: foreseen.moves },
    lastMonth: { monthEnd: '2024-05-31' },
  });
  const sizes = (await shop.run('report')).stdout;
  for (const { segment, customers } of report.five as { segment: string; customers: number }[]) {
    expect(sizes).toContain(`${segment} ${customers}`);
  }
  expect((await shop.run('segments')).stdout).toMatch(/MOVES since run \S+: 1 customers\n/);
});
