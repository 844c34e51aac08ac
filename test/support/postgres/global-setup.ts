import type { TestProject } from 'vitest/node';
import { PostgresServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a server of the newest version that the tests of one vitest process share. */
    readonly postgresUrl: string;
  }
}

/** A server whose defaults are not those of most, so that what relies on them is found. */
const UNUSUAL = { timezone: 'Asia/Kathmandu', datestyle: 'SQL, DMY', extra_float_digits: '0' };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await PostgresServer.create(18, { settings: { ...UNUSUAL, max_connections: '200' } });
  project.provide('postgresUrl', server.url());
  return () => server[Symbol.asyncDispose]();
}
