import { Anchor, CloseButton, Group, Pagination, Paper, Table, Text, Title, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link, useSearch } from 'wouter';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import classes from './cell-customers.module.css';
import type { MeasureName } from './measures.ts';
import type { ChosenCell } from './use-cohort-view.ts';

interface CellCustomersProps {
  readonly cell: ChosenCell;
  readonly measure: MeasureName;
  /** Whether the focus goes to the list, because it was asked for just now. */
  readonly takesFocus: boolean;
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void;
  readonly onClose: () => void;
}

const COLUMNS = [
  ['customer_id', 'Customer'],
  ['first_order_date', 'First order'],
  ['last_order_date', 'Last order'],
  ['total_orders', 'Orders'],
  ['total_spent', 'Spent'],
  ['avg_order_value', 'Average order'],
] as const;

type SortColumn = (typeof COLUMNS)[number][0];

const PAGE_SIZE = 50;

/** The customers behind a cell of the heatmap: sorted, by page, as a file. */
export function CellCustomers({ cell, measure, takesFocus, onChange, onClose }: CellCustomersProps) {
  const format = useFormat();
  const search = new URLSearchParams(useSearch());
  const sort = COLUMNS.find(([name]) => name === search.get('sort'))?.[0] ?? 'customer_id';
  const order = search.get('order') === 'desc' ? 'desc' : 'asc';
  const page = Math.max(1, Math.trunc(Number(search.get('page'))) || 1);
  // What a cohort has brought is brought by all of it.
  const month = measure === 'revenue' ? undefined : cell.month;
  const mode = measure === 'on-or-after' ? 'on-or-after' : 'in';
  const asked = {
    ...({ cohort_month: cell.cohort, mode, sort, order } as const),
    ...(month === undefined ? {} : { activity_month: month }),
  };
  const question = useQuestion('cohorts/customers', { ...asked, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const { data: answer, error, refetch, isPlaceholderData } = question;
  const total = answer?.page?.total ?? 0;
  const title = titleOf(cell.cohort, month, mode, format.month);
  const sortBy = (name: SortColumn) => {
    const isDescending = sort === name ? order === 'asc' : name.startsWith('total') || name.startsWith('avg');
    onChange({ sort: name, order: isDescending ? 'desc' : null, page: null });
  };
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="Customers of the cell"
      data-card="Customers"
      mt="md"
      miw={0}
    >
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <div>
          <Title order={3} size="h5" ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {answer !== undefined && (
            <Text size="sm" c="dimmed" data-total={isPlaceholderData ? undefined : total}>
              {format.number(total)} {total === 1 ? 'customer' : 'customers'}
              {measure === 'revenue' && cell.month !== undefined && ': revenue per customer counts the whole cohort'}
            </Text>
          )}
        </div>
        <Group gap="md" wrap="nowrap">
          <Anchor
            component={Link}
            href={`/customers?cohort=${encodeURIComponent(cell.cohort)}`}
            size="xs"
            underline="always"
          >
            Whole cohort in the customer list
          </Anchor>
          {question.csv !== undefined && (
            <Anchor size="xs" href={question.csv} download aria-label={`${title}: download as CSV`}>
              CSV
            </Anchor>
          )}
          <CloseButton aria-label="Close the customers" onClick={onClose} />
        </Group>
      </Group>
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : answer === undefined ? (
        <Loading height={240} />
      ) : answer.rows.length === 0 ? (
        <Empty>No customer is in this cell.</Empty>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={classes.scroll} tabIndex={0} aria-label={title} aria-busy={isPlaceholderData}>
            <Table striped highlightOnHover stickyHeader verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  {COLUMNS.map(([name, label]) => (
                    <Table.Th
                      key={name}
                      className={isNumber(name) ? classes.number : undefined}
                      aria-sort={sort !== name ? 'none' : order === 'desc' ? 'descending' : 'ascending'}
                    >
                      <span className={classes.head}>
                        <Definition column={answer.columns.find((column) => column.name === name)}>{label}</Definition>
                        <UnstyledButton
                          className={classes.sort}
                          aria-label={`Sort by ${label}`}
                          onClick={() => sortBy(name)}
                        >
                          {sort !== name ? '↕' : order === 'desc' ? '↓' : '↑'}
                        </UnstyledButton>
                      </span>
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {answer.rows.map((row) => (
                  <Table.Tr key={row.customer_id}>
                    <Table.Td className={classes.id}>
                      <Anchor
                        component={Link}
                        href={`/customer?id=${encodeURIComponent(row.customer_id ?? '')}`}
                        size="sm"
                        underline="always"
                      >
                        <bdi>{row.customer_id}</bdi>
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{format.day(row.first_order_date)}</Table.Td>
                    <Table.Td>{format.day(row.last_order_date)}</Table.Td>
                    <Table.Td className={classes.number}>{format.number(row.total_orders)}</Table.Td>
                    <Table.Td className={classes.number}>{format.money(row.total_spent)}</Table.Td>
                    <Table.Td className={classes.number}>{format.money(row.avg_order_value)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
          {total > PAGE_SIZE && (
            <Pagination
              mt="sm"
              size="sm"
              total={Math.ceil(total / PAGE_SIZE)}
              value={page}
              onChange={(next) => onChange({ page: next === 1 ? null : String(next) })}
              getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            />
          )}
        </>
      )}
    </Paper>
  );
}

function titleOf(
  cohort: string,
  month: string | undefined,
  mode: 'in' | 'on-or-after',
  name: (month: string) => string,
): string {
  const of = `Customers of ${name(cohort)}`;
  if (month === undefined) return of;
  return mode === 'in' ? `${of} who ordered in ${name(month)}` : `${of} who ordered in ${name(month)} or later`;
}

function isNumber(name: SortColumn): boolean {
  return name === 'total_orders' || name === 'total_spent' || name === 'avg_order_value';
}
