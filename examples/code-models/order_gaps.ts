import { defineModel } from '../../src/index.ts';

const DAYS = [7, 30, 90, 180, 365];

/** A list of limits would be five nearly equal queries in SQL: a loop is what code models are for. */
export const model = defineModel({
  description: 'How soon customers order again: repeat orders by days since the order before. One row per limit.',
  dependsOn: ['dim_order'],
  grain: ['within_days'],
  columns: [
    { name: 'within_days', type: 'integer', description: 'the limit in days' },
    { name: 'repeat_orders', type: 'integer', description: 'repeat orders at most so many days after the one before' },
  ],
  checks: ['not_null(within_days, repeat_orders)', 'unique(within_days)', 'range(repeat_orders, 0, null)'],
  async run({ query, ref }) {
    const counts = DAYS.map((days) => `count(*) filter (where days_since_previous_order <= ${days}) as within_${days}`);
    const [row = {}] = await query(`select ${counts.join(', ')} from ${ref('dim_order')}`);
    return {
      columns: [
        { name: 'within_days', type: 'integer' },
        { name: 'repeat_orders', type: 'integer' },
      ],
      rows: DAYS.map((days) => [days, Number(row[`within_${days}`] ?? 0)]),
    };
  },
});
