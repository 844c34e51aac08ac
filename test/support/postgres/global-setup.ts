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
/** In Turkish `lower('I')` is not `i`, and texts sort as in a dictionary. */
const TURKISH = ['--locale-provider=icu', '--icu-locale=tr-TR'];

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const settings = { ...UNUSUAL, max_connections: '200' };
  const server = await PostgresServer.create(18, { settings, initdb: TURKISH });
  project.provide('postgresUrl', server.url());
  return () => server[Symbol.asyncDispose]();
}
