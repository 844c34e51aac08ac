import { SimpleGrid, Stack } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useNarrowed } from '../../api/use-narrowed.ts';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { drawForecastAccuracy } from './draw-forecast-accuracy.ts';
import { ForecastCards } from './forecast-cards.tsx';
import { FORECASTS, named } from './words.ts';

type Row = QueryRow<'forecast/accuracy'>;

/** How the monthly forecast did in past months, against forecasts that need no method. */
export function ForecastSection() {
  const accuracy = useQuestion('forecast/accuracy', {});
  return (
    <Stack gap="md">
      <ForecastCards />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Accuracy accuracy={accuracy} measure="revenue" title="Error of the revenue forecast" />
        <Accuracy accuracy={accuracy} measure="orders" title="Error of the orders forecast" />
      </SimpleGrid>
    </Stack>
  );
}

interface AccuracyProps {
  readonly accuracy: Question<Row>;
  readonly measure: string;
  readonly title: string;
}

function Accuracy({ accuracy, measure, title }: AccuracyProps) {
  return (
    <ChartCard
      title={title}
      about="Mean error of past forecasts without its sign, by how many months ahead they looked. Lower is better."
      question={useNarrowed(accuracy, { measure }, accuracy.csv)}
      draw={drawForecastAccuracy}
      columns={ACCURACY_COLUMNS}
      empty="The history is too short for forecasts of past months."
    />
  );
}

const ACCURACY_COLUMNS: readonly ShownColumn<Row>[] = [
  { name: 'method', title: 'Method', cell: ({ method }) => named(FORECASTS, method) },
  { name: 'lead_months', title: 'Months ahead' },
  { name: 'forecasts', title: 'Forecasts' },
  { name: 'mean_absolute_error', title: 'Mean error' },
  { name: 'mean_error', title: 'Bias' },
  { name: 'mean_error_percent', title: 'Error in percent' },
  { name: 'interval_coverage_percent', title: 'Intervals that held' },
];
