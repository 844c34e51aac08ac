import { campaignQueries } from './queries/campaigns.ts';
import { cohortQueries } from './queries/cohorts.ts';
import { customerQueries } from './queries/customers.ts';
import { forecastQueries } from './queries/forecast.ts';
import { historyQueries } from './queries/history.ts';
import { inputQueries } from './queries/input.ts';
import { insightQueries } from './queries/insights.ts';
import { lineageQueries } from './queries/lineage.ts';
import { overviewQueries } from './queries/overview.ts';
import { predictionQueries } from './queries/predictions.ts';
import { revenueQueries } from './queries/revenue.ts';
import { segmentMoveQueries } from './queries/segment-moves.ts';
import { segmentProfileQueries } from './queries/segment-profiles.ts';
import { segmentRuleQueries } from './queries/segment-rules.ts';
import { segmentQueries } from './queries/segments.ts';
import { trustQueries } from './queries/trust.ts';
import { valueQueries } from './queries/value.ts';
import type { ParamsOf, QueryDefinition, RowOf } from './query-definition.ts';

/** Every named query; a new one is added to the list of its file in `queries/`. */
export const namedQueries = [
  ...overviewQueries,
  ...revenueQueries,
  ...forecastQueries,
  ...cohortQueries,
  ...customerQueries,
  ...segmentQueries,
  ...segmentMoveQueries,
  ...segmentProfileQueries,
  ...segmentRuleQueries,
  ...valueQueries,
  ...campaignQueries,
  ...insightQueries,
  ...predictionQueries,
  ...trustQueries,
  ...inputQueries,
  ...historyQueries,
  ...lineageQueries,
] as const satisfies readonly QueryDefinition[];

type Named = (typeof namedQueries)[number];

/** Names of the queries: their paths below `/api/`. */
export type QueryName = Named['name'];

type Query<Name extends QueryName> = Extract<Named, { readonly name: Name }>;

/** What a client may send to a query. */
export type QueryParams<Name extends QueryName> = ParamsOf<Query<Name>>;

/** A row of its answer. */
export type QueryRow<Name extends QueryName> = RowOf<Query<Name>>;
