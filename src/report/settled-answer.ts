import type { Answer } from '../server/answer.ts';

/** More runs than a history is asked for. */
export const ALL_RUNS = 1_000;

/**
 * An answer about runs as it was when the snapshot was published: the same snapshot gives the same report, whatever was
 * tried since. The rows are runs, newest first.
 */
export function settledAnswer(answer: Answer, limit: number): Answer {
  const column = answer.columns.findIndex(({ name }) => name === 'run_id');
  const first = answer.rows.findIndex((row) => row[column] === answer.manifest.runId);
  return { ...answer, rows: first < 0 ? [] : answer.rows.slice(first, first + limit) };
}
