import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { AnswerColumn } from '../../api/answer.ts';
import { useQuestion } from '../../api/use-question.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { usePalette } from '../../charts/use-palette.ts';
import { titleOf } from '../../components/data-table.tsx';
import { Definition } from '../../components/definition.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';

/** What the figures of a month mean; their columns are those of monthly_metrics. */
const MEANINGS: Readonly<Record<string, string>> = {
  revenue: 'Revenue of the month, net of returns.',
  orders: 'Orders of the month.',
  customers: 'Customers who ordered in the month.',
  new_customers: 'Customers whose first order was in the month.',
  avg_order_value: 'Revenue of the month divided by its orders.',
  revenue_per_customer: 'Revenue of the month divided by the customers who ordered in it.',
  purchase_frequency: 'Orders of the month divided by the customers who ordered in it.',
};

/** The figures of the last complete month: value, change against the month before, course. */
export function KpiTiles() {
  const format = useFormat();
  const palette = usePalette();
  const kpis = useQuestion('overview/kpis', {});
  const course = useQuestion('overview/sparklines', {});
  if (kpis.error !== null) return <Failure error={kpis.error} onRetry={() => void kpis.refetch()} />;
  if (kpis.data === undefined) return <Loading height={120} />;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4, xl: 7 }} mb="md">
      {kpis.data.rows.map(({ kpi, unit, period_month, value, change_percent }) => {
        const name = kpi ?? '';
        const column: AnswerColumn = { name, type: 'decimal', description: MEANINGS[name] ?? null, unit: unit ?? '' };
        const values = course.data?.rows.filter((row) => row.kpi === kpi).map((row) => row.value) ?? [];
        return (
          <Paper key={name} withBorder p="sm" data-tile={name} data-value={value}>
            <Text size="sm" c="dimmed">
              <Definition column={column}>{titleOf(name)}</Definition>
            </Text>
            <Text size="xl" fw={600}>
              {unit === 'money' ? format.money(value) : format.number(value)}
            </Text>
            <Text size="xs" c={(change_percent ?? 0) < 0 ? palette.bad : palette.good}>
              {change_percent === null
                ? 'no month before'
                : `${format.change(change_percent)} against the month before`}
            </Text>
            <Text size="xs" c="dimmed">
              {format.month(period_month)}
            </Text>
            <Sparkline label={`${titleOf(name)}: the last ${values.length} months`} values={values} />
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}
