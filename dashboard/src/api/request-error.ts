/** An answer that is an error: what went wrong and what to do. */
export class RequestError extends Error {
  readonly status: number;
  /** `no-session`, `nothing-published`, `unreachable` ... */
  readonly code: string;
  readonly remedy: readonly string[];
  /** Where nobody has the id of a customer: ids that look like it. */
  readonly similarIds: readonly string[];

  constructor(
    status: number,
    code: string,
    message: string,
    remedy: readonly string[] = [],
    similarIds: readonly string[] = [],
  ) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.similarIds = similarIds;
  }
}
