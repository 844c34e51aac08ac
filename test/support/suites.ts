import type { TestProjectConfiguration, ViteUserConfig } from 'vitest/config';
import type { EngineName } from '../../src/engines/engine.ts';
import { engineTestFiles, POSTGRES_ONLY } from './engine-test-files.ts';
import { chosenEngines } from './engines.ts';
import { SkipReporter } from './skip-reporter.ts';

/** `quick` is what `npm test` runs, in a few minutes; `long` is all the rest but the slow tests, which have no upper bound. */
export type Suite = 'quick' | 'long';

const LONG = 'test/**/*.long.test.ts';

/** What shows in a minute that PostgreSQL gives the same figures; its other tests are part of the long suite. */
const QUICK_ON_POSTGRES = ['test/models/golden-hec.test.ts', 'test/project/portable-on-postgres.test.ts'];

interface Files {
  readonly include: string[];
  readonly exclude: string[];
}

const FILES: Readonly<Record<EngineName, Readonly<Record<Suite, () => Files>>>> = {
  duckdb: {
    quick: () => ({ include: ['test/**/*.test.ts'], exclude: ['test/slow/**', ...POSTGRES_ONLY, LONG] }),
    long: () => ({ include: [LONG], exclude: [] }),
  },
  postgres: {
    quick: () => ({ include: QUICK_ON_POSTGRES, exclude: [] }),
    long: () => ({ include: [...engineTestFiles(), ...POSTGRES_ONLY], exclude: QUICK_ON_POSTGRES }),
  },
};

/** The test files of a suite on an engine, as patterns from the root of the repository. */
export function suiteFiles(engine: EngineName, suite: Suite): Files {
  return FILES[engine][suite]();
}

function project(engine: EngineName, suite: Suite): TestProjectConfiguration {
  const browser = 'test/support/browser/global-setup.ts';
  const server = {
    globalSetup: [browser, 'test/support/postgres/global-setup.ts'],
    setupFiles: ['test/support/postgres/worker-setup.ts'],
  };
  return {
    extends: true,
    test: {
      name: engine,
      ...suiteFiles(engine, suite),
      ...(engine === 'postgres' ? server : { globalSetup: [browser] }),
    },
  };
}

/** The configuration of a suite, on the engines that the variable ENGINES names; without it, on all. */
export function suiteConfig(suite: Suite): ViteUserConfig {
  return {
    test: {
      projects: chosenEngines(process.env.ENGINES).map((engine) => project(engine, suite)),
      reporters: ['default', new SkipReporter()],
      testTimeout: 300_000,
      hookTimeout: 300_000,
      pool: 'forks',
      maxWorkers: 2,
    },
  };
}
