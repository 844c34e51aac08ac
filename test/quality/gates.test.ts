import { expect, test } from 'vitest';
import { rejectedShareGate } from '../../src/quality/gates.ts';
import { memoryDatabase } from './memory-database.ts';

async function gateOn(reasons: readonly (string | null)[], maxRejectedShare: number) {
  const values = reasons.map((reason) => (reason === null ? '(null, null, false)' : `('${reason}', 'because', false)`));
  using database = await memoryDatabase(`
    create table stg_sales_checked (reason_code varchar, reason_detail varchar, is_guest boolean);
    ${values.length === 0 ? '' : `insert into stg_sales_checked values ${values.join(', ')}`}`);
  return await rejectedShareGate(database, { relationOf: (name) => name, maxRejectedShare });
}

const twentyWith = (rejected: number) => [
  ...Array.from({ length: rejected }, () => 'INVALID_DATE'),
  ...Array.from({ length: 20 - rejected }, () => null),
];

test('exactly the allowed share passes, one record more does not', async () => {
  expect(await gateOn(twentyWith(1), 0.05)).toMatchObject({ status: 'passed', failingRows: 0 });
  expect(await gateOn(twentyWith(2), 0.05)).toMatchObject({
    status: 'failed',
    failingRows: 2,
    expected: 'at most 5.00 % of the records are rejected; here 10.00 %',
  });
});

test('the share is compared as it is written: 29 of 100 are 0.29', async () => {
  const hundred = Array.from({ length: 100 }, (_, index) => (index < 29 ? 'INVALID_DATE' : null));
  expect(await gateOn(hundred, 0.29)).toMatchObject({ status: 'passed' });
});

test('a share of 0 allows none, a share of 1 allows all', async () => {
  expect(await gateOn(twentyWith(0), 0)).toMatchObject({ status: 'passed' });
  expect(await gateOn(twentyWith(1), 0)).toMatchObject({ status: 'failed' });
  expect(await gateOn(twentyWith(20), 1)).toMatchObject({ status: 'passed' });
});

test('the reasons are shown with their counts, most frequent first', async () => {
  const gate = await gateOn(['INVALID_SALES', 'INVALID_DATE', 'INVALID_DATE', null], 0.05);
  expect(gate.examples?.rows).toEqual([
    ['INVALID_DATE', 2, 'because'],
    ['INVALID_SALES', 1, 'because'],
  ]);
});

test('without records there is nothing to refuse', async () => {
  expect(await gateOn([], 0)).toMatchObject({ status: 'passed' });
});

test('orders without a customer do not count, on neither side', async () => {
  const guests = Array.from({ length: 10 }, () => "('INVALID_CUSTOMER', 'customer id is empty', true)");
  const others = [...Array.from({ length: 19 }, () => '(null, null, false)'), "('INVALID_DATE', 'because', false)"];
  using database = await memoryDatabase(`
    create table stg_sales_checked (reason_code varchar, reason_detail varchar, is_guest boolean);
    insert into stg_sales_checked values ${[...guests, ...others].join(', ')}`);
  const gate = (maxRejectedShare: number) =>
    rejectedShareGate(database, { relationOf: (name) => name, maxRejectedShare });
  expect(await gate(0.05)).toMatchObject({ status: 'passed' });
  expect(await gate(0.049)).toMatchObject({
    status: 'failed',
    failingRows: 1,
    examples: { rows: [['INVALID_DATE', 1, 'because']] },
  });
});
