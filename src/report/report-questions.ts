import type { QueryName, QueryParams } from '../server/query-registry.ts';

/** A question whose answer is part of an offline report. */
export interface ReportQuestion {
  /** Path below `/api/`: a named query, or `tables/LAYER/NAME`. */
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export function ask<Name extends QueryName>(path: Name, params: QueryParams<Name>): ReportQuestion {
  return { path, params };
}

/** What the pages of the web app ask before anything is clicked, by page: the report answers these and no others. */
export const REPORT_QUESTIONS: Readonly<Record<string, readonly ReportQuestion[]>> = {
  overview: [
    ask('overview/kpis', {}),
    ask('overview/sparklines', {}),
    ask('overview/totals', {}),
    ask('overview/campaigns', {}),
    ask('forecast/months', { history: 24 }),
    ask('forecast/grades', {}),
    ask('insights', {}),
    ask('segments/marketing', {}),
  ],
  revenue: [
    ask('revenue/months', {}),
    ask('revenue/seasons', { kind: 'month' }),
    ask('revenue/seasons', { kind: 'weekday' }),
    ask('revenue/outlook', {}),
    ask('forecast/months', {}),
    ask('forecast/accuracy', { measure: 'revenue' }),
    ask('forecast/grades', {}),
  ],
  cohorts: [
    ask('insights/candidates', { type: 'cohort' }),
    ask('cohorts/matrix', {}),
    ask('cohorts/average', {}),
    ask('cohorts/windows', {}),
  ],
  segments: [
    ask('segments/marketing', {}),
    ask('segments/rfm', {}),
    ask('segments/map', {}),
    ask('segments/rules', {}),
    ask('segments/migration', {}),
    ask('segments/history', {}),
    ask('segments/lifecycle', {}),
    ask('segments/profiles', { segmentation: 'five' }),
    ask('segments/profiles', { segmentation: 'rfm' }),
    ask('segments/stability', { segmentation: 'five' }),
    ask('segments/stability', { segmentation: 'rfm' }),
  ],
  value: [
    ask('value/distribution', { measure: 'lifetime_value' }),
    ask('value/lorenz', { measure: 'lifetime_value' }),
    ask('value/by-orders', { measure: 'lifetime_value' }),
    ask('value/tiers', {}),
    ask('risk/distribution', {}),
    ask('risk/by-value', { measure: 'lifetime_value' }),
  ],
  campaigns: [
    ask('campaigns/power', {}),
    ask('campaigns', {}),
    ask('campaigns/launches', {}),
    ask('campaigns/budget', {}),
    ask('campaigns/results', {}),
  ],
  insights: [
    ask('insights', {}),
    ask('insights/candidates', {}),
    // The pictures of the insights that have one.
    ask('cohorts/matrix', { months: 1 }),
    ask('revenue/months', {}),
    ask('value/by-orders', { measure: 'total_spent' }),
    ask('value/lorenz', { measure: 'total_spent', points: 100 }),
    ask('campaigns', {}),
    ask('data/loads', {}),
  ],
  trust: [
    ask('predictions/grades', {}),
    ask('predictions/observation', {}),
    ask('predictions/backtests', {}),
    ask('predictions/leak-audit', {}),
    ask('predictions/calibration', {}),
    ask('predictions/models', {}),
    ask('forecast/grades', {}),
    ask('forecast/accuracy', {}),
    ask('predictions/published-figures', {}),
  ],
  data: [
    ask('data/loads', {}),
    ask('data/sources', {}),
    ask('data/rejections', {}),
    ask('data/set-aside', {}),
    ask('data/ledger', {}),
    ask('data/checks', {}),
    ask('data/timings', {}),
    ask('data/lineage/nodes', {}),
    ask('data/lineage/edges', {}),
    ask('data/lineage/questions', {}),
  ],
};
