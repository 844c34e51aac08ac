/** Exit codes of the command line: 0 done, 1 the run failed, 2 wrong usage, config or input, 3 a blocking check failed. */
export type ExitCode = 1 | 2 | 3 | 130 | 143;

export interface ErrorDetails {
  /** What to do next, one sentence per entry. */
  readonly remedy?: string | readonly string[];
  readonly cause?: unknown;
}

/**
 * An error that a user can act on: the message names the cause and the offending value, `remedy` what to do next.
 * Printed without a stack. Everything else that is thrown is a defect and keeps its stack.
 */
export class PipelineError extends Error {
  readonly exitCode: ExitCode = 1;
  readonly remedy: readonly string[];

  constructor(message: string, { remedy = [], cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.remedy = typeof remedy === 'string' ? [remedy] : remedy;
  }
}

/** The run failed on the way; published data is untouched. Exit code 1. */
export class RunError extends PipelineError {}

/** Wrong flags, arguments or configuration. Exit code 2. */
export class UsageError extends PipelineError {
  override readonly exitCode = 2;
}

/** An input file that cannot be used. Exit code 2. */
export class InputError extends PipelineError {
  override readonly exitCode = 2;
}

/** A model, template or check is written wrongly. Exit code 2. */
export class ProjectError extends PipelineError {
  override readonly exitCode = 2;
}

/** A blocking quality check failed; nothing was published. Exit code 3. */
export class QualityError extends PipelineError {
  override readonly exitCode = 3;
}

/** The user cancelled (Ctrl-C, SIGTERM). */
export class CancelledError extends PipelineError {
  override readonly exitCode: 130 | 143;

  constructor(exitCode: 130 | 143 = 130) {
    super('cancelled; published data is untouched');
    this.exitCode = exitCode;
  }
}
