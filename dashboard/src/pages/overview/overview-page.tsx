import { Stack } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { ForecastCard } from '../revenue/forecast-card.tsx';
import { ActionItems } from './action-items.tsx';
import { KpiTiles } from './kpi-tiles.tsx';
import { SegmentCards } from './segment-cards.tsx';
import { TotalTiles } from './total-tiles.tsx';

/** Months that have begun in the chart of revenue. */
const HISTORY = 24;

export default function OverviewPage() {
  return (
    <>
      <PageHeader title="Overview" about="How the shop is doing, and what to do next." />
      <Stack gap="lg">
        <KpiTiles />
        <TotalTiles />
        <ForecastCard measure="revenue" history={HISTORY} />
        <ActionItems />
        <SegmentCards />
      </Stack>
    </>
  );
}
