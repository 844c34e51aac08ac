import type { IncomingMessage } from 'node:http';
import { hostName } from './allowed-hosts.ts';
import { Problem } from './problem.ts';
import type { SessionToken } from './session-token.ts';

export interface FrontDoorOptions {
  readonly hosts: ReadonlySet<string>;
  readonly token: SessionToken;
  /** Differs by port, because browsers share cookies between ports. */
  readonly cookieName: string;
}

/** Where a browser that brought the token in the URL goes on, now with a cookie. */
export interface Admission {
  readonly location: string;
  readonly cookie: string;
}

/**
 * Every request passes here before anything looks at what it asks for. Undefined: it may go on.
 * @throws Problem for a request that may not.
 */
export function admit(request: IncomingMessage, options: FrontDoorOptions): Admission | undefined {
  const path = request.url ?? '';
  refuseOddForm(request, path);
  refuseForeignHost(request, options.hosts);
  refuseOtherSites(request);
  refuseWriting(request);
  return requireToken(request, path, options);
}

function refuseOddForm({ rawHeaders }: IncomingMessage, path: string): void {
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host');
  if (hosts.length !== 1) throw new Problem(400, 'bad-request', 'a request has exactly one Host header');
  if (!path.startsWith('/')) throw new Problem(400, 'bad-request', 'the address begins with a slash');
  // Such a path, given back as an address to go to, would lead to another host; browsers read \ as a slash.
  if (/^\/\/|^[^?]*\\/.test(path)) throw new Problem(404, 'not-found', 'there is nothing at this address');
}

function refuseForeignHost({ headers }: IncomingMessage, hosts: ReadonlySet<string>): void {
  const name = hostName(headers.host ?? '');
  if (name === undefined) throw new Problem(400, 'bad-request', 'the Host header is not well formed');
  if (hosts.has(name)) return;
  throw new Problem(403, 'wrong-host', 'this server is not known under that name', {
    remedy: 'open the address that serve has printed, or allow the name with --allow-host',
  });
}

/** Browsers say from where a request comes; programs do not. */
function refuseOtherSites({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  const isOwnOrigin = origin === undefined || /^https?:\/\/(.*)$/.exec(origin)?.[1] === headers.host;
  if (isOwnSite && isOwnOrigin) return;
  throw new Problem(403, 'cross-site', 'another site may not ask for this', {
    remedy: 'open the address by itself: paste it into the browser',
  });
}

function refuseWriting({ method, headers }: IncomingMessage): void {
  if (method !== 'GET' && method !== 'HEAD') {
    throw new Problem(405, 'method-not-allowed', 'this server only answers GET and HEAD', {
      headers: { Allow: 'GET, HEAD', Connection: 'close' },
    });
  }
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0) {
    throw new Problem(413, 'body-not-allowed', 'a request here has no body', { headers: { Connection: 'close' } });
  }
}

function requireToken(
  { headers }: IncomingMessage,
  path: string,
  { token, cookieName }: FrontDoorOptions,
): Admission | undefined {
  const [pathname = '', query = ''] = path.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  const inQuery = parameters.get('token');
  if (inQuery !== null && token.matches(inQuery)) {
    parameters.delete('token');
    const rest = parameters.size === 0 ? '' : `?${parameters}`;
    return {
      location: `${pathname}${rest}`,
      cookie: `${cookieName}=${token.text}; HttpOnly; SameSite=Strict; Path=/`,
    };
  }
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? cookieOf(headers.cookie ?? '', cookieName);
  if (inQuery === null && given !== undefined && token.matches(given)) return undefined;
  throw new Problem(401, 'no-session', 'the session token is missing or wrong; it is new with each start of serve', {
    remedy: ['open the address that serve has printed', 'in a script send: Authorization: Bearer TOKEN'],
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

function cookieOf(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
