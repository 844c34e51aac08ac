import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './docs/pages.ts';
import { printSampleRun } from './docs/sample-run.ts';
import { terminalPicture } from './docs/terminal-picture.ts';

/** Makes docs/images/run.svg from what a run over the bundled sample prints: `npm run pictures`. */
await mkdir(join(ROOT, 'docs', 'images'), { recursive: true });
const picture = terminalPicture('What a run over the bundled sample prints', printSampleRun());
await writeFile(join(ROOT, 'docs', 'images', 'run.svg'), picture);
console.log('docs/images/run.svg was made');
