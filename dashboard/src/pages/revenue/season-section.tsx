import { SimpleGrid, Stack, Title } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { drawSeasons } from './draw-seasons.ts';

const columnsIn = (format: Format): readonly ShownColumn<QueryRow<'revenue/seasons'>>[] => [
  { name: 'season_name', title: 'Season' },
  {
    name: 'sales_index_percent',
    title: 'Index',
    cell: ({ sales_index_percent: index }) => format.number(index === null ? null : Math.round(index * 10) / 10),
  },
  { name: 'sales_per_day', title: 'Per day' },
  { name: 'days_covered', title: 'Days' },
  { name: 'total_orders', title: 'Orders' },
  { name: 'avg_order_value', title: 'Per order' },
];

const ABOUT =
  'Revenue per day against the average day of the data, which is 100; all years put together. A growing shop makes seasons that it has seen more often of late look better: mind the days covered.';

/** How months of the year and days of the week differ, over the whole history. */
export function SeasonSection() {
  const columns = columnsIn(useFormat());
  const months = useQuestion('revenue/seasons', { kind: 'month' });
  const weekdays = useQuestion('revenue/seasons', { kind: 'weekday' });
  return (
    <Stack gap="md" component="section" aria-label="Seasons">
      <Title order={3} size="h4">
        Seasons, whole history
      </Title>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <ChartCard
          title="Months of the year"
          about={ABOUT}
          question={months}
          draw={drawSeasons}
          columns={columns}
          height={360}
        />
        <ChartCard
          title="Days of the week"
          about={ABOUT}
          question={weekdays}
          draw={drawSeasons}
          columns={columns}
          height={360}
        />
      </SimpleGrid>
    </Stack>
  );
}
