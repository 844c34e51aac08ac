import { useCallback } from 'react';
import type { CustomerExplanation, QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard, type Drawing } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawOrderTimeline } from './draw-order-timeline.ts';

/** As many as the server gives at once. */
const MOST_ORDERS = 1_000;

const COLUMNS: readonly ShownColumn<QueryRow<'customer/orders'>>[] = [
  { name: 'order_date', title: 'Day' },
  { name: 'order_id', title: 'Order' },
  { name: 'order_amount', title: 'Amount' },
  { name: 'returned_amount', title: 'Returned' },
  { name: 'days_since_previous_order', title: 'Days since the order before' },
];

/** All orders and returns over time, and when the next is to be expected. */
export function OrderTimeline({ explanation }: { readonly explanation: CustomerExplanation }) {
  const { profile, nextOrder, asOf } = explanation;
  const format = useFormat();
  const orders = useQuestion('customer/orders', { id: profile.customerId, order: 'desc', limit: MOST_ORDERS });
  const window = nextOrder.expected;
  const draw = useCallback(
    (drawing: Drawing<QueryRow<'customer/orders'>>) => drawOrderTimeline(drawing, asOf, window),
    [asOf, window],
  );
  const total = orders.data?.page?.total ?? 0;
  return (
    <ChartCard
      title="Orders and returns"
      about="Every order before returns, on its day; what was returned of it below the line. Shaded: the window that holds the next order with 80 %, should there be one."
      question={orders}
      draw={draw}
      columns={COLUMNS}
      height={260}
      empty="There are no orders."
    >
      {total > MOST_ORDERS && `The newest ${format.number(MOST_ORDERS)} of ${format.number(total)}.`}
    </ChartCard>
  );
}
