import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Effects } from '../effects.ts';
import { InputError } from '../errors.ts';

/** What Chromium and its relatives are called on a PATH. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chrome-headless-shell',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
  'brave-browser',
];

/** Where they are where they are not on the PATH. */
const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((folder) => [
    `%${folder}%\\Google\\Chrome\\Application\\chrome.exe`,
    `%${folder}%\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
};

/**
 * The browser that prints: the one that is named, else that of the variable CHROME_PATH, else one that is found.
 * @throws InputError when there is none.
 */
export async function findBrowser(
  named: string | undefined,
  { env, cwd }: Pick<Effects, 'env' | 'cwd'>,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  const asked = named ?? (env.CHROME_PATH === '' ? undefined : env.CHROME_PATH);
  if (asked !== undefined) {
    const path = isAbsolute(asked) ? asked : resolve(cwd, asked);
    if (await isProgram(path)) return path;
    throw new InputError(`${path} is not a program that can be started`, {
      remedy: `${named === undefined ? 'CHROME_PATH' : '--browser'} names the browser that prints the report: Chromium, Chrome or Edge`,
    });
  }
  const suffix = platform === 'win32' ? '.exe' : '';
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  const usual = (USUAL_PLACES[platform] ?? []).map((path) =>
    path.replace(/%(.+)%/, (_all, name: string) => env[name] ?? ''),
  );
  for (const path of [...onPath, ...usual]) if (await isProgram(path)) return path;
  throw new InputError('no browser is found that could print the report', {
    remedy: [
      'install Chromium, Google Chrome or Microsoft Edge',
      'or say where it is: --browser FILE, or the variable CHROME_PATH',
      'or write the report with --format html and print it from any browser',
    ],
  });
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
