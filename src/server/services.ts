import type { HttpBindings } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { DataSource } from './data-source.ts';
import type { EventHub } from './event-hub.ts';
import type { PublishedData } from './published-data.ts';
import type { QueryDefinition } from './query-definition.ts';
import type { StaticFolder } from './static-folder.ts';
import type { Turnstile } from './turnstile.ts';

/** What the routes share. */
export interface Services {
  readonly source: DataSource;
  readonly data: PublishedData;
  readonly queries: readonly QueryDefinition[];
  /** Where questions wait for their turn. */
  readonly questions: Turnstile;
  /** The same for downloads, which take longer. */
  readonly downloads: Turnstile;
  readonly events: EventHub;
  /** The built web app; undefined until there is one. */
  readonly dashboard: StaticFolder | undefined;
  /** Version of the program. */
  readonly version: string;
  /** A text that nobody has seen before, for style sheets of a page. */
  makeNonce(): string;
}

export interface ServerEnv {
  Bindings: HttpBindings;
}

export type App = OpenAPIHono<ServerEnv>;
export type RequestContext = Context<ServerEnv>;

/** Aborted when the client goes away before it has its answer. */
export function goneSignal({ env: { outgoing } }: RequestContext): AbortSignal {
  const controller = new AbortController();
  const abortIfUnfinished = () => {
    if (!outgoing.writableFinished) controller.abort();
  };
  if (outgoing.closed) abortIfUnfinished();
  else outgoing.once('close', abortIfUnfinished);
  return controller.signal;
}
