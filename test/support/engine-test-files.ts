import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Opened by these, a pipeline or an engine is that of the vitest project. */
const BY_ENGINE = /\b(openShop|makeEngine|openCliShop|makeCrashSite)\b|\/whole-run\.ts'/;

/** Tests of what only PostgreSQL has. */
export const POSTGRES_ONLY = ['test/engines/postgres/**/*.test.ts', 'test/**/*-on-postgres.test.ts'];

/** Tests that run once for each engine, as paths from the root of the repository: a new one need not be listed. */
export function engineTestFiles(): string[] {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  return globSync('test/**/*.test.ts', { cwd, exclude: ['test/slow/**', ...POSTGRES_ONLY] })
    .filter((path) => BY_ENGINE.test(readFileSync(join(cwd, path), 'utf8')))
    .sort();
}
