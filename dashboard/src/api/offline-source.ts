import { answerKey } from '../../../src/report/answer-key.ts';
import type { CustomerDetail } from '../../../src/report/customer-detail.ts';
import type { Answer, AnyRow, Snapshot } from './answer.ts';
import { RequestError } from './request-error.ts';
import type { Params, Source } from './source.ts';

/** The data within an offline report: answers by path and parameters. */
export interface OfflineData {
  readonly snapshot: Snapshot;
  /** How customers appear in it. */
  readonly customers: CustomerDetail;
  /** Made to be printed at once: it has the width and the colours of paper from the start. */
  readonly isForPaper: boolean;
  /** By `answerKey`. */
  readonly answers: Readonly<Record<string, Answer<AnyRow>>>;
}

/** Figures from the data within the page. */
export function offlineSource({ snapshot, answers }: OfflineData): Source {
  const find = <Row>(path: string, params: Params): Answer<Row> => {
    const key = answerKey(path, params);
    const found = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (found === undefined) {
      // A defect: the list in src/report/report-questions.ts lacks a line.
      console.error(`not part of the report: ${key}`);
      throw notInReport();
    }
    return found as Answer<Row>;
  };
  return {
    isOffline: true,
    snapshot: async () => snapshot,
    ask: async (name, params) => find(name, params),
    customer: () => Promise.reject(notInReport()),
    csvAddress: () => undefined,
  };
}

function notInReport(): RequestError {
  return new RequestError(404, 'not-in-report', 'this is not part of the report', [
    'start the server to see it: marketing-pipeline serve',
  ]);
}
