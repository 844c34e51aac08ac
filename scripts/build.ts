import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Makes dist/: the sources and code models as JavaScript with types, the SQL models beside them, the web app and the report. */
const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '--project', `${root}tsconfig.build.json`], { stdio: 'inherit' });
cpSync(`${root}models`, `${root}dist/models`, {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});
for (const config of ['vite.config.ts', 'vite.report.config.ts']) {
  const command = [`${root}node_modules/vite/bin/vite.js`, 'build', '--config', `${root}dashboard/${config}`];
  execFileSync(process.execPath, command, { stdio: 'inherit' });
}
