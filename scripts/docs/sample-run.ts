import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './pages.ts';

/** What a run over the bundled sample prints, in a folder called ~/shop, with the command before it. */
export function printSampleRun(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'picture-')));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'bin', 'marketing-pipeline.js'), 'run'],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
    );
    if (status !== 0) throw new Error(`the run over the sample failed: ${stderr}`);
    return `$ npx marketing-pipeline run\n${stdout.replaceAll(folder, '~/shop')}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
