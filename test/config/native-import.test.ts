import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { shopFolder } from './shop-folder.ts';

const LOAD_CONFIG = join(import.meta.dirname, '../../src/config/load-config.ts');
const SCRIPT = `
const { loadConfig } = await import(process.argv[1]);
try {
  const { config } = await loadConfig({ env: {}, cwd: process.argv[2] });
  console.log(JSON.stringify(config.lostDays));
} catch (error) {
  console.log(JSON.stringify([error.name, error.message, ...error.remedy]));
}`;

/** Outside the test runner, which has its own way with TypeScript. */
async function loadedByNode(folder: string): Promise<{ result: unknown; stderr: string }> {
  const args = ['--input-type=module', '-e', SCRIPT, LOAD_CONFIG, folder];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  return { result: JSON.parse(stdout), stderr };
}

it('a TypeScript config is run by plain Node, without a warning', async () => {
  await using shop = await shopFolder({ 'pipeline.config.ts': 'export default { lostDays: 420 satisfies number };\n' });
  expect(await loadedByNode(shop.path)).toEqual({ result: 420, stderr: '' });
});

it('an enum in a TypeScript config is refused with its line and what to do', async () => {
  await using shop = await shopFolder({ 'pipeline.config.ts': 'const a = 1;\n\nenum B { C }\nexport default {};\n' });
  const { result } = await loadedByNode(shop.path);
  expect(result).toEqual([
    'UsageError',
    expect.stringMatching(/pipeline\.config\.ts, line 3, cannot be loaded: .*enum/),
    expect.stringContaining('use no enum'),
  ]);
});

it('a syntax error in a JavaScript config is named, with the command that shows its line', async () => {
  await using shop = await shopFolder({ 'pipeline.config.mjs': 'const a = ;\nexport default {};\n' });
  const { result } = await loadedByNode(shop.path);
  expect(result).toEqual([
    'UsageError',
    expect.stringMatching(/pipeline\.config\.mjs cannot be loaded: Unexpected token ';'/),
    expect.stringMatching(/^node --check ".*pipeline\.config\.mjs" shows the line$/),
  ]);
});
