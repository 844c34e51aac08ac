import type { LoadedConfig } from './load-config.ts';

/** What is allowed but probably not meant, in a sentence; for commands that need no server but for their engine. */
export function unusedConnectionWarnings({ config, origins }: LoadedConfig): string[] {
  const { engine, connection } = config;
  // A connection in the environment or a file may be meant for other commands.
  if (engine === 'postgres' || connection === null || origins.connection.kind !== 'flag') return [];
  return [`connection is set, but the engine is ${engine}, which does not use it: add --engine postgres`];
}
