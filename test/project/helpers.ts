import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { ProjectError } from '../../src/errors.ts';
import { type EngineName, isPortableName, renderPortable } from '../../src/project/portable.ts';
import { parseTemplate } from '../../src/project/template.ts';

/** A DuckDB in memory that answers with rows of text, as the engine writes it. */
export async function openDuckDb() {
  const instance = await DuckDBInstance.create(':memory:', { autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  return {
    async query(sql: string): Promise<Json[][]> {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    },
    async types(sql: string): Promise<string[]> {
      return (await connection.runAndReadAll(sql)).columnTypes().map(String);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Expands portable calls in SQL. */
export function expandPortable(sql: string, engine: EngineName): string {
  return parseTemplate(sql, 'case.sql')
    .map((segment) => {
      if (segment.kind === 'text') return segment.text;
      if (!isPortableName(segment.name)) throw new Error(`${segment.name} is not portable`);
      return renderPortable(segment.name, segment.args, engine);
    })
    .join('');
}

/** The ProjectError that `action` throws; anything else fails the test. */
export function projectErrorOf(action: () => unknown): ProjectError {
  try {
    action();
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export async function projectErrorOfAsync(action: () => Promise<unknown>): Promise<ProjectError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Writes files into a fresh folder that disappears after `use`. */
export async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
