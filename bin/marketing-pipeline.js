#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it and hand over to the newer one that the repository brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const REQUIRED = '22.18';
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  nodeModule.enableCompileCache?.();
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const built = new URL('../dist/src/cli/main.js', import.meta.url);
  const { start } = await import((existsSync(source) ? source : built).href);
  await start();
} else {
  const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(bundled)) {
    const script = fileURLToPath(import.meta.url);
    const child = spawn(bundled, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code) => process.exit(code ?? 1));
  } else {
    console.error(`error: Node ${process.versions.node} is too old for marketing-pipeline
  - install Node ${REQUIRED} or newer`);
    process.exitCode = 2;
  }
}
