import pg from 'pg';
import { engineSettings } from './test-database.ts';

/** The rows of statements by somebody with all rights on the database of a shop; `{p}` stands for the prefix of its schemas. */
export async function asAdministrator(folder: string, sql: string): Promise<Record<string, unknown>[]> {
  const settings = engineSettings(folder);
  if (settings.engine !== 'postgres') throw new Error('this shop is in no database');
  const client = new pg.Client({ connectionString: settings.connection });
  await client.connect();
  try {
    const answer: unknown = await client.query(sql.replaceAll('{p}', settings.schemaPrefix));
    const last: { rows: Record<string, unknown>[] } = Array.isArray(answer) ? answer.at(-1) : answer;
    return last.rows;
  } finally {
    await client.end();
  }
}
