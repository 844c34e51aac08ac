import { expect, expectTypeOf, test } from 'vitest';
import type { QueryParams, QueryRow } from '../../src/server/query-registry.ts';

test('clients get the types of rows and parameters from the definitions', () => {
  expectTypeOf<QueryRow<'revenue/months'>['period_month']>().toEqualTypeOf<string | null>();
  expectTypeOf<QueryRow<'revenue/months'>['total_sales']>().toEqualTypeOf<number | null>();
  expectTypeOf<QueryRow<'revenue/months'>['is_complete']>().toEqualTypeOf<boolean | null>();
  expectTypeOf<QueryParams<'campaigns/customers'>['group']>().toEqualTypeOf<'target' | 'control' | undefined>();
  const row: Partial<QueryRow<'customers'>> = { customer_id: '007', lifetime_value: 12.5 };
  expect(row.customer_id).toBe('007');
});
