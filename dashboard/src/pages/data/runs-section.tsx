import { Stack } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawRuns } from './draw-runs.ts';
import { drawTimings, SLOWEST } from './draw-timings.ts';
import { Status } from './status.tsx';
import { TableName } from './table-name.tsx';

const NO_HISTORY = 'There is no run history on this machine.';

/** The last runs, and how long the tables of the published one took. */
export function RunsSection() {
  const { source } = useSource();
  return (
    <Stack gap="md">
      {!source.isOffline && <Runs />}
      <Timings />
    </Stack>
  );
}

function Runs() {
  const format = useFormat();
  const runs = useQuestion('data/runs', {});
  return (
    <>
      <ChartCard
        title="Duration of runs"
        about="How long the last runs took, the newest at the right. Runs that did not end well are hatched."
        question={runs}
        draw={drawRuns}
        empty={NO_HISTORY}
        columns={[
          { name: 'started_at', title: 'Started', cell: (row) => format.moment(row.started_at) },
          { name: 'duration_seconds', title: 'Seconds' },
          { name: 'status', title: 'Result', cell: (row) => <Status of={row.status} /> },
        ]}
        height={220}
      />
      <TableCard
        title="Runs"
        about="The last runs on this machine, newest first. What a run that failed would have changed is as it was before."
        question={runs}
        empty={NO_HISTORY}
        columns={[
          { name: 'started_at', title: 'Started', cell: (row) => format.moment(row.started_at) },
          { name: 'status', title: 'Result', cell: (row) => <Status of={row.status} /> },
          { name: 'duration_seconds', title: 'Seconds' },
          { name: 'command', title: 'Command' },
          { name: 'as_of', title: 'As of', cell: (row) => format.day(row.as_of) },
          { name: 'engine', title: 'Engine' },
          { name: 'version', title: 'Version' },
          { name: 'snapshot_id', title: 'Published' },
          { name: 'error_message', title: 'Why not', cell: (row) => <bdi>{row.error_message ?? '–'}</bdi> },
        ]}
      />
    </>
  );
}

function Timings() {
  const format = useFormat();
  const timings = useQuestion('data/timings', {});
  const columns: readonly ShownColumn<QueryRow<'data/timings'>>[] = [
    { name: 'table_name', title: 'Table', cell: (row) => <TableName row={row} /> },
    { name: 'status', title: 'Result', cell: (row) => <Status of={row.status} /> },
    { name: 'duration_seconds', title: 'Seconds', cell: (row) => format.precise(row.duration_seconds) },
    { name: 'row_count', title: 'Rows' },
  ];
  return (
    <ChartCard
      title="Slowest tables of the published run"
      about={`The ${SLOWEST} tables that took longest; all of them are in the table.`}
      question={timings}
      draw={drawTimings}
      columns={columns}
      empty={NO_HISTORY}
      height={420}
    />
  );
}
