import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';

/** What a connection URL can say. Names as libpq has them. */
const PARAMETERS = [
  'host',
  'port',
  'dbname',
  'user',
  'password',
  'passfile',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'channel_binding',
  'connect_timeout',
] as const;

export type ConnectionParameter = (typeof PARAMETERS)[number];

/** What a URL says, decoded; an empty value counts as not said. */
export type ConnectionParts = Readonly<Partial<Record<ConnectionParameter, string>>>;

const ENCODE = 'write "@", ":" and "/" in a name or a password as %40, %3A and %2F, and "%" as %25';
const EXAMPLE = 'a connection is written as postgres://user@host:5432/database?sslmode=verify-full';

/**
 * Takes a connection URL apart as libpq does. One host only.
 * @throws UsageError that never shows a password.
 */
export function parseConnectionUrl(text: string): ConnectionParts {
  const wrong = (why: string, remedy: string | string[] = EXAMPLE): UsageError =>
    new UsageError(`"${printable(maskPassword(text), 200)}" is not a connection: ${why}`, { remedy });
  const match = /^postgres(?:ql)?:\/\/(?:([^@/]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/su.exec(text);
  if (match === null) throw wrong('it does not begin with postgres://');
  const [, login = '', address = '', dbname, query = ''] = match;
  // What stands after it could be the rest of a password, and would be shown.
  if (text.split('@').length > 2) throw wrong('it has more than one "@"', ENCODE);
  if (LOGIN_PASSWORD.test(text) && !login.includes(':')) throw wrong('its password is not percent-encoded', ENCODE);
  const decoded = (encoded: string, what: string): string => {
    const value = percentDecoded(encoded);
    if (value === undefined) throw wrong(`its ${what} is not percent-encoded rightly`, ENCODE);
    return value;
  };
  const parts: Partial<Record<ConnectionParameter, string>> = {};
  const say = (name: ConnectionParameter, encoded: string | undefined): void => {
    if (encoded !== undefined && encoded !== '') parts[name] = decoded(encoded, name === 'dbname' ? 'database' : name);
  };

  const colon = login.indexOf(':');
  say('user', colon < 0 ? login : login.slice(0, colon));
  say('password', colon < 0 ? '' : login.slice(colon + 1));
  if (address.includes(',')) throw wrong('it names several hosts', 'name the one host that accepts writes');
  const hostAndPort = /^(?:\[([^\]]*)\]|([^:@[\]]*))(?::([^:@]*))?$/.exec(address);
  if (hostAndPort === null) throw wrong('its host is not one', ENCODE);
  say('host', hostAndPort[1] ?? hostAndPort[2]);
  say('port', hostAndPort[3]);
  say('dbname', dbname);

  for (const assignment of query.split('&').filter((part) => part !== '')) {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(assignment) ?? [];
    if (name === 'ssl' && value === 'true') {
      say('sslmode', 'require');
    } else if (isParameter(name)) {
      say(name, value);
    } else {
      const known = PARAMETERS.filter((parameter) => parameter !== 'password');
      // Beside a password it could be the rest of that.
      const shown =
        parts.password === undefined ? ` "${printable(name, 40)}"${didYouMean(name.slice(0, 40), known)}` : '';
      throw wrong(`it has an unknown parameter${shown}`, [`parameters are ${known.join(', ')}`]);
    }
  }
  return parts;
}

/** A name and a colon before the last `@`: where a password stands, however wrongly the URL is written. */
const LOGIN_PASSWORD = /^((?:[^:/@]*:\/\/|(?![^:/@]*:\/\/))[^@:]*):.*@/su;
const NAMED_PASSWORD = /(pass(?!file)\w{0,20}\s{0,5})=.+/isu;

/** Whether a text would give a password away if it were shown. */
export function hasPassword(text: string): boolean {
  return LOGIN_PASSWORD.test(text) || text.search(NAMED_PASSWORD) >= 0;
}

/** The text with `***` for whatever could be a password in it. */
export function maskPassword(text: string): string {
  return text
    .replace(LOGIN_PASSWORD, '$1:***@')
    .replace(NAMED_PASSWORD, '$1=***')
    .replace(/([?&][^=&?]{1,40})=[^&]*/gu, (whole: string, name: string) =>
      isParameter(name.slice(1)) ? whole : `${name}=***`,
    );
}

/** The URL without the password in it, otherwise as it was written. */
export function withoutPassword(url: string): string {
  return url
    .replace(/^([^:]*:\/\/[^@/:]*):[^@/]*@/u, '$1@')
    .replace(/([?&])password=[^&]*(&|$)/gu, (_, before: string, after: string) => (after === '&' ? before : ''));
}

function isParameter(name: string): name is ConnectionParameter {
  return PARAMETERS.some((parameter) => parameter === name);
}

function percentDecoded(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return /\p{Cc}/u.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
