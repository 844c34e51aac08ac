import { z } from 'zod';
import type { QueryDefinition } from './query-definition.ts';

/** The parameters of a download: those of its query, and which columns the file has. */
export function downloadParameters(query: QueryDefinition) {
  const names = Object.keys(query.columns);
  return z.strictObject({
    ...query.params.shape,
    columns: z
      .string()
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(names)).min(1))
      .optional()
      .describe('columns of the file, in this order, with commas between; all unless given'),
  });
}

/** Where the columns stand in a row of the query. */
export function positionsOf(query: QueryDefinition, chosen: readonly string[] | undefined): readonly number[] {
  const names = Object.keys(query.columns);
  return (chosen ?? names).map((name) => names.indexOf(name));
}

/** The parts of a row, or of its head, at these positions. */
export function chosenOf<T>(row: readonly T[], positions: readonly number[]): T[] {
  return positions.flatMap((position) => row.slice(position, position + 1));
}
