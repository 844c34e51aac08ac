import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainText } from '../../src/cli/explain-text.ts';
import { systemEffects } from '../../src/effects.ts';
import { Pipeline, UsageError } from '../../src/index.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { engineSettings } from '../support/postgres/test-database.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';
import { errorOf, openShop } from '../support/run-shop.ts';

/** Whatever a terminal would obey, line feeds aside. */
const OBEYED = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

/** The library over the same data. */
function openPipeline({ path }: CliFolder): Promise<Pipeline> {
  const settings = { ...engineSettings(path), dataDir: join(path, 'data') };
  return Pipeline.open({ settings, effects: { ...systemEffects(), env: {}, cwd: path } });
}

/** The text as one line, so that wrapping does not matter. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');

test('before the first run there is nothing to explain', async () => {
  await using shop = await openCliShop();
  expect(await shop.run('explain', 'a')).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: nothing has been published in .* yet\n {2}- run the pipeline first/),
  });
  expect(await shop.run('explain')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/customer/) });
});

test('where there is too little data, scores are withheld and the reason is said once', async () => {
  await using shop = await openCliShop();
  await shop.write(
    'orders.csv',
    csvOf([
      row('2024-01-01', 'a', 'a1', '10.00'),
      row('2024-01-05', 'a', 'a2', '20.00'),
      row('2024-01-09', 'b', 'b1', '7.00'),
    ]),
  );
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const { stdout, ...rest } = await shop.run('explain', 'a');
  expect(rest).toEqual({ code: 0, stderr: '' });
  const { stdout: answer } = await shop.run('query', 'select distinct grade, reason from business.prediction_grades');
  const { grade, reason } = JSON.parse(answer);
  expect(grade).toBe('WITHHELD');
  expect(unwrapped(stdout).split(reason)).toHaveLength(2);
  expect(unwrapped(stdout)).toContain(`Next 365 days: withheld: ${reason}`);
  expect(stdout).toMatch(/^ {2}Risk of leaving: withheld for the same reason$/m);
  expect(stdout).toMatch(/^ {2}Date: +withheld for the same reason$/m);
  expect(stdout).toMatch(/^ {2}So far: +\$30\.00$/m);
  expect(stdout).not.toContain('Grades go from');
  const withheld = { expected: null, reason, grade: { grade: 'WITHHELD' } };
  expect(onlyObject(await shop.run('explain', 'a', '--json'))).toMatchObject({
    value: { historicValue: 30, ...withheld },
    ...{ orders: withheld, churn: withheld, nextOrder: withheld },
  });
});

test('where the margin is known, the value so far is told as the margin of the revenue', async () => {
  await using shop = await openShop({ grossMargin: 0.4 });
  await shop.load([row('2024-01-01', 'a', 'a1', '10.00')]);
  const explained = await shop.pipeline.explain('a');
  expect([explained.profile.revenue, explained.value.historicValue]).toEqual([10, 4]);
  expect(explainText(explained, shop.pipeline.config, undefined)).toMatch(
    /^ {2}So far: +\$4\.00, the margin of \$10\.00$/m,
  );
});

test('money is in the currency that the orders name, and lines are as narrow as the terminal', async () => {
  await using shop = await openShop();
  await shop.run([
    await shop.write('orders.csv', 'Date,Customer ID,Order ID,Sales,Currency\n2024-01-01,a,a1,10.00,GBP\n'),
  ]);
  const explained = await shop.pipeline.explain('a');
  expect(explained.currency).toBe('GBP');
  const lines = explainText(explained, shop.pipeline.config, 70).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}So far: +£10\.00$/));
  expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(60);
  expect(lines.filter((line) => line.length > 70)).toEqual([]);
});

test('a customer with returns only has no cohort and no prediction, and is said to be so', async () => {
  await using shop = await openCliShop();
  await shop.write(
    'orders.csv',
    csvOf([
      row('2024-01-01', 'a', 'a1', '10.00'),
      row('2024-01-08', 'r', 'r1', '-7.00'),
      row('2024-01-09', 'r', 'r2', '-5.00'),
    ]),
  );
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const { stdout, ...rest } = await shop.run('explain', 'r');
  expect(rest).toEqual({ code: 0, stderr: '' });
  const text = unwrapped(stdout);
  expect(text).toContain('Orders: none: only returns of orders that are not in the data Returns: 2, -$12.00');
  expect(text).toContain('2024-01-09 return r2 -$5.00 2024-01-08 return r1 -$7.00');
  expect(text).toContain('Next 365 days: not predicted: the customer has no order');
  expect(text).toContain('Cohort: none: the customer has no order');
  expect(stdout).not.toMatch(/null|undefined|NaN/);
  const none = { expected: null, reason: 'the customer has no order' };
  expect(onlyObject(await shop.run('explain', 'r', '--json'))).toMatchObject({
    profile: {
      isReturnsOnly: true,
      orders: 0,
      revenue: -12,
      firstOrderDate: null,
      cohortMonth: null,
      averageOrder: null,
    },
    ...{ value: { historicValue: -12, ...none }, orders: none, churn: none, nextOrder: none },
    ...{ campaign: null, cohort: null },
  });
});

const LONG = 'x'.repeat(300);

const HOSTILE = [
  `O'Brien; drop table x --`,
  '"quoted"',
  '<script>alert(1)</script>',
  'x\u001b[31m\u202ey',
  'שלום עולם',
  'two\nlines',
  'a\ttab',
  '😀'.repeat(20),
  LONG,
  'two words',
  '--json',
  '-17',
  '$1',
  '%',
];

test('any id is found as it is, and none reaches the terminal as such', async () => {
  await using shop = await openCliShop();
  const orders = HOSTILE.map((id, index) => row('2024-01-01', id, `${index}${id}`, `${index + 1}.00`));
  await shop.write('orders.csv', csvOf(orders));
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const pipeline = await openPipeline(shop);
  for (const [index, id] of HOSTILE.entries()) {
    const { stdout, ...rest } = await shop.run('explain', '--', id);
    expect({ id, ...rest }).toEqual({ id, code: 0, stderr: '' });
    expect(stdout).not.toMatch(OBEYED);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(stdout).toContain(`$${index + 1}.00`);
    const { profile, history } = await pipeline.explain(id);
    expect(profile).toMatchObject({ customerId: id, revenue: index + 1 });
    expect(history.entries).toMatchObject([{ orderId: `${index}${id}` }]);
    const { message } = await errorOf(UsageError, pipeline.explain(`${id}\u001b?`));
    expect(message).toMatch(/^there is no customer ".*" \(did you mean ".*"\?\)$/);
    expect(message).not.toMatch(OBEYED);
  }
  const title = (await shop.run('explain', LONG)).stdout.split('WHO')[0] ?? '';
  expect(title.match(/x/g)).toHaveLength(300);
  const { stderr } = await shop.run('explain', LONG.slice(1));
  expect(stderr).toContain(`there is no customer "${'x'.repeat(80)}..." (did you mean "${'x'.repeat(80)}..."?)`);
}, 300_000);

test('an id that no database can hold, or an empty one, is nobody', async () => {
  await using shop = await openShop();
  await shop.load([row('2024-01-01', 'a', 'a1', '10.00')]);
  const messages: string[] = [];
  for (const id of ['a\0', 'a\ud800', '', '  ']) {
    messages.push((await errorOf(UsageError, shop.pipeline.explain(id))).message);
  }
  expect(messages).toEqual([
    'there is no customer "a\\u0000"',
    expect.stringMatching(/^there is no customer "a.*"$/),
    'the customer id is empty',
    'the customer id is empty',
  ]);
});

const OWN_CAMPAIGNS = `/*
Everybody is addressed, without a control group. One row per customer.

@grain customer_id
@column customer_id - customer as text
@column campaign_type - the campaign
@column campaign_group - target
@column priority_level - the same for all
@column days_since_last_order - days from the last order to the as-of date
@column no_order_probability - not known
@check unique(customer_id)
*/
select
    customer_id,
    'Spring' as campaign_type,
    'target' as campaign_group,
    1 as priority_level,
    days_since_last_order,
    cast(null as decimal(9, 6)) as no_order_probability

from {{ ref('dim_customer') }}
`;

test('where a model of the shop has other columns than the built-in one, that is said', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', csvOf([row('2024-01-01', 'a', 'a1', '10.00')]));
  await shop.write(join('models', 'campaign_targets.sql'), OWN_CAMPAIGNS);
  await shop.write('pipeline.config.json', '{ "modelsDir": "./models" }\n');
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await shop.run('explain', 'a');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error: the published tables do not have what is needed: .*estimated_value/);
  expect(stderr).toContain('  - run the pipeline again');
});
