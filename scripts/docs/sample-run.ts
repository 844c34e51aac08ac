import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './pages.ts';

/** The first customer of the bundled sample. */
export const SAMPLE_CUSTOMER = '285162';

export interface SampleOutputs {
  readonly run: string;
  /** Of the sample's first customer. */
  readonly explain: string;
}

/** What a run over the bundled sample prints and what it says of a customer, in a folder called ~/shop, with the commands before it. */
export function printSampleRun(): SampleOutputs {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'picture-')));
  try {
    const print = (...args: string[]): string => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(ROOT, 'bin', 'marketing-pipeline.js'), ...args],
        { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
      );
      if (status !== 0) throw new Error(`${args.join(' ')} failed on the sample: ${stderr}`);
      return `$ npx marketing-pipeline ${args.join(' ')}\n${stdout.replaceAll(folder, '~/shop')}`;
    };
    return { run: print('run'), explain: print('explain', SAMPLE_CUSTOMER) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
