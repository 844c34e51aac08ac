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
  overview: [ask('overview/kpis', {}), ask('overview/sparklines', {})],
  revenue: [ask('revenue/months', {})],
  cohorts: [],
  segments: [],
  value: [],
  campaigns: [],
  insights: [],
  trust: [
    ask('predictions/grades', {}),
    ask('predictions/observation', {}),
    ask('predictions/backtests', {}),
    ask('predictions/leak-audit', {}),
    ask('predictions/calibration', {}),
    ask('predictions/models', {}),
    ask('predictions/forecast-grades', {}),
    ask('predictions/forecast-accuracy', {}),
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
