import { CampaignListsChart } from './campaign-lists-chart.tsx';
import { CohortReturnsChart } from './cohort-returns-chart.tsx';
import { OrderCountsChart } from './order-counts-chart.tsx';
import { RevenueMonthsChart } from './revenue-months-chart.tsx';
import { TopCustomersChart } from './top-customers-chart.tsx';
import type { Insight } from './types.ts';

/** Types of which a named question has the compared groups. */
const WITH_CHART = ['cohort', 'revenue_month', 'revenue_year', 'conversion', 'top_customers', 'campaign_opportunity'];

export function hasChart({ insight_type }: Insight): boolean {
  return WITH_CHART.includes(insight_type ?? '');
}

/** The groups that an insight compares. */
export function InsightChart({ insight }: { readonly insight: Insight }) {
  const month = /\b\d{4}-\d{2}\b/.exec(insight.comparison ?? '')?.[0];
  switch (insight.insight_type) {
    case 'cohort':
      return <CohortReturnsChart month={month} />;
    case 'revenue_month':
    case 'revenue_year':
      return <RevenueMonthsChart month={month} />;
    case 'conversion':
      return <OrderCountsChart />;
    case 'top_customers':
      return <TopCustomersChart />;
    case 'campaign_opportunity':
      return <CampaignListsChart />;
    default:
      return null;
  }
}
