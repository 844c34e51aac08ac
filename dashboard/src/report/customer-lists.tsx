import { Paper, Stack, Title } from '@mantine/core';
import { LISTED_CUSTOMERS } from '../../../src/report/other-questions.ts';
import type { QueryRow } from '../api/source.ts';
import { type Question, useQuestion } from '../api/use-question.ts';
import { DataTable, type ShownColumn } from '../components/data-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Empty, Failure, Loading } from '../components/states.tsx';

const TARGETS: readonly ShownColumn<QueryRow<'campaigns/customers'>>[] = [
  { name: 'customer_id', title: 'Customer' },
  { name: 'campaign_type', title: 'Campaign' },
  { name: 'campaign_group', title: 'Group' },
  { name: 'priority_level', title: 'Priority' },
  { name: 'estimated_value', title: 'One more order' },
  { name: 'days_since_last_order', title: 'Days silent' },
  { name: 'reason', title: 'Why' },
];

const MOST_VALUABLE: readonly ShownColumn<QueryRow<'customers'>>[] = [
  { name: 'customer_id', title: 'Customer' },
  { name: 'customer_segment', title: 'Segment' },
  { name: 'total_orders', title: 'Orders' },
  { name: 'historic_value', title: 'Value so far' },
  { name: 'predicted_value', title: 'Predicted value' },
  { name: 'last_order_date', title: 'Last order' },
];

/** Single customers; part of a report only where that was asked for. */
export function CustomerLists() {
  const targets = useQuestion('campaigns/customers', { limit: LISTED_CUSTOMERS });
  const mostValuable = useQuestion('customers', { sort: 'historic_value', order: 'desc', limit: LISTED_CUSTOMERS });
  return (
    <>
      <PageHeader title="Lists of customers" about={`At most ${LISTED_CUSTOMERS} customers of each list.`} />
      <Stack>
        <CustomerList title="First on the lists of campaigns" question={targets} columns={TARGETS} />
        <CustomerList title="Of the highest value so far" question={mostValuable} columns={MOST_VALUABLE} />
      </Stack>
    </>
  );
}

interface CustomerListProps<Row> {
  readonly title: string;
  readonly question: Question<Row>;
  readonly columns: readonly ShownColumn<Row>[];
}

function CustomerList<Row extends object>({ title, question: { data, error }, columns }: CustomerListProps<Row>) {
  return (
    <Paper withBorder p="md" component="section">
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {error !== null ? (
        <Failure error={error} />
      ) : data === undefined ? (
        <Loading height={200} />
      ) : data.rows.length === 0 ? (
        <Empty>There is nobody to list.</Empty>
      ) : (
        <DataTable label={title} answer={data} columns={columns} maxHeight={480} />
      )}
    </Paper>
  );
}
