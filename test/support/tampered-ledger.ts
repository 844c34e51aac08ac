import { DatabaseSync } from 'node:sqlite';

/** Changes a ledger as somebody would who knows SQLite: without the triggers that refuse it. */
export function tamper(path: string, ...statements: readonly string[]): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma foreign_keys = off');
    const triggers = database.prepare("select name, sql from sqlite_schema where type = 'trigger'").all();
    for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
    for (const statement of statements) database.exec(statement);
    for (const { sql } of triggers) database.exec(String(sql));
  } finally {
    database.close();
  }
}
