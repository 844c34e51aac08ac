import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Table,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AnswerColumn } from '../../api/answer.ts';
import type { QueryParams, QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import tableClasses from '../../components/data-table.module.css';
import { Definition } from '../../components/definition.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './campaigns.module.css';
import { ListChoice } from './list-choice.tsx';
import {
  type CampaignsState,
  CUSTOMER_SORTS,
  type CustomerSort,
  type useCampaignsState,
} from './use-campaigns-state.ts';

type CustomerRow = QueryRow<'campaigns/customers'>;

/** Rows of a page. */
const PAGE_ROWS = 25;

interface ListCustomersProps {
  readonly state: ReturnType<typeof useCampaignsState>;
  readonly types: readonly string[];
}

/** The customers of a list, by page, with why each is on it. */
export function ListCustomers({ state: [state, change], types }: ListCustomersProps) {
  const format = useFormat();
  const question = useQuestion('campaigns/customers', customerParams(state));
  const { data: answer, error, refetch, isPlaceholderData } = question;
  const total = answer?.page?.total ?? 0;
  const first = (state.page - 1) * PAGE_ROWS;
  return (
    <Paper
      withBorder
      p="md"
      my="md"
      component="section"
      aria-label="Customers of the lists"
      className="screen-only"
      id="customers"
    >
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <Title order={3} size="h5" tabIndex={-1}>
          Customers of the lists
        </Title>
        {question.csv !== undefined && (
          <Anchor
            size="xs"
            href={question.csv}
            download
            aria-label={`CSV of all ${format.number(total)} customers of the lists`}
          >
            CSV of all {format.number(total)}
          </Anchor>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 3 }} mb="sm">
        <ListChoice
          label="List"
          types={types}
          value={state.type}
          onChange={(type) => change({ type, page: undefined })}
        />
        <NativeSelect
          label="Group"
          data={[
            { value: '', label: 'Targets and control group' },
            { value: 'target', label: 'Targets, to be addressed' },
            { value: 'control', label: 'Control group, left alone' },
          ]}
          value={state.group ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ group: value === 'target' || value === 'control' ? value : undefined, page: undefined })
          }
        />
        <NativeSelect
          label="Priority"
          data={[{ value: '', label: 'All' }, '1', '2', '3', '4', '5']}
          value={state.priority === undefined ? '' : String(state.priority)}
          onChange={({ currentTarget: { value } }) =>
            change({ priority: value === '' ? undefined : Number(value), page: undefined })
          }
        />
      </SimpleGrid>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {error === null && answer === undefined && <Loading height={400} />}
      {answer !== undefined && error === null && answer.rows.length === 0 && (
        <>
          <Empty>
            {total === 0
              ? 'No customer is on this list with this group and priority.'
              : 'The list has fewer pages than this.'}
          </Empty>
          {total > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => change({ page: undefined })}>
              First page
            </Button>
          )}
        </>
      )}
      {answer !== undefined && error === null && answer.rows.length > 0 && (
        <>
          <CustomerTable
            rows={answer.rows}
            columns={answer.columns}
            state={state}
            onSort={(sort, order) => change({ sort, order, page: undefined })}
          />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed" role="status" aria-busy={isPlaceholderData}>
              {format.number(first + 1)} to {format.number(first + answer.rows.length)} of {format.number(total)}
            </Text>
            <Group gap="xs">
              <Button
                size="compact-sm"
                variant="default"
                disabled={state.page === 1}
                onClick={() => change({ page: state.page === 2 ? undefined : state.page - 1 })}
              >
                Previous page
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={first + answer.rows.length >= total}
                onClick={() => change({ page: state.page + 1 })}
              >
                Next page
              </Button>
            </Group>
          </Group>
        </>
      )}
    </Paper>
  );
}

function customerParams({
  type,
  group,
  priority,
  sort,
  order,
  page,
}: CampaignsState): QueryParams<'campaigns/customers'> {
  return {
    ...(type === undefined ? {} : { type }),
    ...(group === undefined ? {} : { group }),
    ...(priority === undefined ? {} : { priority }),
    sort,
    order,
    limit: PAGE_ROWS,
    offset: (page - 1) * PAGE_ROWS,
  };
}

interface ShownColumn {
  readonly name: keyof CustomerRow & string;
  readonly title: string;
  readonly className?: string | undefined;
  readonly cell?: (row: CustomerRow, format: Format) => ReactNode;
}

const COLUMNS: readonly ShownColumn[] = [
  {
    name: 'customer_id',
    title: 'Customer',
    className: classes.word,
    cell: ({ customer_id }) => (
      <Anchor
        component={Link}
        inherit
        href={`/customer?id=${encodeURIComponent(customer_id ?? '')}`}
        underline="always"
      >
        <bdi>{customer_id}</bdi>
      </Anchor>
    ),
  },
  { name: 'campaign_type', title: 'List', className: classes.word },
  {
    name: 'campaign_group',
    title: 'Group',
    className: classes.word,
    cell: ({ campaign_group }) => (campaign_group === 'control' ? 'leave alone' : 'address'),
  },
  { name: 'priority_level', title: 'Priority' },
  {
    name: 'reason',
    title: 'Why, and what to do',
    className: classes.wide,
    cell: ({ reason, recommended_action }) => (
      <>
        {reason}
        <Text size="xs" c="dimmed">
          {recommended_action}
        </Text>
      </>
    ),
  },
  { name: 'value_at_stake', title: 'At stake' },
  { name: 'estimated_value', title: 'One more order' },
  { name: 'best_contact_date', title: 'Contact day', className: classes.word },
  { name: 'days_since_last_order', title: 'Days silent' },
  { name: 'historic_value', title: 'Value so far' },
];

interface CustomerTableProps {
  readonly rows: readonly CustomerRow[];
  readonly columns: readonly AnswerColumn[];
  readonly state: Pick<CampaignsState, 'sort' | 'order'>;
  readonly onSort: (sort: CustomerSort, order: 'asc' | 'desc') => void;
}

/** Sorted by the server, because the page is a part of the list. */
function CustomerTable({ rows, columns, state: { sort, order }, onSort }: CustomerTableProps) {
  const format = useFormat();
  const known = new Map(columns.map((column) => [column.name, column]));
  const isNumber = (name: string) => ['integer', 'decimal', 'double'].includes(known.get(name)?.type ?? '');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={tableClasses.scroll} aria-label="Customers" tabIndex={0}>
      <Table striped highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map(({ name, title }) => {
              const sorted = CUSTOMER_SORTS.find((candidate) => candidate === name);
              const isSorted = sorted !== undefined && sort === sorted;
              return (
                <Table.Th
                  key={name}
                  className={isNumber(name) ? tableClasses.number : undefined}
                  aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  <span className={tableClasses.head}>
                    <Definition column={known.get(name)}>{title}</Definition>
                    {sorted !== undefined && (
                      <UnstyledButton
                        className={tableClasses.sort}
                        aria-label={`Sort by ${title}`}
                        onClick={() => onSort(sorted, isSorted ? opposite(order) : firstOrder(sorted))}
                      >
                        {isSorted ? (order === 'asc' ? '↑' : '↓') : '↕'}
                      </UnstyledButton>
                    )}
                  </span>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.customer_id} data-customer={row.customer_id}>
              {COLUMNS.map(({ name, className = '', cell }) => (
                <Table.Td
                  key={name}
                  className={isNumber(name) ? tableClasses.number : `${tableClasses.text} ${className}`}
                >
                  {cell === undefined ? format.cell(row[name], known.get(name) ?? { type: 'text' }) : cell(row, format)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function opposite(order: 'asc' | 'desc'): 'asc' | 'desc' {
  return order === 'asc' ? 'desc' : 'asc';
}

/** Amounts begin with the largest; priorities, days and names with the first. */
function firstOrder(sort: CustomerSort): 'asc' | 'desc' {
  return sort.endsWith('value') || sort === 'value_at_stake' ? 'desc' : 'asc';
}
