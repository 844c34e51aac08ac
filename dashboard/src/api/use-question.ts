import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Answer } from './answer.ts';
import type { QueryName, QueryParams, QueryRow } from './source.ts';
import { useSource } from './source-context.tsx';

/** A question with its answer, or how far it got. */
export type Question<Row> = UseQueryResult<Answer<Row>, Error> & {
  /** Address of all its rows as a CSV file. */
  readonly csv: string | undefined;
};

/** Asks a named question, and again whenever its parameters change or something new is published. */
export function useQuestion<Name extends QueryName>(
  name: Name,
  params: QueryParams<Name>,
  { isEnabled = true }: { readonly isEnabled?: boolean } = {},
): Question<QueryRow<Name>> {
  const { source, snapshot } = useSource();
  const result = useQuery({
    queryKey: [snapshot.snapshot, name, params],
    queryFn: ({ signal }) => source.ask(name, params, signal),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
  return { ...result, csv: source.csvAddress(name, params) };
}
