import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ProjectError } from '../../src/errors.ts';
import { testEngine } from '../support/engines.ts';
import { orderRows } from '../support/order-rows.ts';
import { errorOf, openShop } from '../support/run-shop.ts';

describe("a user's own models", () => {
  test('an SQL file, a .mjs and a .ts code model are built, checked, published and can read each other', async () => {
    await using shop = await openShop({ modelsDir: 'mine' });
    await shop.write(
      'mine/big_spenders.sql',
      `/* Customers who have spent more than 50. One row per customer.
@grain customer_id
@column customer_id - customer
@column total_spent - money
@check not_null(customer_id)
@check unique(customer_id)
*/
select customer_id, total_spent from {{ ref('dim_customer') }} where total_spent > 50`,
    );
    await shop.write(
      'mine/business/spender_count.mjs',
      `export const model = {
        description: 'How many there are. One row.',
        dependsOn: ['big_spenders'],
        grain: ['n'],
        columns: [
          { name: 'n', type: 'bigint', description: 'customers' },
          { name: 'as_of', type: 'date', description: 'today' },
          { name: 'total', type: 'decimal(18,2)', description: 'money' },
        ],
        checks: ['range(n, 1, null)'],
        async run({ query, ref, vars, engine }) {
          const [row] = await query('select count(*) as n, sum(total_spent) as total from ' + ref('big_spenders'));
          if (engine !== '${testEngine()}') throw new Error('which engine?');
          const columns = [{ name: 'n', type: 'bigint' }, { name: 'as_of', type: 'date' }, { name: 'total', type: 'decimal(18,2)' }];
          return { columns, rows: [[BigInt(row.n), vars.get('asOf'), row.total]] };
        },
      };`,
    );
    const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
    await shop.write(
      'mine/warehouse/weekday_names.ts',
      `import { type CodeModelResult, defineModel } from ${JSON.stringify(index)};
      const columns = [{ name: 'weekday', type: 'text', description: 'name of a day' }] as const;
      export const model = defineModel({
        description: 'Weekdays. One row per day.', dependsOn: [], grain: ['weekday'], columns,
        run: async (): Promise<CodeModelResult> => ({ columns, rows: [['Monday'], ["Tues'day"], ['Friday']] }),
      });`,
    );
    const summary = await shop.load(orderRows(60));
    const [count] = await shop.query('select n, as_of, total from business.spender_count');
    const [spenders] = await shop.query('select count(*) as n, sum(total_spent) as total from business.big_spenders');
    expect(count).toMatchObject({ n: spenders?.n, total: spenders?.total, as_of: summary.asOf });
    expect(Number(spenders?.n)).toBeGreaterThan(0);
    expect(await shop.query('select weekday from warehouse.weekday_names order by weekday')).toMatchObject([
      { weekday: 'Friday' },
      { weekday: 'Monday' },
      { weekday: "Tues'day" },
    ]);
    const history = shop.pipeline.openHistory();
    const types = new Map(history?.lineageOf(summary.runId).map((edge) => [edge.targetTable, edge.transformationType]));
    history?.close();
    expect(types.get('business.spender_count')).toBe('code');
    expect(types.get('business.big_spenders')).toBe('sql');
  });

  test('a model of the name of a built-in one takes its place, for those that read it too', async () => {
    await using shop = await openShop({ modelsDir: 'mine' });
    await shop.write('mine/readme.txt', 'no model');
    await shop.load(orderRows(10));
    const before = await shop.query('select count(*) as n from business.seasonal_trends');
    const columns = 'quarter,month,day_of_week'.split(',');
    await shop.write(
      'mine/seasonal_trends.sql',
      `/* Nothing much. One row.\n@grain quarter\n${columns.map((name) => `@column ${name} - a number`).join('\n')}\n*/
select 1 as quarter, 2 as month, 3 as day_of_week`,
    );
    const summary = await shop.load(orderRows(10));
    expect(summary.changed).toBe(true);
    expect(await shop.query('select * from business.seasonal_trends')).toMatchObject([
      { quarter: 1, month: 2, day_of_week: 3 },
    ]);
    expect(before[0]?.n).not.toBe(1);
  });

  test('a mistake in a model stops the run before anything is loaded, with file, line and column', async () => {
    await using shop = await openShop({ modelsDir: 'mine' });
    await shop.write(
      'mine/oops.sql',
      `/* A test. One row.\n@grain n\n@column n - a number\n*/\nselect 1 as n from {{ ref('dim_custmer') }}`,
    );
    const error = await errorOf(ProjectError, shop.load(orderRows(10)));
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/dim_custmer.*did you mean "dim_customer".*oops\.sql:5:\d+/);
    expect(shop.events.filter(({ type }) => type === 'step-started')).toEqual([]);
    expect(await shop.pipeline.engine.published()).toBeUndefined();
  });
});
