import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import { allowedHosts, isLoopback } from './allowed-hosts.ts';
import type { DataSource } from './data-source.ts';
import { type ErrorAnswer, makeReport, type Report } from './error-report.ts';
import { EventHub } from './event-hub.ts';
import { admit, type FrontDoorOptions } from './front-door.ts';
import { listen, portOf } from './listen.ts';
import { makeApp } from './make-app.ts';
import { PublishedData } from './published-data.ts';
import type { QueryDefinition } from './query-definition.ts';
import { namedQueries } from './query-registry.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { ServerLog } from './server-log.ts';
import { SessionToken } from './session-token.ts';
import { StaticFolder } from './static-folder.ts';
import { Turnstile } from './turnstile.ts';

export interface ServeOptions {
  /** 0: any free one. Without it 8787, or the next one that is free. */
  readonly port?: number | undefined;
  /** Address to listen on. Default 127.0.0.1, which only this machine reaches; others need `allowHosts`. */
  readonly host?: string | undefined;
  /** Names and addresses, beside those of this machine, under which browsers may ask for the server. */
  readonly allowHosts?: readonly string[];
}

/** A server under way. */
export interface RunningServer {
  /** With the session token: whoever has it can read the data. */
  readonly url: string;
  readonly port: number;
  /** The session token alone, for scripts: `Authorization: Bearer TOKEN`. */
  readonly token: string;
  /** Whether the web app was built; without it there are plain pages. */
  readonly hasDashboard: boolean;
  /** Ends it; answers under way are broken off. */
  close(): Promise<void>;
}

/** What a server is made of. */
export interface ServerParts {
  readonly source: DataSource;
  readonly effects: Effects;
  readonly dataDir: string;
  /** Folder of the built web app. */
  readonly dashboardDir: string | undefined;
  readonly version: string;
  /** The named queries unless others are given. */
  readonly queries?: readonly QueryDefinition[];
  /** Longest time of a question, in milliseconds. */
  readonly questionMs?: number;
}

const USUAL_PORT = 8_787;
/** Memory and disk that all questions together may take. */
const READ_LIMITS = { memory: '2GB', tempSize: '4GB' };
const QUESTIONS = { width: 4, queue: 200, milliseconds: 30_000 };
const DOWNLOADS = { width: 3, queue: 20, milliseconds: 600_000 };

/** Starts the server. @throws UsageError for an address that others reach without names to allow. */
export async function startServer(parts: ServerParts, options: ServeOptions = {}): Promise<RunningServer> {
  const { source, effects } = parts;
  const { port, host = '127.0.0.1', allowHosts = [] } = options;
  refuseOpenHost(host, allowHosts);
  const hosts = allowedHosts(allowHosts);
  const token = new SessionToken(effects);
  const log = new ServerLog(join(parts.dataDir, 'logs', 'server.log'), effects);
  const report = makeReport(log, effects);
  const data = new PublishedData(source, READ_LIMITS, effects);
  const events = new EventHub(data, source);
  const dashboard = parts.dashboardDir === undefined ? undefined : await StaticFolder.open(parts.dashboardDir);
  const app = makeApp(
    {
      source,
      data,
      events,
      queries: parts.queries ?? namedQueries,
      questions: new Turnstile({ ...QUESTIONS, milliseconds: parts.questionMs ?? QUESTIONS.milliseconds }),
      downloads: new Turnstile(DOWNLOADS),
      dashboard,
      version: parts.version,
      makeNonce: () => Buffer.from(effects.randomBytes(16)).toString('base64url'),
    },
    report,
  );
  // The first page need not wait for the snapshot to be opened.
  void data.manifest().catch(() => undefined);
  const door = { hosts, token, cookieName: '' };
  const server = await listen(guarded(door, report, getRequestListener(app.fetch)), {
    host,
    port: port ?? USUAL_PORT,
    isPortFree: port === undefined,
  });
  const actualPort = portOf(server);
  door.cookieName = `marketing-pipeline-${actualPort}`;
  const shownHost = isLoopback(host) ? host : (allowHosts[0] ?? host);
  const urlHost = shownHost.includes(':') ? `[${shownHost}]` : shownHost;
  return {
    url: `http://${urlHost}:${actualPort}/?token=${token.text}`,
    port: actualPort,
    token: token.text,
    hasDashboard: dashboard !== undefined,
    close: async () => {
      events.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await data.close();
      await log.close();
    },
  };
}

function refuseOpenHost(host: string, allowHosts: readonly string[]): void {
  if (isLoopback(host) || allowHosts.length > 0) return;
  throw new UsageError(`other machines could reach ${host}`, {
    remedy:
      'say under which name they ask for it: --allow-host NAME; without --host only this machine reaches the server',
  });
}

/** Every request goes through the front door; every answer has the headers that keep it safe. */
function guarded(door: FrontDoorOptions, report: Report, next: RequestListener): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      const admission = admit(request, door);
      if (admission === undefined) {
        next(request, response);
        return;
      }
      response.writeHead(303, { Location: admission.location, 'Set-Cookie': admission.cookie, 'Content-Length': 0 });
      response.end();
    } catch (error) {
      send(response, report(error, request), request.method === 'HEAD');
    }
  };
}

function send(response: ServerResponse, { status, headers, body }: ErrorAnswer, isHead: boolean): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(isHead ? undefined : body);
}
