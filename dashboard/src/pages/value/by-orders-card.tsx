import { useLocation } from 'wouter';
import type { QueryParams, QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import { drawByOrders, MANY_ORDERS, ordersInWords } from './draw-by-orders.ts';
import { MEASURE_TEXTS, type Measure, needsOf } from './measures.ts';

/** Whether customers who order more often are worth more. */
export function ByOrdersCard({ measure }: { readonly measure: Measure }) {
  const { source } = useSource();
  const [, navigate] = useLocation();
  const question = useQuestion('value/by-orders', { measure });
  return (
    <ChartCard
      title="Order frequency and value"
      about={`How many customers have ordered how often, and what each of them is worth. ${MEASURE_TEXTS[measure].meaning}`}
      question={question}
      draw={drawByOrders}
      needs={needsOf(measure)}
      height={360}
      onPick={
        source.isOffline
          ? undefined
          : (_event, row) => {
              const wanted = row && filtersOf(row);
              if (wanted !== undefined) navigate(customersAddress(wanted));
            }
      }
      columns={[
        {
          name: 'order_count',
          title: 'Orders',
          cell: (row) => <CustomersLink filters={filtersOf(row)}>{ordersInWords(row.order_count)}</CustomersLink>,
        },
        { name: 'customers', title: 'Customers' },
        { name: 'value_per_customer', title: 'Value per customer' },
        // Averages do not add up.
        ...(measure === 'avg_order_value' ? [] : [{ name: 'total_value', title: 'Value together' } as const]),
        { name: 'revenue', title: 'Revenue' },
      ]}
    />
  );
}

function filtersOf({ order_count: count }: QueryRow<'value/by-orders'>): QueryParams<'customers'> | undefined {
  if (count === null) return undefined;
  return count === MANY_ORDERS ? { orders_min: count } : { orders_min: count, orders_max: count };
}
