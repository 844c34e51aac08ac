import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFigure } from '../../src/analytics/published/published-figure.ts';
import { publishedFigures } from '../../src/analytics/published/published-figures.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { verifyCommand } from '../../src/cli/verify-command.ts';
import { verifyText } from '../../src/cli/verify-text.ts';
import { runVerify } from '../../src/selftest/verify/verify.ts';
import { makeCliFolder, onlyObject } from '../support/run-cli.ts';
import { sharedFile } from '../support/shared-data.ts';
import { openSandbox } from './isolation.ts';

const sample = sharedFile('cdnow_sample_10pct.csv');
const master = sharedFile('cdnow_master.csv');
const isMissing = sample.isMissing || master.isMissing;

/** The command in this process, over a table of figures of one's own. */
async function runCommand(figures: typeof publishedFigures, ...args: readonly string[]) {
  await using box = await openSandbox();
  const printed: string[] = [];
  const exitCodes: number[] = [];
  const stream = (texts: string[]) => ({
    write: async (text: string) => void texts.push(text),
    ...{ isTerminal: false, width: undefined, hasColor: false },
  });
  const context: CliContext = {
    ...{ effects: box.effects, stdout: stream(printed), stderr: stream([]) },
    ...{ openStdin: () => process.stdin, stderrStream: process.stderr, signal: new AbortController().signal },
  };
  await verifyCommand(context, (code) => void exitCodes.push(code), figures).parseAsync([...args], { from: 'user' });
  return { stdout: printed.join(''), exitCodes };
}

describe('without files', () => {
  test('verify prints single evaluations and recovered simulations, ends with 0 and leaves nothing behind', async () => {
    await using folder = await makeCliFolder();
    const { code, stdout, stderr } = await folder.run('verify');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^BG\/NBD P\(alive\), x 26 +0\.96885 +0\.968851 +\+1\.3e-6 +yes +\[\d+\]$/m);
    expect(stdout).toMatch(/^Pareto\/NBD +1 to 5 +[45] of 5 seeds +\d\d\.\d % +yes$/m);
    expect(stdout).toMatch(/^Everything agrees: 12 of 12 figures, 6 of 6 models recovered/m);
    expect(stderr).toMatch(/^simulating and recovering NBD$/m);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('a figure planted wrong in its last digit is marked and ends with exit code 1, in the JSON too', async () => {
    const [first, ...others] = publishedFigures.single;
    if (first === undefined) throw new Error('no figures');
    const wrong = { ...first, printed: first.printed + 10 ** -first.decimals };
    const figures = { single: [wrong, ...others], cdnow: [] };
    const { stdout, exitCodes } = await runCommand(figures, '--json', '--seed', '7');
    expect(exitCodes).toEqual([1]);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ status: 'differs', withCdnow: false, logLikelihoods: [] });
    expect(result.figures).toHaveLength(12);
    expect(result.figures[0]).toEqual({
      ...{ item: first.item, source: first.source, paper: 100.7958, decimals: 4, agreement: 'different' },
      ours: expect.closeTo(100.7957, 4),
      difference: expect.closeTo(-0.000107, 6),
      tolerance: expect.closeTo(0.00005, 9),
    });
    expect(result.figures.slice(1).map(({ agreement }: { agreement: string }) => agreement)).not.toContain('different');
    expect(result.recovery[0]).toEqual({
      ...{ model: 'NBD', seeds: [7, 8, 9, 10, 11], required: 4, passed: true },
      recovered: expect.any(Number),
      coverage: expect.closeTo(0.8, 1),
    });
    const text = verifyText(result, undefined);
    expect(text).toMatch(/ NO +\[1\]$/m);
    expect(text).toMatch(/^NOT everything agrees: 11 of 12 figures/m);
  });

  test('cancelled, it ends with the cancellation', async () => {
    const controller = new AbortController();
    const ended = runVerify({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(ended).rejects.toThrow('cancelled');
  });
});

test('a computation without a finite number differs, and the table says that there is none', () => {
  const broken = { item: 'x', source: 'y', printed: 1, decimals: 0, compute: () => Number.NaN };
  const figure = compareFigure(broken, undefined);
  expect(figure).toMatchObject({ ours: null, difference: null, agreement: 'different' });
  const nothing = { logLikelihoods: [], recovery: [], withCdnow: false, durationSeconds: 1 };
  expect(verifyText({ ...nothing, status: 'differs', figures: [figure] }, undefined)).toMatch(
    /^x +1 +none +NO +\[1\]$/m,
  );
});

test('wrong usage and missing files are said by name, with exit code 2', async () => {
  await using folder = await makeCliFolder();
  await mkdir(join(folder.path, 'half'));
  await writeFile(join(folder.path, 'half', 'cdnow_sample_10pct.csv'), '');
  expect(await folder.run('verify', '--cdnow', 'half')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /error: cdnow_master\.csv not found in .*half\n.*cdnow_sample_10pct\.csv and cdnow_master\.csv/,
    ),
  });
  const here = (...args: readonly string[]) => runCommand(publishedFigures, ...args);
  await expect(here('--cdnow', 'nowhere')).rejects.toThrow(/nowhere is not there$/);
  await expect(here('--cdnow', 'half', '--seed', '3')).rejects.toThrow('--seed has no meaning with --cdnow');
  await expect(here('--seed', '4294967296')).rejects.toThrow('"4294967296" is too large for --seed');
  await expect(here('--seed', '1.5')).rejects.toThrow('"1.5" is not a number for --seed');
});

test.skipIf(isMissing)(
  `with the files of CDNOW all published figures agree, the headline of 2005 too${sample.note}${master.note}`,
  async () => {
    await using box = await openSandbox();
    await using folder = await makeCliFolder({ TMPDIR: box.temp, NODE_DISABLE_COMPILE_CACHE: '1' });
    const result = await folder.run('verify', '--cdnow', dirname(sample.path), '--json');
    expect(result.code).toBe(0);
    const { status, figures, logLikelihoods, recovery } = onlyObject(result);
    expect({ status, recovery }).toEqual({ status: 'agrees', recovery: [] });
    expect(figures).toHaveLength(publishedFigures.cdnow.length + publishedFigures.single.length);
    expect(figures).toContainEqual(
      expect.objectContaining({
        ...{ item: 'value of the full cohort, $', paper: 1_100_000, ours: expect.closeTo(1_100_623, -1) },
      }),
    );
    expect(figures).toContainEqual(
      expect.objectContaining({ item: 'BG/NBD b', paper: 2.4258881, agreement: 'allowed', why: expect.any(String) }),
    );
    expect(logLikelihoods).toEqual([
      {
        ...{ model: 'BG/NBD', isAsHigh: true },
        ...{ ours: expect.closeTo(-9582.4292, 4), paper: expect.closeTo(-9582.4292, 4) },
      },
    ]);
    expect(result.stderr).toContain('loading cdnow_master.csv\n');
    expect(await readdir(folder.path)).toEqual([]);
    expect(await readdir(box.temp)).toEqual([]);
  },
);
