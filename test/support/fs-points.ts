import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** Told the name of a call that changes files, before and after it. Throwing before it makes the call fail. */
export type OnPoint = (when: 'before' | 'after', call: string) => void;

const ASYNC_CALLS = ['mkdir', 'rename', 'rm', 'symlink', 'chmod', 'open'] as const;
const SYNC_CALLS = ['mkdirSync', 'renameSync', 'rmSync', 'chmodSync', 'openSync', 'writeFileSync'] as const;
const HANDLE_CALLS = ['writeFile', 'sync'] as const;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts itself between this process and the calls that change files in a folder: for crashing or failing at the n-th one. To be called in a
 * child process before anything of the pipeline is imported.
 */
export async function watchFileSystem(folder: string, onPoint: OnPoint): Promise<void> {
  // Any handle leads to the prototype that all share; there is no other way to it.
  const handle: FileHandle = await promises.open(process.execPath);
  const prototype: unknown = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ASYNC_CALLS) wrap(promises, name, folder, onPoint);
  for (const name of SYNC_CALLS) wrap(fs, name, folder, onPoint);
  for (const name of HANDLE_CALLS) wrap(prototype, name, folder, onPoint);
  syncBuiltinESMExports();
}

/** The call in words, without what differs from run to run; undefined when it is about a file outside of the folder. */
function labelOf(name: string, args: readonly unknown[], folder: string): string | undefined {
  const texts = args.filter((arg) => typeof arg === 'string');
  const isHandle = HANDLE_CALLS.some((call) => call === name);
  if (!isHandle && !texts.some((text) => text.startsWith(folder))) return undefined;
  const paths = texts.filter((text) => text.startsWith(folder)).map((text) => `.${text.slice(folder.length)}`);
  return [name, ...paths].join(' ').replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, 'RUN');
}

function wrap(owner: unknown, name: string, folder: string, onPoint: OnPoint): void {
  if (typeof owner !== 'object' || owner === null) throw new Error(`no owner of ${name}`);
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`${name} is not a function`);
  const wrapped: Method = function (...args) {
    const label = labelOf(name, args, folder);
    if (label === undefined) return Reflect.apply(original, this, args);
    const isAsync = !name.endsWith('Sync');
    try {
      onPoint('before', label);
    } catch (error) {
      if (isAsync) return Promise.reject(error);
      throw error;
    }
    const result: unknown = Reflect.apply(original, this, args);
    if (result instanceof Promise) {
      return result.then((value: unknown) => {
        onPoint('after', label);
        return value;
      });
    }
    onPoint('after', label);
    return result;
  };
  Reflect.set(owner, name, wrapped);
}
