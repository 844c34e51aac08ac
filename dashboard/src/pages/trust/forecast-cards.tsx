import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Facts } from '../../components/facts.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { capital, FORECASTS, named, sentence } from './words.ts';

const VERDICTS: Readonly<Record<string, string>> = {
  better: '✓ Better than the naive ones',
  'no better': '≈ No better than the naive ones',
  worse: '✗ Worse than a naive one, which is shown',
  withheld: '– Withheld',
};

/** How the forecast of each measure did in past months, and which method is shown. */
export function ForecastCards() {
  const format = useFormat();
  const grades = useQuestion('forecast/grades', {});
  if (grades.error !== null) return <Failure error={grades.error} onRetry={() => void grades.refetch()} />;
  if (grades.data === undefined) return <Loading height={220} />;
  const { rows, columns } = grades.data;
  const column = (name: string) => columns.find((one) => one.name === name);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {rows.map((row) => (
        <Paper key={row.measure} withBorder p="md" component="section" data-forecast={row.measure}>
          <Title order={3} size="h5" mb="xs">
            <Definition column={column('verdict')}>Forecast of {row.measure}</Definition>
          </Title>
          <Text fw={600} mb={4}>
            {named(VERDICTS, row.verdict)}
          </Text>
          <Text size="sm" mb="sm">
            {sentence(row.reason)}
          </Text>
          <Facts
            facts={[
              {
                title: 'Shown',
                column: column('shown_method'),
                value: row.shown_method === null ? 'nothing' : capital(named(FORECASTS, row.shown_method)),
              },
              {
                title: 'Error over “last month”',
                column: column('relative_to_last_month'),
                value: format.precise(row.relative_to_last_month),
              },
              {
                title: 'Error over “last year”',
                column: column('relative_to_same_month_last_year'),
                value: format.precise(row.relative_to_same_month_last_year),
              },
              {
                title: '80 % intervals that held',
                column: column('interval_coverage'),
                value:
                  row.interval_coverage === null
                    ? 'not known'
                    : `${format.percent(100 * row.interval_coverage)} of ${format.number(row.tested_intervals)}`,
              },
              {
                title: 'Tested',
                column: column('backtested_forecasts'),
                value: `${format.number(row.backtested_forecasts)} forecasts from ${format.number(row.backtested_origins)} past months`,
              },
            ]}
          />
        </Paper>
      ))}
    </SimpleGrid>
  );
}
