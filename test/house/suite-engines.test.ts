import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { engineTestFiles, POSTGRES_ONLY } from '../support/engine-test-files.ts';
import { chosenEngines, DATABASE_VARIABLE, TEST_ENGINES } from '../support/engines.ts';
import { notYetOn, onlyOn } from '../support/on-engines.ts';
import { suiteFiles } from '../support/suites.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const VITEST = pathOf('../../node_modules/vitest/vitest.mjs');

describe('the engines that the suite runs on', () => {
  test.each([
    [undefined, ['duckdb', 'postgres']],
    ['', ['duckdb', 'postgres']],
    ['postgres', ['postgres']],
    [' postgres , duckdb,', ['duckdb', 'postgres']],
  ])('ENGINES=%s', (text, expected) => {
    expect(chosenEngines(text)).toEqual(expected);
  });

  test('a name that is no engine is an error that lists the known ones', () => {
    expect(() => chosenEngines('duckdb,postgre')).toThrow(
      'ENGINES names "postgre", which is not an engine (did you mean "postgres"?); known are duckdb, postgres',
    );
  });

  test('files of tests that open a pipeline or an engine run on each, without being listed', () => {
    const files = engineTestFiles();
    expect(files).toEqual(expect.arrayContaining(['test/engines/reader.test.ts', 'test/models/golden-hec.test.ts']));
    expect(files.filter((path) => /^test\/(slow|engines\/postgres)\/|-on-postgres\.test\.ts$/.test(path))).toEqual([]);
    expect(files).not.toContain('test/project/graph.test.ts');
  });

  test('each test file is part of one suite on each engine that it is for', () => {
    const cwd = pathOf('../../');
    const found = ({ include, exclude }: { include: string[]; exclude: string[] }) =>
      globSync(include, { cwd, exclude }).sort();
    for (const engine of TEST_ENGINES) {
      const [quick, long] = [found(suiteFiles(engine, 'quick')), found(suiteFiles(engine, 'long'))];
      expect(quick.filter((path) => long.includes(path)).join(), engine).toBe('');
      const all = globSync('test/**/*.test.ts', { cwd, exclude: ['test/slow/**'] });
      const own = globSync(POSTGRES_ONLY, { cwd });
      const expected =
        engine === 'postgres' ? [...engineTestFiles(), ...own] : all.filter((path) => !own.includes(path));
      expect([...quick, ...long].sort(), engine).toEqual(expected.sort());
    }
  });
});

const CASES = `
import { ${notYetOn.name}, ${onlyOn.name} } from ${JSON.stringify(pathOf('../support/on-engines.ts'))};
const fail = () => { throw new Error('broken'); };
onlyOn('duckdb', 'layers are files')('only and passes', () => {});
onlyOn('duckdb', 'layers are files')('only and fails', fail);
notYetOn('postgres', 'it cannot fly')('not yet and fails', fail);
notYetOn('postgres', 'it cannot fly')('not yet and passes', async () => {});
`;

interface Report {
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the cases as a project of that engine would: the outcome of each, and what was printed. */
async function runCases(environment: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const output = join(folder, 'report.json');
  const reporter = JSON.stringify(pathOf('../support/skip-reporter.ts'));
  await writeFile(join(folder, 'cases.test.ts'), CASES);
  await writeFile(
    join(folder, 'vitest.config.ts'),
    `import { SkipReporter } from ${reporter};
     const reporters = ['json', new SkipReporter()];
     export default { test: { name: 'cases', reporters, outputFile: ${JSON.stringify(output)} } };`,
  );
  const run = promisify(execFile)(process.execPath, [VITEST, 'run', '--root', folder], {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...environment },
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const outcomes = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages: [message = ''] }) => {
      return `${title}: ${status} ${message.split('\n')[0]}`.trim();
    }),
  );
  return { outcomes, stdout };
}

describe('a test that is not for every engine', () => {
  test('runs where it is meant to', async () => {
    const { outcomes, stdout } = await runCases({});
    expect(outcomes).toEqual([
      'only and passes: passed',
      'only and fails: failed Error: broken',
      'not yet and fails: failed Error: broken',
      'not yet and passes: passed',
    ]);
    expect(stdout).not.toContain('Skipped tests');
  });

  test('is skipped elsewhere with its reason, which is printed, and fails once it need not be', async () => {
    const { outcomes, stdout } = await runCases({ [DATABASE_VARIABLE]: 'postgres://postgres@127.0.0.1:1/none' });
    expect(outcomes).toEqual([
      'only and passes: skipped',
      'only and fails: skipped',
      'not yet and fails: skipped',
      'not yet and passes: failed Error: passes on postgres: notYetOn (it cannot fly) is no longer needed',
    ]);
    expect(stdout).toContain(
      [
        'Skipped tests:',
        '  1 x [cases] not yet on postgres: it cannot fly',
        '  2 x [cases] only on duckdb: layers are files',
      ].join('\n'),
    );
  });
});
