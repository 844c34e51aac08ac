import { UsageError } from '../../errors.ts';

/** The packages that speak to a server. Not installed with the pipeline, because DuckDB needs none of them. */
const INSTALL = 'npm install pg pg-copy-streams pg-cursor';

/** The client library. @throws UsageError when it is not installed. */
export function loadPg(): Promise<typeof import('pg')> {
  return loaded('pg', () => import('pg'));
}

/** Streams of COPY. @throws UsageError when the package is not installed. */
export function loadCopyStreams(): Promise<typeof import('pg-copy-streams')> {
  return loaded('pg-copy-streams', () => import('pg-copy-streams'));
}

/** Cursors, for results that do not fit into memory. @throws UsageError when the package is not installed. */
export async function loadCursor(): Promise<typeof import('pg-cursor')> {
  const module: { default?: typeof import('pg-cursor') } = await loaded('pg-cursor', () => import('pg-cursor'));
  if (module.default === undefined) throw new Error('the package pg-cursor exports no cursor');
  return module.default;
}

async function loaded<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw cause;
    throw new UsageError(`PostgreSQL needs the package ${name}, which is not installed`, {
      remedy: INSTALL,
      cause,
    });
  }
}
