import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import type { EngineName } from './src/engines/engine.ts';
import { engineTestFiles, POSTGRES_ONLY } from './test/support/engine-test-files.ts';
import { chosenEngines } from './test/support/engines.ts';
import { SkipReporter } from './test/support/skip-reporter.ts';

const projects: Readonly<Record<EngineName, () => TestProjectConfiguration>> = {
  duckdb: () => ({
    extends: true,
    test: { name: 'duckdb', include: ['test/**/*.test.ts'], exclude: ['test/slow/**', ...POSTGRES_ONLY] },
  }),
  postgres: () => ({
    extends: true,
    test: {
      name: 'postgres',
      include: [...engineTestFiles(), ...POSTGRES_ONLY],
      globalSetup: ['test/support/postgres/global-setup.ts'],
      setupFiles: ['test/support/postgres/worker-setup.ts'],
    },
  }),
};

export default defineConfig({
  test: {
    projects: chosenEngines(process.env.ENGINES).map((engine) => projects[engine]()),
    reporters: ['default', new SkipReporter()],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
