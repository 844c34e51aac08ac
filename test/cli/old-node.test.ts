import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BIN } from '../support/run-cli.ts';

/** The PATH of somebody who has not got this repository's own Node in it. */
const path = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

const version = spawnSync('node', ['--version'], { env: { PATH: path } }).stdout?.toString() ?? '';
const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
const isOld = version !== '' && (major < 22 || (major === 22 && minor < 18));
const isBundled = existsSync(fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url)));
const note = !isOld
  ? ` (skipped: the system's node is ${version.trim() || 'not there'})`
  : isBundled
    ? ''
    : ' (skipped: the npm package node is not installed)';

test.skipIf(!isOld || !isBundled)(
  `an older Node hands over to the bundled one, with exit code and arguments${note}`,
  () => {
    const run = (...args: readonly string[]) =>
      spawnSync('node', [BIN, ...args], { env: { PATH: path }, encoding: 'utf8' });
    expect(run('--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    expect(run('run', 'a b.csv')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: a b\.csv does not exist/),
    });
  },
);
