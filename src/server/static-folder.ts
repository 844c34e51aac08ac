import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Names of devices, which Windows opens whatever folder they seem to be in. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

export interface StaticFile {
  readonly contentType: string;
  readonly content: Buffer;
}

/** Files of one folder, and nothing outside of it, whatever the address says and links lead to. */
export class StaticFolder {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Undefined where the folder is not there or holds no start page. */
  static async open(folder: string): Promise<StaticFolder | undefined> {
    try {
      const root = await realpath(folder);
      return (await stat(join(root, 'index.html'))).isFile() ? new StaticFolder(root) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The file at a path of an address, as it was sent; undefined where there is none. */
  async find(path: string): Promise<StaticFile | undefined> {
    const parts = partsOf(path);
    if (parts === undefined) return undefined;
    const contentType = TYPES[extname(parts.at(-1) ?? '').toLowerCase()];
    if (contentType === undefined) return undefined;
    try {
      const file = await realpath(resolve(this.#root, ...parts));
      if (!file.startsWith(this.#root + sep) || !(await stat(file)).isFile()) return undefined;
      return { contentType, content: await readFile(file) };
    } catch {
      return undefined;
    }
  }
}

/** The names between the slashes; undefined where one could lead elsewhere or is hidden. */
function partsOf(path: string): string[] | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts = decoded.split('/').slice(1);
  const isSafe = (part: string) => /^[\w@-][\w.@-]*$/.test(part) && !part.endsWith('.') && !DEVICE.test(part);
  return parts.length > 0 && parts.every(isSafe) ? parts : undefined;
}
