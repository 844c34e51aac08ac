import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { dataSourceOf } from '../../src/api/data-source-of.ts';
import type { Pipeline } from '../../src/index.ts';
import { type RunningServer, type ServeOptions, type ServerParts, startServer } from '../../src/server/start-server.ts';

/** An answer as it came, whatever it says. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** An answer with rows. */
export interface RowsAnswer {
  readonly snapshot: string;
  readonly asOf: string;
  readonly currency: string;
  readonly columns: readonly { name: string; type: string; description: string | null; unit?: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly page?: { limit: number; offset: number; total: number };
  readonly grades?: readonly { score: string; grade: string; reason: string; horizonDays: number | null }[];
}

/** A server over a shop, on a free port, closed when the test ends. */
export interface ServedShop extends RunningServer {
  /** A request with the token, unless the headers say otherwise. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  /** The rows of an answer of 200; fails the test for any other. */
  rows(path: string): Promise<RowsAnswer>;
  /** A request with exactly these headers; `Host` is added unless given. */
  send(path: string, options: SendOptions): Promise<HttpAnswer>;
}

interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The server of the pipeline; `parts` take the place of what it is made of. */
export async function servePipeline(
  pipeline: Pipeline,
  options: ServeOptions = {},
  parts: Partial<ServerParts> = {},
): Promise<ServedShop> {
  const { config, effects } = pipeline;
  const server = await startServer(
    {
      source: dataSourceOf(pipeline),
      effects,
      dataDir: config.dataDir,
      dashboardDir: undefined,
      version: '0.0.0',
      ...parts,
    },
    { port: 0, ...options },
  );
  const send = (path: string, { method = 'GET', headers = {}, body }: SendOptions) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    send(path, { headers: { Authorization: `Bearer ${server.token}`, ...headers } });
  return {
    ...server,
    send,
    get,
    rows: async (path) => {
      const { status, text } = await get(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return JSON.parse(text);
    },
  };
}

/** The same, closed by itself when the test ends. */
export async function serveForTest(...args: Parameters<typeof servePipeline>): Promise<ServedShop> {
  const server = await servePipeline(...args);
  onTestFinished(() => server.close());
  return server;
}

/** Sends these bytes and gives back all that comes until the connection ends. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    // Not ended here: a server may drop what it has not yet said to a client that has hung up.
    socket.write(bytes);
  });
}

export function problemOf({ text }: HttpAnswer): {
  code: string;
  message: string;
  remedy?: string[];
  parameters?: unknown;
} {
  return JSON.parse(text).error;
}
