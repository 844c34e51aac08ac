import { describe, expect, test } from 'vitest';
import { sortGraph } from '../../src/project/graph.ts';
import { type SourceFile, sourceFiles } from '../support/source-files.ts';

const files = sourceFiles('src');

/** Folders by how far they are from the data; a file imports from its own row or from rows below it. */
const FLOOR: Readonly<Record<string, number>> = {
  cli: 8,
  index: 7,
  api: 6,
  selftest: 6,
  report: 6,
  server: 5,
  run: 5,
  predictions: 4,
  insights: 4,
  quality: 4,
  export: 5,
  ingest: 4,
  project: 3,
  config: 2,
  metadata: 2,
  analytics: 2,
  sample: 2,
  engines: 1,
};

function folderOf(path: string): string {
  const [, first = '', second] = path.split('/');
  return second === undefined ? first.replace(/\.ts$/, '') : first;
}

function floorOf(path: string): number {
  return FLOOR[folderOf(path)] ?? 0;
}

function breaking(rule: (file: SourceFile) => boolean): string[] {
  return files.filter(rule).map(({ path }) => path);
}

describe('the house', () => {
  test('data flows one way: no file imports from a floor above its own', () => {
    const upward = files.flatMap(({ path, imports }) =>
      imports.filter((target) => floorOf(target) > floorOf(path)).map((target) => `${path} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  test('no folder of the sources is unknown to this test', () => {
    const known = new Set([
      ...Object.keys(FLOOR),
      ...files.filter(({ path }) => floorOf(path) === 0).map(({ path }) => folderOf(path)),
    ]);
    const folders = new Set(files.filter(({ path }) => path.split('/').length > 2).map(({ path }) => folderOf(path)));
    expect([...folders].filter((folder) => FLOOR[folder] === undefined)).toEqual([]);
    expect(known.size).toBeGreaterThan(folders.size);
  });

  test('no files import each other in a circle', () => {
    const graph = new Map(
      files.map(({ path, runtimeImports }) => [path, runtimeImports.filter((target) => target.startsWith('src/'))]),
    );
    expect(sortGraph(graph).order).toHaveLength(files.length);
  });

  test('a file is small', () => {
    expect(breaking(({ text }) => text.split('\n').length > 400)).toEqual([]);
  });

  test('files have names in kebab-case', () => {
    expect(breaking(({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path.split('/').at(-1) ?? ''))).toEqual([]);
  });

  test('[M17] clock, randomness and environment are read in one file only', () => {
    const outside = /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env\b|\brandomUUID\(|performance\.now\(/;
    expect(breaking(({ path, text }) => path !== 'src/effects.ts' && outside.test(text))).toEqual([]);
  });

  test('there is no any, and nothing switches a check off', () => {
    expect(
      breaking(({ text }) =>
        /\bas any\b|: any(?= *[,;=)>\]|&}])|@ts-(ignore|expect-error|nocheck)|biome-ignore/.test(text),
      ),
    ).toEqual([]);
  });
});
