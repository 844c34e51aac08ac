import { z } from 'zod';
import { customers, date, flag, money, percent, text } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { monthParameter } from '../query-parameters.ts';
import { given, where } from '../sql-parts.ts';

const history = tableQuery({
  name: 'segments/history',
  summary:
    'The size of each of the five segments at the last month ends and at the as-of date. One row per day and segment.',
  params: z.strictObject({}),
  columns: {
    month_end: date('segment_history'),
    customer_segment: text('segment_history'),
    customers: customers('segment_history'),
    share_of_base: percent('segment_history'),
    revenue: money('segment_history'),
    is_as_of: flag('segment_history'),
  },
  sql: () => `
    select month_end, customer_segment, customers, share_of_base, revenue, is_as_of
    from business.segment_history
    order by month_end, customer_segment`,
});

const migration = tableQuery({
  name: 'segments/migration',
  summary: 'From which of the five segments to which customers moved within one month. One row per pair of segments.',
  params: z.strictObject({
    month: monthParameter().optional().describe('month of the later day; the last one that is over unless given'),
    who: z
      .enum(['movers', 'all'])
      .default('movers')
      .describe('movers: those whose segment changed, or who came; all: those who stayed as well'),
  }),
  columns: {
    from_day: date('the day of the earlier segment: the last day of the month before'),
    month_end: date('segment_migration'),
    from_segment: text('segment_migration'),
    to_segment: text('segment_migration'),
    customers: customers('segment_migration'),
    share_of_from: percent('segment_migration'),
    revenue: money('segment_migration'),
    is_as_of: flag('segment_migration'),
  },
  sql: ({ month, who }, parts) => `
    with chosen as (
      select coalesce(max(case when not is_as_of then month_end end), max(month_end)) as last_day
      from business.segment_migration
      ${where(given(month, (wanted) => `${parts.call('format_month', 'month_end')} = ${parts.text(wanted)}`))}
    )
    select
      ${parts.call('add_days', parts.call('month_start', 'month_end'), '-1')} as from_day,
      month_end, from_segment, to_segment, customers, share_of_from, revenue, is_as_of
    from business.segment_migration inner join chosen on month_end = last_day
    where customers > 0 ${who === 'movers' ? 'and from_segment <> to_segment' : ''}
    order by from_segment, to_segment`,
});

export const segmentMoveQueries = [history, migration] as const;
