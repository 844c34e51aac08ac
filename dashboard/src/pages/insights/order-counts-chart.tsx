import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawOrderCounts } from './draw-order-counts.ts';

const COLUMNS = [
  { name: 'order_count', title: 'Orders' },
  { name: 'customers', title: 'Customers' },
  { name: 'revenue', title: 'Revenue' },
] as const;

/** Customers by how often they have ordered. */
export function OrderCountsChart({ of }: { readonly of: string }) {
  const question = useQuestion('value/by-orders', { measure: 'total_spent' });
  return (
    <ChartCard
      title={`${of}: customers by number of orders`}
      about="How many customers have ordered once, twice and so on; those with one order have another colour. 20 stands for 20 and more."
      question={question}
      draw={drawOrderCounts}
      columns={COLUMNS}
      height={220}
    />
  );
}
