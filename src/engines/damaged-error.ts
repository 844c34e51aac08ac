import { RunError } from '../errors.ts';

/** What is stored about published data cannot be understood, or points to something that is not there. */
export class DamagedError extends RunError {}
