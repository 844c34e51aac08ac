import { isIP } from 'node:net';
import { UsageError } from '../errors.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The names under which a browser may ask for the server, in lower case, without port: a page of another site that makes its own name
 * lead here (DNS rebinding) asks for that name. @throws UsageError for a name that is none.
 */
export function allowedHosts(names: readonly string[]): ReadonlySet<string> {
  for (const name of names) {
    if (
      isIP(name) > 0 ||
      /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(name)
    )
      continue;
    throw new UsageError(`"${name}" is not the name of a host`, {
      remedy: 'a name or address without port: --allow-host dashboard.example.com',
    });
  }
  const bracketed = names.map((name) => (isIP(name) === 6 ? `[${name}]` : name).toLowerCase());
  return new Set([...LOOPBACK, ...bracketed]);
}

/** The name in a Host header, without the port; undefined where it is not well formed. */
export function hostName(header: string): string | undefined {
  const [, name] = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?$/.exec(header) ?? [];
  return name?.toLowerCase();
}
