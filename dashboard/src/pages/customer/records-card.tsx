import { Anchor, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { DataTable, type ShownColumn } from '../../components/data-table.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { Card } from './card.tsx';

const COLUMNS: readonly ShownColumn<QueryRow<'customer/records'>>[] = [
  { name: 'source_file', title: 'File' },
  { name: 'source_row', title: 'Record' },
  { name: 'source_line', title: 'Line' },
  { name: 'order_date', title: 'Day' },
  { name: 'order_id', title: 'Order' },
  { name: 'sales_amount', title: 'Amount' },
  { name: 'refunded_amount', title: 'Refunded' },
];

/** The records of the input files behind all figures of the page; asked for when somebody wants them. */
export function RecordsCard({ id }: { readonly id: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card
      title="Where the figures come from"
      about="The records of the input files that this customer is made of. Records that were refused are on the page Data."
    >
      <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'Hide the records' : 'Show the records'}
      </Button>
      {isOpen && <Records id={id} />}
    </Card>
  );
}

function Records({ id }: { readonly id: string }) {
  const format = useFormat();
  const { data, error, refetch, csv } = useQuestion('customer/records', { id });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading height={120} />;
  const { page, rows } = data;
  return (
    <>
      <Group gap="md" my="xs">
        <Text size="sm">
          {format.number(rows.length)} of {format.number(page?.total)} records
        </Text>
        {csv !== undefined && (
          <Anchor size="sm" href={csv} download underline="always">
            All as CSV
          </Anchor>
        )}
      </Group>
      <DataTable label="Records of the input files" answer={data} columns={COLUMNS} maxHeight={320} />
    </>
  );
}
