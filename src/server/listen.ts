import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RunError } from '../errors.ts';

/** Bounds on what one client may take: slow or huge requests, many connections. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1_024,
};
const MOST_CONNECTIONS = 256;
const MOST_HEADERS = 100;

/** How many ports after the usual one are tried. */
const PORTS_TO_TRY = 50;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Whether a port that is taken is passed over. */
  readonly isPortFree: boolean;
}

/** Listens; resolves when connections are taken. @throws RunError when it cannot. */
export async function listen(handle: RequestListener, { host, port, isPortFree }: ListenOptions): Promise<Server> {
  const server = createServer(LIMITS, handle);
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  // Half of a pipeline of requests may have gone wrong: nothing more is read.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  for (let tried = port; ; tried += 1) {
    try {
      await listenOnce(server, host, tried);
      return server;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE' && isPortFree && tried < Math.min(port + PORTS_TO_TRY, 65_535)) continue;
      throw unable(error, host, tried);
    }
  }
}

export function portOf(server: Server): number {
  const address = server.address() as AddressInfo;
  return address.port;
}

function listenOnce(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function unable(cause: unknown, host: string, port: number): RunError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason = code === 'EADDRINUSE' ? 'it is taken' : cause instanceof Error ? cause.message : String(cause);
  return new RunError(`the server cannot listen on ${host}, port ${port}: ${reason}`, {
    cause,
    remedy: 'choose another one with --port, or leave it out: then the next free one is taken',
  });
}
