import { ask, type ReportQuestion } from './report-questions.ts';

/** What the cover of the report asks. */
export const COVER_QUESTIONS: readonly ReportQuestion[] = [ask('overview/totals', {})];

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
