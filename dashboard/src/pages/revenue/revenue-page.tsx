import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { drawMonthlyRevenue } from './draw-monthly-revenue.ts';

export default function RevenuePage() {
  const months = useQuestion('revenue/months', {});
  return (
    <>
      <PageHeader title="Revenue" about="What the months brought, from new and from returning customers." />
      <ChartCard
        title="Monthly revenue"
        about="Revenue of each month, net of returns, of customers who ordered for the first time in it and of those who had ordered before. The last month may be incomplete."
        question={months}
        draw={drawMonthlyRevenue}
      />
    </>
  );
}
