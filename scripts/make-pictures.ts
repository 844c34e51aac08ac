import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { takeDashboardPictures } from './docs/dashboard-pictures.ts';
import { ROOT } from './docs/pages.ts';
import { printSampleRun } from './docs/sample-run.ts';
import { terminalPicture } from './docs/terminal-picture.ts';

const titles = {
  run: 'What a run over the bundled sample prints',
  explain: 'What is said of one customer of the bundled sample',
} as const;

/** Makes the pictures of docs/images from what the program prints and shows for the bundled sample: `npm run pictures`. */
await mkdir(join(ROOT, 'docs', 'images'), { recursive: true });
const outputs = printSampleRun();
for (const name of ['run', 'explain'] as const) {
  await writeFile(join(ROOT, 'docs', 'images', `${name}.svg`), terminalPicture(titles[name], outputs[name]));
  console.log(`docs/images/${name}.svg was made`);
}
for (const file of await takeDashboardPictures(join(ROOT, 'docs', 'images'))) {
  console.log(`${relative(ROOT, file)} was made`);
}
