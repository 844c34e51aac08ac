import type { Insight } from './types.ts';

interface RelatedPage {
  readonly href: string;
  readonly title: string;
}

/** Where more is shown of what an insight is about. */
export function relatedPage({ insight_type, comparison }: Insight): RelatedPage | undefined {
  const cohort = /\bcohort (\d{4}-\d{2})\b/.exec(comparison ?? '')?.[1];
  switch (insight_type) {
    case 'cohort':
      return { href: cohort === undefined ? '/cohorts' : `/cohorts?cohort=${cohort}`, title: 'Cohorts' };
    case 'second_order':
    case 'third_order':
    case 'left_truncation':
      return { href: '/cohorts', title: 'Cohorts' };
    case 'revenue_month':
    case 'revenue_year':
    case 'order_gaps':
    case 'order_amount':
      return { href: '/revenue', title: 'Revenue' };
    case 'high_value_return':
    case 'value_concentration':
    case 'top_customers':
    case 'conversion':
      return { href: '/value', title: 'Value and churn' };
    case 'high_value_silent':
    case 'campaign_opportunity':
      return { href: '/campaigns', title: 'Campaigns' };
    case 'data_quality':
      return { href: '/data', title: 'Data' };
    default:
      return undefined;
  }
}
