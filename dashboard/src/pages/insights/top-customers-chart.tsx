import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawTopCustomers } from './draw-top-customers.ts';

const COLUMNS = [
  { name: 'customers_percent', title: 'Customers, least first' },
  { name: 'value_percent', title: 'Their share of the revenue' },
] as const;

/** How revenue is spread over customers. */
export function TopCustomersChart({ of }: { readonly of: string }) {
  const question = useQuestion('value/lorenz', { measure: 'total_spent', points: 100 });
  return (
    <ChartCard
      title={`${of}: how revenue is spread`}
      about="The share of the revenue that the customers up to a point have brought, those who brought least first (Lorenz curve). What lies right of 80 % are the top 20 % of the customers. If all had brought the same, it would be the dashed line."
      question={question}
      draw={drawTopCustomers}
      columns={COLUMNS}
      height={220}
    />
  );
}
