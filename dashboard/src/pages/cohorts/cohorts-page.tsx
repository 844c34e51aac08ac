import { SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CellCustomers } from './cell-customers.tsx';
import { DifferenceCard } from './difference-card.tsx';
import { drawAverageRetention, drawAverageRevenue } from './draw-average.ts';
import { drawWindows } from './draw-windows.ts';
import { HeatmapCard } from './heatmap-card.tsx';
import { cellId } from './heatmap-row.tsx';
import { useCohortView } from './use-cohort-view.ts';

export default function CohortsPage() {
  const { source } = useSource();
  const { view, change } = useCohortView();
  const [isAskedFor, setAskedFor] = useState(false);
  const average = useQuestion('cohorts/average', {});
  const windows = useQuestion('cohorts/windows', {});
  const { cell } = view;
  const isRevenue = view.measure === 'revenue';
  return (
    <>
      <PageHeader
        title="Cohorts"
        about="Whether customers who came in the same month come back, and what they bring."
      />
      <DifferenceCard />
      <HeatmapCard
        view={view}
        onChange={change}
        onOpen={({ cohort, month }) => {
          setAskedFor(true);
          change({ cohort, month: month ?? null, page: null });
        }}
      />
      {cell !== undefined && !source.isOffline && (
        <CellCustomers
          key={`${cell.cohort} ${cell.month}`}
          cell={cell}
          measure={view.measure}
          takesFocus={isAskedFor}
          onChange={change}
          onClose={() => {
            change({ cohort: null, month: null, page: null, sort: null, order: null });
            document.getElementById(cellId(cell.cohort, cell.month))?.focus();
          }}
        />
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} mt="md">
        <ChartCard
          title={isRevenue ? 'Average revenue per customer' : 'Average retention'}
          about={
            isRevenue
              ? 'Cumulative revenue per customer over all cohorts, weighted by their size. Months that are not over and left-truncated cohorts are left out. Later months rest on fewer and older cohorts, so the line can turn where these differ.'
              : 'Retention over all cohorts, weighted by their size, from the month after the first order. Months that are not over and left-truncated cohorts are left out. Later months rest on fewer and older cohorts, so the line can turn where these differ.'
          }
          question={average}
          draw={isRevenue ? drawAverageRevenue : drawAverageRetention}
          empty="No cohort has a complete month yet."
        />
        <ChartCard
          title="Ordered again"
          about="Customers of each cohort who ordered again in any of the calendar months 1 to N after the month of their first order, in percent of the cohort. Drawn are windows that are over and cohorts that are not left-truncated; the table has all."
          question={windows}
          draw={drawWindows}
          empty="No cohort has a window yet."
        />
      </SimpleGrid>
    </>
  );
}
