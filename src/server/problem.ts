/** Kinds of trouble that a client can tell apart. */
export type ProblemCode =
  | 'bad-request'
  | 'bad-parameters'
  | 'no-session'
  | 'wrong-host'
  | 'cross-site'
  | 'not-found'
  | 'unknown-customer'
  | 'method-not-allowed'
  | 'body-not-allowed'
  | 'nothing-published'
  | 'data-unavailable'
  | 'too-slow'
  | 'busy'
  | 'internal';

export interface ProblemDetails {
  /** What to do next, one sentence per entry. */
  readonly remedy?: string | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The parameters that are wrong, each with why. */
  readonly parameters?: readonly { readonly name: string; readonly message: string }[];
  /** Ids that exist and look like the one that nobody has. */
  readonly similarIds?: readonly string[];
}

/** What a client is told when it does not get what it asked for. It holds nothing that is only for the log. */
export class Problem extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  readonly code: ProblemCode;
  readonly remedy: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: ProblemDetails['parameters'];
  readonly similarIds: ProblemDetails['similarIds'];

  constructor(status: Problem['status'], code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    const { remedy = [], headers = {}, parameters, similarIds } = details;
    this.remedy = typeof remedy === 'string' ? [remedy] : remedy;
    this.headers = headers;
    this.parameters = parameters;
    this.similarIds = similarIds;
  }
}

/** The body of an answer that is a problem. */
export function problemJson(
  { code, message, remedy, parameters, similarIds }: Problem,
  correlationId?: string,
): string {
  const error = {
    code,
    message,
    ...(remedy.length === 0 ? {} : { remedy }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(similarIds === undefined ? {} : { similarIds }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
  return JSON.stringify({ error });
}
