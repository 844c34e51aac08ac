import { isDeepStrictEqual } from 'node:util';
import { RunError } from '../errors.ts';

/** @throws RunError that names what differs, what it should be and what it is. */
export function requireSame(what: string, expected: unknown, actual: unknown): void {
  if (isDeepStrictEqual(expected, actual)) return;
  throw new RunError(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}

/** @throws RunError with this message unless the condition holds. */
export function requireThat(condition: boolean, message: string): void {
  if (!condition) throw new RunError(message);
}
