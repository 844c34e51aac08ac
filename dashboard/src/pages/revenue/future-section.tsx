import { Group, SegmentedControl, SimpleGrid, Stack, Title } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { drawAccuracy, methodName } from './draw-accuracy.ts';
import { drawOrderOutlook, drawRevenueOutlook } from './draw-outlook.ts';
import { ForecastCard } from './forecast-card.tsx';
import { type Measure, useMeasure } from './measure.ts';
import classes from './revenue.module.css';

const MEASURES = [
  { value: 'revenue', label: 'Revenue' },
  { value: 'orders', label: 'Orders' },
] as const;

/** What is expected of the months to come, and how past forecasts did. */
export function FutureSection() {
  const { source } = useSource();
  const [measure, setMeasure] = useMeasure();
  return (
    <Stack gap="md" component="section" aria-label="What is to come">
      <Group justify="space-between" align="flex-end">
        <Title order={3} size="h4">
          What is to come
        </Title>
        {!source.isOffline && (
          <SegmentedControl
            size="xs"
            className="screen-only"
            aria-label="What is to come: measure"
            data={[...MEASURES]}
            value={measure}
            onChange={(value) => setMeasure(value === 'orders' ? 'orders' : 'revenue')}
          />
        )}
      </Group>
      <ForecastCard measure={measure} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <AccuracyCard measure={measure} />
        <OutlookCard measure={measure} />
      </SimpleGrid>
    </Stack>
  );
}

const ACCURACY_COLUMNS: readonly ShownColumn<QueryRow<'forecast/accuracy'>>[] = [
  { name: 'lead_months', title: 'Ahead' },
  { name: 'method', title: 'Method', cell: ({ method }) => <span className={classes.line}>{methodName(method)}</span> },
  { name: 'mean_error_percent', title: 'Off by' },
  { name: 'forecasts', title: 'Forecasts' },
  { name: 'interval_coverage_percent', title: 'Held' },
  { name: 'tested_intervals', title: 'Intervals' },
];

function AccuracyCard({ measure }: { readonly measure: Measure }) {
  const accuracy = useQuestion('forecast/accuracy', { measure });
  const grades = useQuestion('forecast/grades', {});
  const grade = grades.data?.rows.find((row) => row.measure === measure);
  return (
    <ChartCard
      title="How past forecasts did"
      about="From past months the next ones were forecast with what was known then, and compared with what came: the mean error without its sign, in percent of the mean that came. Ours is worth something where it lies below the forecasts that need no method."
      question={accuracy}
      draw={drawAccuracy}
      columns={ACCURACY_COLUMNS}
      empty="No past forecast could be tested yet."
    >
      {grade !== undefined && <span data-verdict={grade.verdict}>{sentence(grade.reason ?? '')}</span>}
    </ChartCard>
  );
}

const OUTLOOK_NEEDS: Readonly<Record<Measure, Readonly<Record<string, string>>>> = {
  orders: { expected_orders: 'Expected orders' },
  revenue: { expected_orders: 'Expected orders', predicted_value: 'Expected revenue' },
};

function outlookColumns(measure: Measure, format: Format): readonly ShownColumn<QueryRow<'revenue/outlook'>>[] {
  return [
    {
      name: 'first_day',
      title: 'Days',
      cell: (row) => (
        <span className={classes.line}>
          {format.day(row.first_day)} to {format.day(row.last_day)}
        </span>
      ),
    },
    { name: `expected_${measure}`, title: 'Expected' },
    { name: `${measure}_low`, title: 'Lower end' },
    { name: `${measure}_high`, title: 'Upper end' },
  ];
}

function OutlookCard({ measure }: { readonly measure: Measure }) {
  const format = useFormat();
  const outlook = useQuestion('revenue/outlook', {});
  return (
    <ChartCard
      title="Outlook of today's customers"
      about="What the customers of today alone are expected to bring in each of the next twelve months, by the purchase model; new customers, who are part of the forecast, are not in it. The band is an 80 % interval."
      question={outlook}
      draw={measure === 'revenue' ? drawRevenueOutlook : drawOrderOutlook}
      needs={OUTLOOK_NEEDS[measure]}
      columns={outlookColumns(measure, format)}
    >
      Only customers of today are counted; the forecast counts new ones, too.
    </ChartCard>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
