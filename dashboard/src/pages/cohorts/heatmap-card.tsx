import { Anchor, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { cohortGrid } from './cohort-grid.ts';
import { Heatmap } from './heatmap.tsx';
import { MEASURES } from './measures.ts';
import type { ChosenCell, CohortView } from './use-cohort-view.ts';

interface HeatmapCardProps {
  readonly view: CohortView;
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void;
  readonly onOpen: (cell: ChosenCell) => void;
}

const CHOICES = Object.entries(MEASURES).map(([value, { label }]) => ({ value, label }));

/** The heatmap with its controls and all states of its questions. */
export function HeatmapCard({ view, onChange, onOpen }: HeatmapCardProps) {
  const { source } = useSource();
  const matrix = useQuestion('cohorts/matrix', {});
  const average = useQuestion('cohorts/average', {});
  const { title, about } = MEASURES[view.measure];
  const grid = useMemo(
    () => (matrix.data === undefined ? undefined : cohortGrid(matrix.data.rows, average.data?.rows ?? [])),
    [matrix.data, average.data],
  );
  const error = matrix.error ?? average.error;
  return (
    <Paper withBorder p="md" component="section" aria-label="Heatmap of the cohorts" miw={0} data-card="Heatmap">
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <Title order={3} size="h5">
          <Definition text={about}>{title}</Definition>
        </Title>
        <Group gap="xs" className="screen-only">
          <SegmentedControl
            size="xs"
            data={CHOICES}
            value={view.measure}
            onChange={(measure) => onChange({ measure: measure === 'in' ? null : measure })}
            aria-label="Measure"
          />
          {view.measure !== 'revenue' && (
            <SegmentedControl
              size="xs"
              data={[
                { value: 'percent', label: 'Percent' },
                { value: 'customers', label: 'Customers' },
              ]}
              value={view.show}
              onChange={(show) => onChange({ show: show === 'percent' ? null : show })}
              aria-label="Shown as"
            />
          )}
          {matrix.csv !== undefined && (
            <Anchor size="xs" href={matrix.csv} download aria-label="Heatmap of the cohorts: download as CSV">
              CSV
            </Anchor>
          )}
        </Group>
      </Group>
      {error !== null ? (
        <Failure error={error} onRetry={() => void Promise.all([matrix.refetch(), average.refetch()])} />
      ) : grid === undefined || average.data === undefined ? (
        <Loading height={480} />
      ) : grid.cohorts.length === 0 ? (
        <Empty>There are no customers with an order yet.</Empty>
      ) : (
        <>
          <Heatmap grid={grid} view={view} onOpen={source.isOffline ? undefined : onOpen} />
          {!source.isOffline && (
            <Text size="xs" c="dimmed" mt={6} className="screen-only">
              Click a cell, or move with the arrow keys and press Enter, to see its customers.
            </Text>
          )}
        </>
      )}
    </Paper>
  );
}
