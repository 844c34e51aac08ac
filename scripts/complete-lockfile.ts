import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Adds to package-lock.json the optional packages for other platforms that a registry mirror did not have at the time of
 * `npm install`. npm leaves them out then, and `npm ci` refuses the lockfile. They are only ever fetched on the
 * platform that their name says. Run after every change of dependencies.
 */
interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
  'wasm32',
  'win32',
  'windows',
];
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];

function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(path, 'utf8'));

const added: string[] = [];
for (const [ownerPath, owner] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(owner.optionalDependencies ?? {})) {
    const version = range.replace(/^\^/, '');
    // Another owner's version at the top leaves this one its own place below its owner.
    const other = lock.packages[`node_modules/${name}`]?.version;
    const isElsewhere = other !== undefined && /^\d/.test(version) && majorOf(other) !== majorOf(version);
    const key = `${isElsewhere ? `${ownerPath}/` : ''}node_modules/${name}`;
    const words = name.split(/[/_-]/);
    const system = SYSTEMS.find((candidate) => words.includes(candidate));
    if (lock.packages[key] !== undefined || system === undefined || !/^\d/.test(version)) continue;
    const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
    const processor = PROCESSORS.find((candidate) => words.includes(candidate));
    lock.packages[key] = {
      version,
      ...(owner.dev === true ? { dev: true } : {}),
      ...(processor === undefined ? {} : { cpu: [processor] }),
      optional: true,
      ...(system === 'wasm32' ? {} : { os: [system === 'windows' ? 'win32' : system] }),
      ...(libc === undefined ? {} : { libc: [libc] }),
    };
    added.push(`${name}@${version}`);
  }
}
const { '': root, ...others } = lock.packages;
const sorted = Object.fromEntries(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1)));
lock.packages = { ...(root === undefined ? {} : { '': root }), ...sorted };
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'the lockfile is complete' : `added ${added.join(', ')}`);
