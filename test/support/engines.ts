import { didYouMean } from '../../src/did-you-mean.ts';
import type { EngineName } from '../../src/engines/engine.ts';

export const TEST_ENGINES: readonly EngineName[] = ['duckdb', 'postgres'];

/** The variable that says which engines the suite runs on: `ENGINES=duckdb,postgres`, which is the default. */
export function chosenEngines(text = ''): readonly EngineName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (!TEST_ENGINES.some((engine) => engine === name)) {
      throw new Error(
        `ENGINES names "${name}", which is not an engine${didYouMean(name, TEST_ENGINES)}; known are ${TEST_ENGINES.join(', ')}`,
      );
    }
  }
  return names.length === 0 ? TEST_ENGINES : TEST_ENGINES.filter((engine) => names.includes(engine));
}

/** Holds the URL of the database for this worker's tests, where they run on PostgreSQL; child processes may be handed it. */
export const DATABASE_VARIABLE = 'TEST_DATABASE_URL';

/** The engine that this test runs on: that of its vitest project. */
export function testEngine(): EngineName {
  return process.env[DATABASE_VARIABLE] === undefined ? 'duckdb' : 'postgres';
}
