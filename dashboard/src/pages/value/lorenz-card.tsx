import { Text } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawLorenz, topShare } from './draw-lorenz.ts';
import { MEASURE_TEXTS, type Measure, needsOf } from './measures.ts';

/** How much of all value few customers make. */
export function LorenzCard({ measure }: { readonly measure: Measure }) {
  const format = useFormat();
  const question = useQuestion('value/lorenz', { measure });
  const top = topShare(question.data?.rows ?? [], 10);
  const { inSentence, meaning } = MEASURE_TEXTS[measure];
  const isWithheld = question.data?.grades?.some(
    ({ score, grade }) => score in needsOf(measure) && grade === 'WITHHELD',
  );
  return (
    <ChartCard
      title="Concentration of value"
      about={`How value is spread over customers (Lorenz curve). ${meaning} The further the curve is below the dashed line, the fewer customers make most of it.`}
      question={question}
      draw={drawLorenz}
      needs={needsOf(measure)}
      height={320}
      columns={[
        { name: 'customers_percent', title: 'Share of customers' },
        { name: 'value_percent', title: 'Share of value' },
        { name: 'customers', title: 'Customers' },
        { name: 'value', title: 'Value' },
      ]}
    >
      {top === undefined || isWithheld === true ? undefined : (
        <Text size="sm" data-top-customers={top.customers.toFixed(2)} data-top-value={top.value.toFixed(2)}>
          The top {format.percent(top.customers)} of customers make {format.percent(top.value)} of the {inSentence}.
        </Text>
      )}
    </ChartCard>
  );
}
