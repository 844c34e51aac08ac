import { CampaignListsChart } from './campaign-lists-chart.tsx';
import { CohortReturnsChart } from './cohort-returns-chart.tsx';
import { LoadsChart } from './loads-chart.tsx';
import { OrderCountsChart } from './order-counts-chart.tsx';
import { PICTURES } from './picture-of.ts';
import { RevenueMonthsChart } from './revenue-months-chart.tsx';
import { TopCustomersChart } from './top-customers-chart.tsx';
import { type Insight, typeTitle } from './types.ts';

export function hasChart({ insight_type }: Insight): boolean {
  return PICTURES[insight_type ?? ''] !== undefined;
}

/** The groups that an insight compares, or what is around it. */
export function InsightChart({ insight }: { readonly insight: Insight }) {
  const month = /\b\d{4}-\d{2}\b/.exec(insight.comparison ?? '')?.[0];
  // Several insights may have the same picture: each says of which it is.
  const of = typeTitle(insight.insight_type);
  switch (PICTURES[insight.insight_type ?? '']) {
    case 'cohort-returns':
      return <CohortReturnsChart month={month} />;
    case 'revenue-months':
      return <RevenueMonthsChart month={month} of={of} />;
    case 'order-counts':
      return <OrderCountsChart of={of} />;
    case 'top-customers':
      return <TopCustomersChart of={of} />;
    case 'campaign-lists':
      return <CampaignListsChart />;
    case 'loads':
      return <LoadsChart />;
    default:
      return null;
  }
}
