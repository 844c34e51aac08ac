import { Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { LocalChoice } from '../../components/local-choice.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useAddressText, useLocalChoice } from '../../components/use-local-choice.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './raw-text.module.css';
import { Status } from './status.tsx';
import { TableName } from './table-name.tsx';
import { useShortened } from './use-shortened.tsx';
import { named, STATUSES } from './words.ts';

type Row = QueryRow<'data/checks'>;

const WORST_FIRST = ['failed', 'warned', 'passed'];

/** The checks of the published run, by how they ended. */
export function ChecksSection() {
  const format = useFormat();
  const { source } = useSource();
  const checks = useQuestion('data/checks', {});
  const [status, setStatus] = useLocalChoice('status', ['all', 'passed', 'warned', 'failed']);
  const [search, setSearch] = useAddressText('search');
  const found = useFound(checks, status, search);
  const [shown, more] = useShortened(found, source.isOffline ? 20 : 100);
  const rows = checks.data?.rows ?? [];
  const count = (ended: string) => rows.filter((row) => row.status === ended).length;
  return (
    <TableCard
      title="Checks"
      about="What must hold of the published tables. A failed check of severity error stops the publish; one of severity warn is reported."
      question={shown}
      empty={
        rows.length === 0
          ? 'The published run has no checks in the run history of this machine.'
          : 'No check is like that.'
      }
      maxHeight={640}
      controls={
        <>
          <TextInput
            size="xs"
            aria-label="Search in checks"
            placeholder="Table or check"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <LocalChoice
            label="Checks that ended so"
            options={[
              { value: 'all', label: `All ${format.number(rows.length)}` },
              ...['passed', 'warned', 'failed'].map((one) => ({
                value: one,
                label: `${named(STATUSES, one).replace(/^(.)\s/, '$1 ')} ${format.number(count(one))}`,
              })),
            ]}
            value={status}
            onChange={setStatus}
          />
        </>
      }
      lead={
        rows.length > 0 && (
          <span role="status" data-found={found.data?.rows.length}>
            {format.number(found.data?.rows.length)} of {format.number(rows.length)} checks are shown.
          </span>
        )
      }
      columns={[
        { name: 'status', title: 'Result', cell: (row) => <Status of={row.status} /> },
        { name: 'table_name', title: 'Table', cell: (row) => <TableName row={row} /> },
        {
          name: 'check_name',
          title: 'What must hold',
          cell: ({ check_name }) => <div className={classes.name}>{check_name}</div>,
        },
        { name: 'severity', title: 'Severity' },
        {
          name: 'actual_value',
          title: 'Found',
          cell: ({ actual_value, error_details }) => (
            <>
              <bdi>{actual_value ?? '–'}</bdi>
              {error_details !== null && (
                <Text size="xs" c="dimmed">
                  <bdi>{error_details}</bdi>
                </Text>
              )}
            </>
          ),
        },
        { name: 'failing_rows', title: 'Rows against it' },
      ]}
    >
      {more}
    </TableCard>
  );
}

/** The checks that ended so and have the text in their table or rule, the worst first. */
function useFound(checks: Question<Row>, status: string, search: string): Question<Row> {
  const { source } = useSource();
  const { data } = checks;
  const found = useMemo(() => {
    if (data === undefined) return undefined;
    const text = search.trim().toLowerCase();
    const rows = data.rows
      .filter((row) => status === 'all' || row.status === status)
      .filter((row) => `${row.layer}.${row.table_name} ${row.check_name}`.toLowerCase().includes(text))
      .toSorted((a, b) => WORST_FIRST.indexOf(a.status ?? '') - WORST_FIRST.indexOf(b.status ?? ''));
    return { ...data, rows };
  }, [data, status, search]);
  const csv = source.csvAddress('data/checks', status === 'all' ? {} : { status });
  return found === undefined ? { ...checks, csv } : Object.assign({ ...checks }, { data: found, csv });
}
