import type { IncomingMessage } from 'node:http';
import type { Effects } from '../effects.ts';
import { QueryError } from '../engines/query-error.ts';
import { CancelledError, PipelineError } from '../errors.ts';
import { problemPage } from './pages/plain-pages.ts';
import { Problem, problemJson } from './problem.ts';
import type { ServerLog } from './server-log.ts';

/** What is sent where an answer cannot be. */
export interface ErrorAnswer {
  readonly status: Problem['status'];
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Makes an answer of an error; what only its owner may know goes to the log. */
export type Report = (error: unknown, request: IncomingMessage) => ErrorAnswer;

export function makeReport(log: ServerLog, { randomBytes }: Pick<Effects, 'randomBytes'>): Report {
  return (error, request) => {
    if (error instanceof Problem) return answer(error, request);
    const correlationId = Buffer.from(randomBytes(6)).toString('hex');
    if (!(error instanceof CancelledError)) {
      // Not the parameters: they may hold customers, or a token.
      const path = (request.url ?? '').split('?', 1)[0] ?? '';
      log.error('request failed', { correlationId, path, err: error });
    }
    return answer(hidden(error), request, correlationId);
  };
}

/** The message of an error can hold paths, SQL and rows. */
function hidden(error: unknown): Problem {
  if (error instanceof CancelledError) return new Problem(503, 'too-slow', 'the answer was given up');
  if (error instanceof QueryError) {
    return new Problem(503, 'data-unavailable', 'the published tables do not have what is asked for', {
      remedy: 'they may come from an earlier version of the program: run the pipeline again',
    });
  }
  if (error instanceof PipelineError) {
    return new Problem(503, 'data-unavailable', 'the published data cannot be read', {
      remedy: ['see what is wrong with: marketing-pipeline status', 'or run the pipeline again'],
    });
  }
  return new Problem(500, 'internal', 'something went wrong inside', {
    remedy: 'the log says more: data/logs/server.log',
  });
}

function answer(problem: Problem, request: IncomingMessage, correlationId?: string): ErrorAnswer {
  const { status, headers } = problem;
  const isPage = request.headers.accept?.includes('text/html') === true && !request.url?.startsWith('/api/');
  const contentType = isPage ? 'text/html; charset=utf-8' : 'application/json';
  const body = isPage ? problemPage(problem, correlationId) : problemJson(problem, correlationId);
  return { status, headers: { ...headers, 'Content-Type': contentType }, body };
}
