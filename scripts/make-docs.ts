import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, readPages } from './docs/pages.ts';

/** Makes the generated blocks of the README and of docs/ anew: `npm run docs`. */
for (const { path, text, generated } of await readPages()) {
  if (generated === text) continue;
  await writeFile(join(ROOT, path), generated);
  console.log(`${path} was brought up to date`);
}
