import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtinModelsDir } from '../../src/api/folders.ts';
import { configKeys } from '../../src/config/schema.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { sourceFiles } from '../support/source-files.ts';

test('every setting is read somewhere: by a model or by the program', async () => {
  const { models } = await loadProject({ builtinDir: builtinModelsDir(), engine: 'duckdb' });
  const texts = [
    ...[...models.values()].map(({ file }) => readFileSync(file, 'utf8')),
    ...sourceFiles('src')
      .filter(({ path }) => !path.startsWith('src/config/'))
      .map(({ text }) => text),
  ];
  const unread = configKeys.filter((key) => !texts.some((text) => new RegExp(`\\b${key}\\b`).test(text)));
  expect(unread).toEqual([]);
});
