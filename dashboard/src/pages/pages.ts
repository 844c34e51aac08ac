import type { ComponentType } from 'react';

/** A page of the app. */
export interface Page {
  readonly path: string;
  readonly title: string;
  /** Loads the page's code; once, however often it is called. */
  load(): Promise<ComponentType>;
  /** The page, where its code is there already. */
  loaded(): ComponentType | undefined;
  /** Whether it stands in the navigation. */
  readonly isListed: boolean;
  /** Whether it is part of the offline report, which has no single customers. */
  readonly isInReport: boolean;
}

function page(
  path: string,
  title: string,
  load: () => Promise<{ default: ComponentType }>,
  where: Partial<Page> = {},
): Page {
  let component: ComponentType | undefined;
  return {
    path,
    title,
    load: async () => {
      component = (await load()).default;
      return component;
    },
    loaded: () => component,
    isListed: true,
    isInReport: true,
    ...where,
  };
}

/** All pages, in the order of the navigation. */
export const PAGES: readonly Page[] = [
  page('/', 'Overview', () => import('./overview/overview-page.tsx')),
  page('/revenue', 'Revenue', () => import('./revenue/revenue-page.tsx')),
  page('/cohorts', 'Cohorts', () => import('./cohorts/cohorts-page.tsx')),
  page('/customers', 'Customers', () => import('./customers/customers-page.tsx'), { isInReport: false }),
  page('/customer', 'Customer', () => import('./customer/customer-page.tsx'), { isListed: false, isInReport: false }),
  page('/segments', 'Segments', () => import('./segments/segments-page.tsx')),
  page('/value', 'Value and churn', () => import('./value/value-page.tsx')),
  page('/campaigns', 'Campaigns', () => import('./campaigns/campaigns-page.tsx')),
  page('/insights', 'Insights', () => import('./insights/insights-page.tsx')),
  page('/trust', 'Trust', () => import('./trust/trust-page.tsx')),
  page('/data', 'Data', () => import('./data/data-page.tsx')),
];
