import type { QueryParams } from '../api/source.ts';

/** Address of the list of the customers that these filters leave. */
export function customersAddress(filters: QueryParams<'customers'>): string {
  const given = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
  return `/customers?${new URLSearchParams(given)}`;
}
