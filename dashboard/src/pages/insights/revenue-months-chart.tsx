import { useMemo } from 'react';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawRevenueMonths } from './draw-revenue-months.ts';

const COLUMNS = [
  { name: 'period_month', title: 'Month' },
  { name: 'total_sales', title: 'Revenue' },
  { name: 'total_orders', title: 'Orders' },
  { name: 'is_complete', title: 'Complete' },
] as const;

/** Revenue by month: one month marked, or the last twelve. */
export function RevenueMonthsChart({ month, of }: { readonly month: string | undefined; readonly of: string }) {
  const question = useQuestion('revenue/months', {});
  const draw = useMemo(() => drawRevenueMonths(month), [month]);
  return (
    <ChartCard
      title={month === undefined ? `${of}: revenue by month` : `${of}: revenue, ${month} marked`}
      about={
        month === undefined
          ? 'Revenue of each complete month, net of returns. The last twelve are dark, the twelve before light.'
          : 'Revenue of each complete month, net of returns; the month of the finding has another colour. What was expected of it was computed from the months before it.'
      }
      question={question}
      draw={draw}
      columns={COLUMNS}
      height={220}
    />
  );
}
