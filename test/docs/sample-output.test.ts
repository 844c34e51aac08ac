import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/docs/pages.ts';
import { printSampleRun } from '../../scripts/docs/sample-run.ts';
import { pictureText } from '../../scripts/docs/terminal-picture.ts';
import { pageText, proseOf } from './support.ts';

/**
 * What differs from run to run, and where lines are broken, does not count; nor do the cents of intervals, for fits agree to some nine
 * digits between processors.
 */
function comparable(text: string): string {
  return text
    .replaceAll(/\d+\.\d\d s\b/g, 'TIME')
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, 'SNAPSHOT')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\((\$[\d,]+)\.\d\d to (\$[\d,]+)\.\d\d\)/g, '($1 to $2)')
    .trim();
}

test('the pictures and the figures of the README are what the program prints for the sample; else: npm run pictures', async () => {
  const outputs = printSampleRun();
  for (const [name, printed] of Object.entries(outputs)) {
    const picture = pictureText(readFileSync(join(ROOT, 'docs', 'images', `${name}.svg`), 'utf8'));
    expect(comparable(picture), name).toBe(comparable(printed));
  }
  const output = outputs.run;

  const readme = proseOf(await pageText('README.md')).replace(/<!-- benchmark -->[\s\S]*<!-- benchmark -->/, '');
  const figures =
    readme.match(/\$?\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)? %(?= of the customers)|\b\d+ are rejected/g) ?? [];
  expect(figures).toHaveLength(5);
  const printed = new Set([...output.matchAll(/\$?\d[\d,]*(\.\d+)?/g)].map(([figure]) => figure));
  for (const figure of figures) expect(printed).toContain(figure.replace(/,$/, '').replace(' are rejected', ''));
});
