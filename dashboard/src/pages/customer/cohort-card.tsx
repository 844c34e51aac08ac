import { Anchor, List, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { CustomerExplanation } from '../../api/source.ts';
import { useFormat } from '../../format/use-format.ts';
import { Card } from './card.tsx';

/** What became of those who first ordered in the same month. */
export function CohortCard({ explanation: { cohort, profile } }: { readonly explanation: CustomerExplanation }) {
  const format = useFormat();
  return (
    <Card
      title="Cohort"
      about="Customers who first ordered in the same month, and how many of them ordered again later."
    >
      {cohort === null ? (
        <Text size="sm">None: the customer has no order.</Text>
      ) : (
        <>
          <Text size="sm">
            One of{' '}
            <Anchor component={Link} href={`/customers?cohort=${cohort.cohortMonth}`} underline="always">
              {format.number(cohort.customers)} customers
            </Anchor>{' '}
            who first ordered in {format.month(cohort.cohortMonth)}. So far they have brought{' '}
            {format.money(cohort.revenuePerCustomer)} each on average; this one {format.money(profile.revenue)}.
          </Text>
          {cohort.active.length === 0 ? (
            <Text size="sm" mt="xs">
              No month after the first is over yet.
            </Text>
          ) : (
            <List size="sm" mt="xs">
              {cohort.active.map(({ month, percent, customers }) => (
                <List.Item key={month}>
                  {format.percent(percent)} ({format.number(customers)}) ordered {month}{' '}
                  {month === 1 ? 'month' : 'months'} after the first order
                </List.Item>
              ))}
            </List>
          )}
        </>
      )}
    </Card>
  );
}
