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
/** What is built, by the configuration of its build. */
const BUILT = {
  'vite.config.ts': join(ROOT, 'dist/dashboard/index.html'),
  'vite.report.config.ts': join(ROOT, 'dist/report/offline.html'),
};

/** Builds the web app and the report where they are older than their sources, and unpacks the browser, once for all workers. */
export async function setup(project: TestProject): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  for (const [name, built] of Object.entries(BUILT)) {
    if (!isStale(built)) continue;
    const config = join(ROOT, 'dashboard', name);
    execFileSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      stdio: 'inherit',
      // Vitest's own, which would give the development build of React.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  }
  project.provide('chromiumPath', await chromium.executablePath());
}

function isStale(built: string): boolean {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['dashboard/**/*.{ts,tsx,css,html}', 'src/report/*.ts', 'package-lock.json'], { cwd: ROOT });
  return sources.some((path) => statSync(join(ROOT, path)).mtimeMs > builtAt);
}
