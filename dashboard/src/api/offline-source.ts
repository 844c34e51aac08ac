import type { Answer, AnyRow, Snapshot } from './answer.ts';
import { RequestError } from './request-error.ts';
import type { Params, Source } from './source.ts';

/** The data within an offline report: answers by path and parameters. */
export interface OfflineData {
  readonly snapshot: Snapshot;
  /** By `path?name=value&name=value`, the names in order. */
  readonly answers: Readonly<Record<string, Answer<AnyRow>>>;
}

/** Name of an answer within a report: equal for the same question, however its parameters were written. */
export function answerKey(path: string, params: Params): string {
  const given = Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, value]))}`;
}

/** Figures from the data within the page. */
export function offlineSource({ snapshot, answers }: OfflineData): Source {
  const find = <Row>(path: string, params: Params): Answer<Row> => {
    const found = answers[answerKey(path, params)];
    if (found === undefined) throw notInReport();
    return found as Answer<Row>;
  };
  return {
    isOffline: true,
    snapshot: async () => snapshot,
    ask: async (name, params) => find(name, params),
    table: async (layer, name, params) => find(`tables/${layer}/${name}`, params),
    customer: () => Promise.reject(notInReport()),
    csvAddress: () => undefined,
  };
}

function notInReport(): RequestError {
  return new RequestError(404, 'not-in-report', 'this is not part of the report', [
    'start the server to see it: marketing-pipeline serve',
  ]);
}
