import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Files of the repository that it imports, types included. */
  readonly imports: readonly string[];
  /** The same without what is erased before it runs. */
  readonly runtimeImports: readonly string[];
}

const IMPORT = /^(?:import|export)\s+(type\s)?[^;'"]*?(?:from\s+)?['"](\.[^'"]+\.ts)['"]/gm;
const LAZY_IMPORT = /import\(\s*['"](\.[^'"]+\.ts)['"]\s*\)/g;

/** The TypeScript files below a folder of the repository, with what they import. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const absolute = join(root, folder, name);
      const text = readFileSync(absolute, 'utf8');
      const target = (specifier: string) => relative(root, resolve(dirname(absolute), specifier)).replaceAll('\\', '/');
      const eager = [...text.matchAll(IMPORT)];
      const lazy = [...text.matchAll(LAZY_IMPORT)].map((match) => target(match[1] ?? ''));
      return {
        path: `${folder}/${name.replaceAll('\\', '/')}`,
        text,
        imports: [...eager.map((match) => target(match[2] ?? '')), ...lazy],
        runtimeImports: [
          ...eager.filter((match) => match[1] === undefined).map((match) => target(match[2] ?? '')),
          ...lazy,
        ],
      };
    });
}
