import { Button, Paper, SegmentedControl, SimpleGrid, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import type { Question } from '../../api/use-question.ts';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { Command } from './command.tsx';
import { drawResults } from './draw-results.ts';
import { Readout } from './readout.tsx';
import type { useCampaignsState } from './use-campaigns-state.ts';
import { WaitingLaunches } from './waiting-launches.tsx';

type Result = QueryRow<'campaigns/results'>;

interface ResultsSectionProps {
  readonly state: ReturnType<typeof useCampaignsState>;
  readonly launches: Question<QueryRow<'campaigns/launches'>>;
}

const ABOUT =
  'Targets against the control group, each launch at its latest look: everybody who was assigned counts, contacted or not. A filled point is evidence, a hollow one can be chance; the line is the interval, and 0 is no effect. The verdict is about the share who ordered.';

/** Readouts that are shown before somebody asks for all. */
const SHOWN = 6;

/** What launched campaigns brought, and what is not due yet. */
export function ResultsSection({ state: [{ measure }, change], launches }: ResultsSectionProps) {
  const { source } = useSource();
  const results = useQuestion('campaigns/results', {});
  const [isAll, setAll] = useState(false);
  const rows = results.data?.rows ?? [];
  const latest = rows.filter((row) => row.is_latest === true);
  const draw = useMemo(() => drawResults(measure), [measure]);
  const waiting = (launches.data?.rows ?? []).filter((launch) => !isMeasured(launch, rows));
  if (results.data !== undefined && launches.data !== undefined && latest.length + waiting.length === 0) {
    return <NothingLaunched />;
  }
  const shown = isAll || source.isOffline ? latest : latest.slice(0, SHOWN);
  return (
    <>
      {latest.length > 0 || results.data === undefined ? (
        <ChartCard
          title="What past campaigns brought"
          about={ABOUT}
          question={results}
          draw={draw}
          height={Math.max(160, 56 + 48 * latest.length)}
          controls={
            <SegmentedControl
              size="xs"
              aria-label="What past campaigns brought: measured in"
              data={[
                { value: 'orders', label: 'Who ordered' },
                { value: 'revenue', label: 'Revenue in total' },
              ]}
              value={measure}
              onChange={(chosen) => change({ measure: chosen === 'revenue' ? 'revenue' : undefined })}
            />
          }
        >
          {measure === 'orders'
            ? 'Percentage points by which more targets than controls ordered, with the interval of the look.'
            : 'Revenue that would not have come without the campaign, before its costs, with the interval of the look.'}
        </ChartCard>
      ) : null}
      <WaitingLaunches launches={waiting} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} mt="md">
        {shown.map((row) => (
          <Readout
            key={`${row.launch_id} ${row.campaign_type}`}
            result={row}
            earlier={rows.filter(
              (look) =>
                look.launch_id === row.launch_id && look.campaign_type === row.campaign_type && look.is_latest !== true,
            )}
            columns={results.data?.columns ?? []}
          />
        ))}
      </SimpleGrid>
      {shown.length < latest.length && (
        <Button mt="md" variant="default" size="sm" onClick={() => setAll(true)}>
          Show all {latest.length} launches
        </Button>
      )}
    </>
  );
}

function isMeasured(
  { launch_id, campaign_type }: Pick<Result, 'launch_id' | 'campaign_type'>,
  rows: readonly Result[],
): boolean {
  return rows.some((row) => row.launch_id === launch_id && row.campaign_type === campaign_type);
}

function NothingLaunched() {
  const { snapshot } = useSource();
  const format = useFormat();
  return (
    <Paper withBorder p="md" component="section" aria-label="What past campaigns brought" data-empty-results>
      <Title order={3} size="h5" mb="xs">
        What past campaigns brought
      </Title>
      <Text size="sm" mb="sm">
        No campaign has been launched up to {format.day(snapshot.asOf)}, so there is nothing to measure. A launch sends
        nothing: it records whom you address and whom you leave alone. Later runs compare what both groups ordered in
        the days that follow, and say here whether the campaign worked, with an interval.
      </Text>
      <Command command="npx marketing-pipeline campaigns launch">Launch all lists as they are published:</Command>
    </Paper>
  );
}
