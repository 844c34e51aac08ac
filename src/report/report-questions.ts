import type { QueryName, QueryParams } from '../server/query-registry.ts';

/** A question whose answer is part of an offline report. */
export interface ReportQuestion {
  /** Path below `/api/`: a named query, or `tables/LAYER/NAME`. */
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function ask<Name extends QueryName>(path: Name, params: QueryParams<Name>): ReportQuestion {
  return { path, params };
}

/** What the pages of the web app ask before anything is clicked, by page: the report answers these and no others. */
export const REPORT_QUESTIONS: Readonly<Record<string, readonly ReportQuestion[]>> = {
  cover: [ask('overview/totals', {})],
  overview: [ask('overview/kpis', {}), ask('overview/sparklines', {})],
  revenue: [ask('revenue/months', {})],
  cohorts: [],
  segments: [],
  value: [],
  campaigns: [],
  insights: [],
  trust: [],
  data: [],
};

/** What the Markdown report tells, and the JSON report beside the pages. */
export const SUMMARY_QUESTIONS = {
  kpis: ask('overview/kpis', {}),
  totals: ask('overview/totals', {}),
  segments: ask('segments/marketing', {}),
  insights: ask('insights', {}),
  forecast: { path: 'tables/business/sales_forecast', params: {} },
  forecastGrades: { path: 'tables/business/forecast_grades', params: {} },
  grades: ask('predictions/grades', {}),
  campaigns: ask('campaigns', {}),
} satisfies Readonly<Record<string, ReportQuestion>>;

/** Rows of a list of customers. */
export const LISTED_CUSTOMERS = 100;

/** What is told of single customers, where that is asked for. */
export const CUSTOMER_QUESTIONS = {
  targets: ask('campaigns/customers', { limit: LISTED_CUSTOMERS }),
  mostValuable: ask('customers', { sort: 'historic_value', order: 'desc', limit: LISTED_CUSTOMERS }),
} satisfies Readonly<Record<string, ReportQuestion>>;
