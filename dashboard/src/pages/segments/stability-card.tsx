import { Code, Text } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { CustomersLink } from '../../components/customers-link.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawStability } from './draw-stability.ts';
import { filterOf, type Segmentation } from './segmentation.ts';

/** How many customers would be in another segment if the data were slightly different. */
export function StabilityCard({ segmentation }: { readonly segmentation: Segmentation }) {
  const format = useFormat();
  const question = useQuestion('segments/stability', { segmentation });
  const first = question.data?.rows[0];
  return (
    <ChartCard
      title={segmentation === 'five' ? 'How firm the segments are' : 'How firm the RFM segments are'}
      about="How many members of each segment would be in another one had another sample of the same customers been drawn (the bootstrap). Only cut-offs that are shares of the customers depend on the sample; fixed days do not. Many of them: the segment is not a kind of customer but a place at a border."
      question={question}
      draw={drawStability}
      height={segmentation === 'five' ? 240 : 360}
      columns={[
        {
          name: 'segment',
          title: 'Segment',
          cell: (row) => <CustomersLink filters={filterOf(segmentation, row.segment)}>{row.segment}</CustomersLink>,
        },
        { name: 'customers', title: 'Customers' },
        { name: 'changing_customers', title: 'Would be elsewhere' },
        {
          name: 'bootstrap_stability',
          title: 'Would stay',
          cell: (row) =>
            format.percent(row.bootstrap_stability === null ? null : Math.floor(1000 * row.bootstrap_stability) / 10),
        },
      ]}
    >
      {first === undefined ? undefined : (
        <>
          <Text size="sm" data-stability={first.all_changing}>
            {first.all_changing === 0
              ? `Had another sample of the same customers been drawn, all ${format.number(first.all_customers)} would be in the same segment.`
              : `Had another sample of the same customers been drawn, about ${format.number(Math.ceil(first.all_changing ?? 0))} of ${format.number(first.all_customers)} would be in another segment.`}
          </Text>
          <Text size="sm" c="dimmed" className="screen-only">
            What a change of a setting would do, without changing anything:{' '}
            <Code>npx marketing-pipeline plan --set lostDays=300</Code>
          </Text>
        </>
      )}
    </ChartCard>
  );
}
