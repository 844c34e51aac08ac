import { RunError } from '../errors.ts';

/** Whether a snapshot has become the published one cannot be found out. */
export class OutcomeUnknownError extends RunError {}
