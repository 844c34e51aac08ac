import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { anchorOf } from '../../scripts/docs/markdown.ts';
import { ROOT, readPages } from '../../scripts/docs/pages.ts';
import { proseOf } from './support.ts';

const pages = await readPages();

test('generated blocks are those that the program gives; bring them up to date with npm run docs', () => {
  for (const { path, text, generated } of pages) expect(text, path).toBe(generated);
  const blocks = pages.flatMap(({ text }) => [...text.matchAll(/<!-- generated: /g)]);
  expect(blocks).toHaveLength(17);
});

test('every command has its section with help, and stands in the table of the README', () => {
  const help = spawnSync(process.execPath, [join(ROOT, 'bin', 'marketing-pipeline.js'), '--help'], {
    encoding: 'utf8',
  });
  const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) .*\S/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help' && name !== 'marketing');
  expect(commands).toContain('run');
  expect(commands.length).toBeGreaterThanOrEqual(13);
  const page = pages.find(({ path }) => path === 'docs/commands.md')?.text ?? '';
  const readme = pages.find(({ path }) => path === 'README.md')?.text ?? '';
  for (const command of commands) {
    expect(page).toContain(`\n## ${command}\n\n\`\`\`text\nUsage: marketing-pipeline ${command} `);
    expect(readme).toContain(`(docs/commands.md#${command})`);
  }
});

const headingsOf = (text: string) =>
  [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

test('links to files and headings lead somewhere', () => {
  const links = pages.flatMap(({ path, text }) =>
    [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ path, target })),
  );
  expect(links.length).toBeGreaterThan(25);
  for (const { path, target } of links.filter((link) => !link.target.startsWith('https://'))) {
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? join(ROOT, path) : resolve(ROOT, dirname(path), file);
    expect(existsSync(found), `${path}: ${target}`).toBe(true);
    if (anchor !== undefined) expect(headingsOf(readFileSync(found, 'utf8')), `${path}: ${target}`).toContain(anchor);
  }
});

test('what the pages name exists: scripts of npm, files, settings', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const { path, text } of pages) {
    for (const [, script = ''] of text.matchAll(/npm run ([a-z:]+)/g)) expect(scripts, path).toHaveProperty(script);
    for (const [, file = ''] of proseOf(text).matchAll(/`((?:src|models|scripts|docs|\.ci)\/[\w./-]*)`/g)) {
      expect(existsSync(join(ROOT, file)), `${path}: ${file}`).toBe(true);
    }
  }
});

const isRepository = existsSync(join(ROOT, '.git'));
const note = isRepository ? '' : ' (skipped: this is not a git repository)';

test.skipIf(!isRepository)(`no file of the project names a folder of somebody's machine${note}`, () => {
  const folders = ['work/(main|shared)', 'root/', 'home/[a-z]', 'Users/[A-Za-z]'].map((folder) => `/${folder}`);
  const machine = new RegExp([...folders, '[A-Z]:.Users'].join('|'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => /\.(ts|mts|js|mjs|json|md|sql|svg|sh|yml)$/.test(file) || file.startsWith('.ci/'))
    .filter((file) => existsSync(join(ROOT, file)));
  expect(files.length).toBeGreaterThan(200);
  const naming = files.filter((file) => machine.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(naming).toEqual([]);
});
