import type { CustomerExplanation } from '../../../src/api/explain/customer-explanation.ts';
import type { QueryName, QueryParams, QueryRow } from '../../../src/server/query-registry.ts';
import type { Answer, Snapshot } from './answer.ts';

export type { CustomerExplanation, QueryName, QueryParams, QueryRow };

/** Parameters of a request; undefined ones are left out. */
export type Params = Readonly<Record<string, unknown>>;

/** Where the figures come from: the server, or the data within an offline report. */
export interface Source {
  /** Whether the answers are all that there is: no other parameters, no customers, no downloads. */
  readonly isOffline: boolean;
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
  /** @throws RequestError */
  ask<Name extends QueryName>(
    name: Name,
    params: QueryParams<Name>,
    signal?: AbortSignal,
  ): Promise<Answer<QueryRow<Name>>>;
  /** All about one customer, as `explain --json`. @throws RequestError */
  customer(id: string, signal?: AbortSignal): Promise<CustomerExplanation>;
  /** Address of the same rows as a CSV file; undefined where there are no downloads. */
  csvAddress(path: string, params: Params): string | undefined;
}
