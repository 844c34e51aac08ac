import { SAMPLE_CUSTOMER } from './sample-run.ts';

/** A page of the web app, as tests and pictures open it. */
export interface DashboardPage {
  /** In the address, and in the name of its picture. */
  readonly path: string;
  readonly title: string;
  readonly picture: string;
}

function page(path: string, title: string, picture = path.slice(1)): DashboardPage {
  return { path, title, picture };
}

/** Every page; of a single customer, the one of this id. */
export function dashboardPages(customerId = SAMPLE_CUSTOMER): readonly DashboardPage[] {
  return [
    page('/', 'Overview', 'overview'),
    page('/revenue', 'Revenue'),
    page('/cohorts', 'Cohorts'),
    page('/customers', 'Customers'),
    page(`/customer?id=${encodeURIComponent(customerId)}`, 'Customer', 'customer'),
    page('/segments', 'Segments'),
    page('/value', 'Value and churn'),
    page('/campaigns', 'Campaigns'),
    page('/insights', 'Insights'),
    page('/trust', 'Trust'),
    page('/data', 'Data'),
  ];
}
