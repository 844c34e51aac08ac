import { Anchor, SimpleGrid } from '@mantine/core';
import type { ECElementEvent } from 'echarts/core';
import { useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { drawSegmentSizes } from './draw-segment-sizes.ts';
import { drawValueAtRisk } from './draw-value-at-risk.ts';

type Segment = QueryRow<'segments/marketing'>;

const customersOf = (segment: string | null) => `/customers?segment=${encodeURIComponent(segment ?? '')}`;

/** The marketing segments: how large, how much revenue, how much value at risk; each leads to its customers. */
export function SegmentCards() {
  const { source } = useSource();
  const [, navigate] = useLocation();
  const segments = useQuestion('segments/marketing', {});
  const pick = useCallback(
    (_event: ECElementEvent, row: Segment | undefined) => {
      if (row !== undefined) navigate(customersOf(row.customer_segment));
    },
    [navigate],
  );
  const segmentColumn: ShownColumn<Segment> = source.isOffline
    ? { name: 'customer_segment', title: 'Segment' }
    : {
        name: 'customer_segment',
        title: 'Segment',
        cell: ({ customer_segment: segment }) => (
          <Anchor component={Link} href={customersOf(segment)} size="sm">
            {segment}
          </Anchor>
        ),
      };
  const shared = { question: segments, height: 300, onPick: source.isOffline ? undefined : pick };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <ChartCard
        {...shared}
        title="Segments by size and by revenue"
        about="Of all customers and of all revenue, the share of each marketing segment. A segment whose revenue share is larger than its customer share is worth more than the average. Click a bar for its customers; the table has links."
        draw={drawSegmentSizes}
        columns={[
          segmentColumn,
          { name: 'customers', title: 'Customers' },
          { name: 'customers_percent', title: 'Of customers' },
          { name: 'revenue', title: 'Revenue' },
          { name: 'revenue_percent', title: 'Of revenue' },
          { name: 'revenue_per_customer', title: 'Per customer' },
        ]}
      />
      <ChartCard
        {...shared}
        title="Value at risk by segment"
        about="Value that the customers of each segment are predicted to bring in the next 365 days, and the part of it that may be lost: predicted value times churn risk, summed. Click a bar for its customers; the table has links."
        needs={{ predicted_value: 'Predicted value', churn_risk: 'Churn risk' }}
        draw={drawValueAtRisk}
        columns={[
          segmentColumn,
          { name: 'customers', title: 'Customers' },
          { name: 'predicted_value', title: 'Predicted value' },
          { name: 'value_at_risk', title: 'At risk' },
        ]}
      />
    </SimpleGrid>
  );
}
