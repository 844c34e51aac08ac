import { useLocation } from 'wouter';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import { useFormat } from '../../format/use-format.ts';
import { binInWords, drawDistribution } from './draw-distribution.ts';
import { MEASURE_TEXTS, type Measure, needsOf, valueFilter } from './measures.ts';

/** How many customers are worth how much. */
export function DistributionCard({ measure }: { readonly measure: Measure }) {
  const format = useFormat();
  const { source } = useSource();
  const [, navigate] = useLocation();
  const question = useQuestion('value/distribution', { measure });
  const filters = (bin: QueryRow<'value/distribution'>) =>
    valueFilter(measure, { from: bin.value_from ?? undefined, to: bin.value_to ?? undefined });
  const openBin = (number: number) => {
    const bin = question.data?.rows.find((row) => row.bin === number);
    const wanted = bin && filters(bin);
    if (wanted !== undefined) navigate(customersAddress(wanted));
  };
  const firstBin = question.data?.rows[0]?.bin ?? 0;
  const isLinked = valueFilter(measure, { from: 0, to: undefined }) !== undefined;
  return (
    <ChartCard
      title="Value of customers"
      about={`How many customers are worth how much. ${MEASURE_TEXTS[measure].meaning} The last bar holds the hundredth of the customers who are worth most, and those of its step.`}
      question={question}
      draw={drawDistribution}
      needs={needsOf(measure)}
      height={350}
      onPick={source.isOffline || !isLinked ? undefined : ({ dataIndex }) => openBin(firstBin + dataIndex)}
      columns={[
        {
          name: 'value_from',
          title: MEASURE_TEXTS[measure].title,
          cell: (bin) => <CustomersLink filters={filters(bin)}>{binInWords(bin, format)}</CustomersLink>,
        },
        { name: 'customers', title: 'Customers' },
        { name: 'total_value', title: 'Together' },
      ]}
    />
  );
}
