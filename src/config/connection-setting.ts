import { hasPassword, parseConnectionUrl, withoutPassword } from '../engines/postgres/connection-url.ts';
import { PASSWORD_PLACES } from '../engines/postgres/password.ts';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import { type Origin, originText } from './origin.ts';

/** A value of the setting `connection` that may be stored and shown, or what is wrong with it; neither holds a password. */
export type SettledConnection =
  | { readonly value: unknown }
  | { readonly problem: string; readonly remedy: readonly string[] };

/**
 * A URL with a password is taken from the environment only, and its password stays there: settings are printed, logged
 * and stored, flags are seen by all users of a machine, and config files are shared.
 */
export function settledConnection(proposed: unknown, origin: Origin): SettledConnection {
  if (typeof proposed !== 'string') return { value: proposed };
  const url = proposed.trim();
  const from = printable(originText(origin));
  try {
    if (origin.kind === 'environment') parseConnectionUrl(url);
    const value = origin.kind === 'environment' ? withoutPassword(url) : url;
    if (hasPassword(value)) {
      return { problem: `connection holds a password (${from}), which does not belong there`, remedy: PASSWORD_PLACES };
    }
    parseConnectionUrl(value);
    return { value };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { problem: `connection (${from}): ${error.message}`, remedy: error.remedy };
  }
}
