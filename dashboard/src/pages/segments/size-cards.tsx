import { SimpleGrid } from '@mantine/core';
import { useLocation } from 'wouter';
import { useSource } from '../../api/source-context.tsx';
import type { Question } from '../../api/use-question.ts';
import { useQuestion } from '../../api/use-question.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import { ChartCard, type Drawing } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { drawSizes, drawWorth } from './draw-sizes.ts';
import { filterOf, type Segmentation, type SegmentFigures } from './segmentation.ts';

const DRAW_FIVE = {
  sizes: drawSizes<SegmentFigures & { readonly customer_segment: string | null }>((row) => row.customer_segment),
  worth: drawWorth<SegmentFigures & { readonly customer_segment: string | null }>((row) => row.customer_segment),
};

const DRAW_RFM = {
  sizes: drawSizes<SegmentFigures & { readonly rfm_segment: string | null }>((row) => row.rfm_segment),
  worth: drawWorth<SegmentFigures & { readonly rfm_segment: string | null }>((row) => row.rfm_segment),
};

/** Size and worth of the five segments. */
export function FiveSizes() {
  const question = useQuestion('segments/marketing', {});
  return (
    <SizeCards
      segmentation="five"
      question={question}
      column="customer_segment"
      nameOf={(row) => row.customer_segment}
      draw={DRAW_FIVE}
    />
  );
}

/** Size and worth of the RFM segments. */
export function RfmSizes() {
  const question = useQuestion('segments/rfm', {});
  return (
    <SizeCards
      segmentation="rfm"
      question={question}
      column="rfm_segment"
      nameOf={(row) => row.rfm_segment}
      draw={DRAW_RFM}
    />
  );
}

interface SizeCardsProps<Row> {
  readonly segmentation: Segmentation;
  readonly question: Question<Row>;
  /** The column with the name of the segment. */
  readonly column: keyof Row & string;
  readonly nameOf: (row: Row) => string | null;
  readonly draw: Readonly<Record<'sizes' | 'worth', (drawing: Drawing<Row>) => ChartOption>>;
}

function SizeCards<Row extends SegmentFigures>({ segmentation, question, column, nameOf, draw }: SizeCardsProps<Row>) {
  const { source } = useSource();
  const [, navigate] = useLocation();
  const filters = (row: Row) => filterOf(segmentation, nameOf(row));
  const openCustomers = (row: Row | undefined) => {
    const wanted = row && filters(row);
    if (wanted !== undefined) navigate(customersAddress(wanted));
  };
  const shared = {
    question,
    height: segmentation === 'five' ? 320 : 480,
    onPick: source.isOffline ? undefined : (_event: unknown, row: Row | undefined) => openCustomers(row),
  };
  const segment: ShownColumn<Row> = {
    name: column,
    title: 'Segment',
    cell: (row) => <CustomersLink filters={filters(row)}>{nameOf(row)}</CustomersLink>,
  };
  const titled = segmentation === 'five' ? 'segments' : 'RFM segments';
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <ChartCard
        {...shared}
        title={`Size of the ${titled}`}
        about="The share of all customers who are in each segment, beside the share of all revenue that they have brought, net of returns. A segment with more revenue than customers is worth more than the average."
        draw={draw.sizes}
        columns={[
          segment,
          { name: 'customers', title: 'Customers' },
          { name: 'customers_percent', title: 'Share of customers' },
          { name: 'revenue', title: 'Revenue' },
          { name: 'revenue_percent', title: 'Share of revenue' },
          { name: 'revenue_per_customer', title: 'Revenue per customer' },
        ]}
      />
      <ChartCard
        {...shared}
        title={`Worth of the ${titled}`}
        about="What the customers of each segment are expected to bring within 365 days, and how much of it is at risk: predicted value times churn risk, summed."
        needs={{ predicted_value: 'Predicted value', churn_risk: 'Churn risk' }}
        draw={draw.worth}
        columns={[
          segment,
          { name: 'historic_value', title: 'Value so far' },
          { name: 'predicted_value', title: 'Predicted value' },
          { name: 'value_at_risk', title: 'Value at risk' },
          { name: 'avg_days_since_last_order', title: 'Days since last order' },
        ]}
      />
    </SimpleGrid>
  );
}
