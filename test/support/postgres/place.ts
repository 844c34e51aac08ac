import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../../src/engines/engine.ts';
import type { EngineSettings } from '../../../src/engines/open-engine.ts';
import { makeEngine } from '../small-snapshot.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { dropEngineData, engineSettings, layerSchemas } from './test-database.ts';

/** A data folder whose engine is PostgreSQL, with what a database administrator may do beside it. */
export interface Place {
  readonly folder: string;
  readonly prefix: string;
  readonly url: string;
  /** Another engine over the same place, as another machine would have it. */
  engine(options?: Partial<EngineSettings>): Engine;
  /** A session of somebody else, with all rights. Ended with the test. */
  client(url?: string): Promise<pg.Client>;
  /** The rows of a statement by somebody else; `{p}` stands for the prefix. */
  sql(text: string): Promise<unknown[][]>;
  /** Names of the layer schemas that are there, without the prefix. */
  schemas(): Promise<string[]>;
}

export function openPlace(): Place {
  const folder = temporaryFolder();
  const settings = engineSettings(folder);
  if (settings.engine !== 'postgres') throw new Error('this test belongs to the vitest project postgres');
  const { connection: url, schemaPrefix: prefix } = settings;
  onTestFinished(() => dropEngineData(folder));
  const client = async (to = url) => {
    const session = new pg.Client({ connectionString: to });
    session.on('error', () => undefined);
    await session.connect();
    onTestFinished(() => session.end());
    return session;
  };
  return {
    folder,
    prefix,
    url,
    engine: (options) => makeEngine(folder, options),
    client,
    sql: async (text) => {
      const session = await client();
      const { rows } = await session.query({ text: text.replaceAll('{p}', prefix), rowMode: 'array' });
      return rows;
    },
    schemas: () => layerSchemas(settings),
  };
}
