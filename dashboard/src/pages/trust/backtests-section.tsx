import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useNarrowed } from '../../api/use-narrowed.ts';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { LocalChoice } from '../../components/local-choice.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { useLocalChoice } from '../../components/use-local-choice.ts';
import { useFormat } from '../../format/use-format.ts';
import { drawBacktest, methodsOf } from './draw-backtest.ts';
import { LeakAuditCard } from './leak-audit-card.tsx';
import { METHODS, METRICS, named, SCORES } from './words.ts';

type Row = QueryRow<'predictions/backtests'>;

/** What each method foresaw on past days, measure by measure; ours beside what needs no model. */
export function BacktestsSection() {
  const backtests = useQuestion('predictions/backtests', {});
  return (
    <Stack gap="md">
      {backtests.error !== null ? (
        <Failure error={backtests.error} onRetry={() => void backtests.refetch()} />
      ) : backtests.data === undefined ? (
        <Loading height={320} />
      ) : (
        <Measures backtests={backtests} rows={backtests.data.rows} />
      )}
      <LeakAuditCard />
    </Stack>
  );
}

interface MeasuresProps {
  readonly backtests: Question<Row>;
  readonly rows: readonly Row[];
}

function Measures({ backtests, rows }: MeasuresProps) {
  const tested = new Set(rows.map(({ score }) => score));
  const [score, setScore] = useLocalChoice('score', ['churn_risk', 'expected_orders', 'predicted_value', 'next_order']);
  if (rows.length === 0) {
    return <Empty>No score could be tested on past days; the grades say what is missing.</Empty>;
  }
  const ofScore = rows.filter((row) => row.score === score);
  const measured = new Set(ofScore.map(({ metric }) => metric));
  const metrics = Object.keys(METRICS).filter((metric) => measured.has(metric));
  return (
    <>
      <LocalChoice
        label="Score that was tested"
        options={Object.entries(SCORES).map(([value, label]) => ({ value, label, disabled: !tested.has(value) }))}
        value={score}
        onChange={setScore}
        size="sm"
      />
      <Text size="sm" c="dimmed">
        On each past day everything was predicted anew from what was known then, and compared with what came.{' '}
        <b>Diamonds</b> with their 95 % interval are all days together, and the number beside them; <b>rings</b> are
        single days. The dotted line is guessing, or the value of an honest prediction. An arrow before a number: it
        lies beyond the chart.
      </Text>
      {metrics.length === 0 && <Empty>This score could not be tested on past days; its grade says why.</Empty>}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        {metrics.map((metric) => (
          <Measure key={`${score} ${metric}`} backtests={backtests} score={score} metric={metric} />
        ))}
      </SimpleGrid>
    </>
  );
}

/** What came, as if a method had foreseen it. */
function useWithOutcome(measure: Question<Row>, outcome: readonly Row[] | undefined): Question<Row> {
  const { data } = measure;
  const both = useMemo(() => {
    if (data === undefined || outcome === undefined) return data;
    return { ...data, rows: [...data.rows, ...outcome.map((row) => ({ ...row, method: 'outcome' }))] };
  }, [data, outcome]);
  return both === undefined ? measure : Object.assign({ ...measure }, { data: both });
}

interface MeasureProps {
  readonly backtests: Question<Row>;
  readonly score: string;
  readonly metric: string;
}

function Measure({ backtests, score, metric }: MeasureProps) {
  const { source } = useSource();
  const csv = source.csvAddress('predictions/backtests', { score, metric });
  const ofMetric = useNarrowed(backtests, { score, metric }, csv);
  const outcome = useNarrowed(backtests, { score, method: 'model', metric: 'mean_actual' }, csv);
  const measure = useWithOutcome(ofMetric, metric === 'mean_predicted' ? outcome.data?.rows : undefined);
  const { title, about } = METRICS[metric] ?? { title: metric, about: '' };
  const format = useFormat();
  const columns: readonly ShownColumn<Row>[] = [
    { name: 'method', title: 'Method', cell: (row) => named(METHODS, row.method) },
    { name: 'cut', title: 'Past day', cell: (row) => (row.cut === 'all' ? 'all days' : format.day(row.cut)) },
    { name: 'value', title: 'Value', cell: (row) => format.precise(row.value) },
    { name: 'low', title: 'Low', cell: (row) => format.precise(row.low) },
    { name: 'high', title: 'High', cell: (row) => format.precise(row.high) },
    { name: 'customers', title: 'Customers' },
  ];
  const methods = methodsOf(measure.data?.rows ?? []).length;
  return (
    <ChartCard
      title={title}
      about={about}
      question={measure}
      draw={drawBacktest}
      columns={columns}
      height={48 + 34 * Math.max(methods, 2)}
    >
      <Text size="xs" c="dimmed">
        {about}
      </Text>
    </ChartCard>
  );
}
