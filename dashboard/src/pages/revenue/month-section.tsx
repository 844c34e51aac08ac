import { Anchor, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import type { ECElementEvent } from 'echarts/core';
import { useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawGrowth } from './draw-growth.ts';
import { drawFrequency, drawOrders, drawOrderValue } from './draw-month-course.ts';
import { drawMonthlyRevenue } from './draw-monthly-revenue.ts';
import { MonthRange, useMonthRange } from './month-range.tsx';
import classes from './revenue.module.css';
import { unfinishedWords } from './unfinished-month.ts';

type Month = QueryRow<'revenue/months'>;

const CUSTOMERS: ShownColumn<Month> = { name: 'unique_customers', title: 'Customers' };
const ORDERS: ShownColumn<Month> = { name: 'total_orders', title: 'Orders' };

const newCustomersOf = (month: string | null) => `/customers?cohort=${encodeURIComponent(month ?? '')}`;

/** Part of a month against a whole one would say nothing. */
const whole = ({ is_complete }: Month, growth: number | null) => (is_complete === false ? null : growth);

/** The months of a range: revenue, orders, what an order is worth, how often customers order, growth. */
export function MonthSection() {
  const { source } = useSource();
  const format = useFormat();
  const [, navigate] = useLocation();
  const months = useQuestion('revenue/months', useMonthRange());
  const unfinished = months.data?.rows.find((row) => row.is_complete === false);
  const pick = useCallback(
    (_event: ECElementEvent, row: Month | undefined) => {
      if (row !== undefined) navigate(newCustomersOf(row.period_month));
    },
    [navigate],
  );
  const month: ShownColumn<Month> = {
    name: 'period_month',
    title: 'Month',
    cell: (row) => (
      <span className={classes.line}>
        {format.month(row.period_month)}
        {unfinishedWords(row)}
      </span>
    ),
  };
  const newCustomers: ShownColumn<Month> = source.isOffline
    ? { name: 'new_customers', title: 'New customers' }
    : {
        name: 'new_customers',
        title: 'New customers',
        cell: (row) => (
          <Anchor
            component={Link}
            href={newCustomersOf(row.period_month)}
            size="sm"
            aria-label={`${format.number(row.new_customers)} new customers of ${format.month(row.period_month)}`}
          >
            {format.number(row.new_customers)}
          </Anchor>
        ),
      };
  const shared = { question: months, empty: 'There are no sales in these months.' };
  return (
    <Stack gap="md" component="section" aria-label="Month by month">
      <Group justify="space-between" align="flex-end">
        <Title order={3} size="h4">
          Month by month
        </Title>
        {!source.isOffline && <MonthRange />}
      </Group>
      <ChartCard
        {...shared}
        title="Monthly revenue"
        about="Revenue of each month, net of returns, of customers who first ordered in it and of those who had ordered before. A month that is not over is hatched. Click a bar for the customers who were new in it; the table has links."
        draw={drawMonthlyRevenue}
        height={320}
        onPick={source.isOffline ? undefined : pick}
        columns={[
          month,
          { name: 'total_sales', title: 'Revenue' },
          { name: 'new_customer_revenue', title: 'From new' },
          { name: 'returning_customer_revenue', title: 'From returning' },
          { name: 'returned_amount', title: 'Returns' },
          newCustomers,
          { name: 'returning_customers', title: 'Returning customers' },
        ]}
      >
        {unfinished !== undefined && `${format.month(unfinished.period_month)} is not over: it is hatched.`}
      </ChartCard>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <ChartCard
          {...shared}
          title="Orders"
          about="Orders of each month. A month that is not over is hatched."
          draw={drawOrders}
          columns={[month, ORDERS, CUSTOMERS]}
        />
        <ChartCard
          {...shared}
          title="Average order value"
          about="Revenue of each month, net of returns, divided by its orders. The axis does not begin at zero."
          draw={drawOrderValue}
          columns={[
            month,
            { name: 'avg_order_value', title: 'Per order' },
            ORDERS,
            { name: 'revenue_per_customer', title: 'Per customer' },
          ]}
        />
        <ChartCard
          {...shared}
          title="Purchase frequency"
          about="Orders of each month divided by the customers who ordered in it. The axis does not begin at zero."
          draw={drawFrequency}
          columns={[
            month,
            {
              name: 'purchase_frequency',
              title: 'Per customer',
              cell: ({ purchase_frequency: frequency }) => format.ratio(frequency),
            },
            ORDERS,
            CUSTOMERS,
          ]}
        />
        <ChartCard
          {...shared}
          title="Growth"
          about="Revenue of each complete month against the month before, and against the same month of the year before. Months differ in length and season; the second comparison is free of both."
          draw={drawGrowth}
          empty="There is no complete month to compare."
          columns={[
            month,
            {
              name: 'sales_growth_percent',
              title: 'Month before',
              cell: (row) => format.change(whole(row, row.sales_growth_percent)),
            },
            {
              name: 'sales_growth_year_percent',
              title: 'Year before',
              cell: (row) => format.change(whole(row, row.sales_growth_year_percent)),
            },
          ]}
        />
      </SimpleGrid>
    </Stack>
  );
}
