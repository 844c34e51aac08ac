import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Chromium of the npm package, unpacked. */
    readonly chromiumPath: string;
  }
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILT = join(ROOT, 'dist/dashboard/index.html');

/** Builds the web app where it is older than its sources, and unpacks the browser, once for all workers. */
export async function setup(project: TestProject): Promise<void> {
  if (isStale()) {
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const config = join(ROOT, 'dashboard/vite.config.ts');
    execFileSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      stdio: 'inherit',
      // Vitest's own, which would give the development build of React.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  }
  project.provide('chromiumPath', await chromium.executablePath());
}

function isStale(): boolean {
  const builtAt = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['dashboard/**/*.{ts,tsx,css,html}', 'package-lock.json'], { cwd: ROOT });
  return sources.some((path) => statSync(join(ROOT, path)).mtimeMs > builtAt);
}
