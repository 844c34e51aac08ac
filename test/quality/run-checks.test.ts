import { expect, test } from 'vitest';
import { ProjectError } from '../../src/errors.ts';
import { parseCheck } from '../../src/project/check-tag.ts';
import type { CodeModel } from '../../src/project/model.ts';
import { countResults } from '../../src/quality/check-result.ts';
import { describeFailure } from '../../src/quality/describe-failure.ts';
import { runChecks } from '../../src/quality/run-checks.ts';
import { memoryDatabase } from './memory-database.ts';

const columns = ['id', 'customer', 'kind', 'amount', 'day'];

/** A model that only has checks. */
function modelWith(checks: readonly string[]): CodeModel {
  return {
    kind: 'code',
    name: 'orders',
    layer: 'warehouse',
    file: 'orders.ts',
    dependsOn: [],
    origin: 'builtin',
    description: 'Orders. One row per order.',
    grain: ['id'],
    columns: [],
    checks: checks.flatMap((text) =>
      parseCheck({ text, line: 1, columns, errorAt: (cause) => new ProjectError(cause) }),
    ),
    run: () => Promise.reject(new Error('not built here')),
  };
}

const ORDERS = `
  create table customers (id varchar);
  insert into customers values ('C1'), ('C2');
  create table orders (id integer, customer varchar, kind varchar, amount decimal(18, 2), day date);
  insert into orders values
    (1, 'C1', 'sale', 5.00, '2024-01-01'),
    (2, 'C2', 'it''s', 9.99, '2024-01-31'),
    (2, 'C3', 'sale', -0.01, '2024-02-01'),
    (3, null, null, null, null),
    (4, 'C4', 'gift', 10.00, '2023-12-31'),
    (null, 'C1', 'sale', 10.01, '2024-01-15'),
    (null, 'C1', 'sale', 10.01, '2024-01-15')`;

async function resultsOf(checks: readonly string[]) {
  using database = await memoryDatabase(ORDERS);
  return await runChecks(modelWith(checks), database, { relationOf: (name) => `"${name}"` });
}

test.each([
  { check: 'not_null(id)', failing: 2 },
  { check: 'not_null(day)', failing: 1 },
  { check: 'unique(id)', failing: 1, what: 'the number of values that repeat; null is no value' },
  { check: 'unique(id, customer)', failing: 0 },
  { check: 'unique(customer)', failing: 1 },
  { check: "accepted_values(kind, 'sale', 'it''s')", failing: 1, what: 'null passes' },
  { check: 'accepted_values(id, 1, 2, 3)', failing: 1 },
  { check: 'range(amount, 0, 10)', failing: 3, what: 'bounds belong to it, null passes' },
  { check: 'range(amount, null, 10)', failing: 2 },
  { check: 'range(amount, 0, null)', failing: 1 },
  { check: "range(day, '2024-01-01', '2024-01-31')", failing: 2 },
  { check: "expression(day_in_2024, day >= date '2024-01-01')", failing: 2, what: 'null counts as bad' },
  { check: 'expression(either, amount > 0 or kind is null)', failing: 1 },
])('$check finds $failing of the planted rows', async ({ check, failing }) => {
  const [result] = await resultsOf([check]);
  expect(result).toMatchObject({ failingRows: failing, status: failing === 0 ? 'passed' : 'failed' });
  expect(result?.examples?.rows.length ?? 0).toBe(failing);
});

test('a relationship is broken by values that are missing in the other table; null passes', async () => {
  const check = { kind: 'relationship', column: 'customer', toModel: 'customers', toColumn: 'id' } as const;
  const model = { ...modelWith([]), checks: [{ ...check, name: 'customers', severity: 'error', line: 1 } as const] };
  using database = await memoryDatabase(ORDERS);
  const [result] = await runChecks(model, database, { relationOf: (name) => name });
  expect(result).toMatchObject({ failingRows: 2, expected: 'customer exists in customers.id' });
  expect(result?.examples?.rows.map(([, customer]) => customer)).toEqual(['C3', 'C4']);
});

test('checks of one table run together keep their order, their severity and their own counts', async () => {
  const results = await resultsOf([
    'not_null(customer)',
    'unique(id)',
    'warn range(amount, 0, 10)',
    'warn not_null(day)',
    'unique(id, customer)',
  ]);
  expect(results.map(({ name, status, failingRows }) => [name, status, failingRows])).toEqual([
    ['not_null(customer)', 'failed', 1],
    ['unique(id)', 'failed', 1],
    ['range(amount, 0, 10)', 'warned', 3],
    ['not_null(day)', 'warned', 1],
    ['unique(id, customer)', 'passed', 0],
  ]);
  expect(countResults(results)).toEqual({ total: 5, passed: 1, warned: 2, failed: 2 });
});

test('at most five examples are shown, in an order that the data decides', async () => {
  using database = await memoryDatabase(
    'create table orders as select 20 - i as id, null as customer from range(20) as t(i)',
  );
  const [result] = await runChecks(modelWith(['not_null(customer)']), database, { relationOf: (name) => name });
  expect(result?.failingRows).toBe(20);
  expect(result?.examples?.rows.map(([id]) => id)).toEqual([1, 2, 3, 4, 5]);
});

test('a failure is told with what was expected, how many rows differ and which', async () => {
  const [result] = await resultsOf(["accepted_values(kind, 'sale', 'it''s')"]);
  if (result === undefined) throw new Error('no result');
  expect(describeFailure(result)).toEqual([
    "warehouse.orders accepted_values(kind): expected kind is one of sale, it's; 1 row differs",
    '  id=4 customer="C4" kind="gift" amount="10.00" day="2023-12-31"',
  ]);
});

test('without checks the table is not even read', async () => {
  using database = await memoryDatabase('select 1');
  expect(await runChecks(modelWith([]), database, { relationOf: () => 'missing' })).toEqual([]);
});
