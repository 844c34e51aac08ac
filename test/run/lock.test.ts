import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RunError } from '../../src/errors.ts';
import { acquireLock, type LockInfo, lockHolder, type RunLock } from '../../src/run/lock.ts';

const LOCK_MODULE = JSON.stringify(new URL('../../src/run/lock.ts', import.meta.url).href);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function info(runId: string, pid = process.pid): LockInfo {
  return { runId, command: 'run', pid, host: 'shop-1', startedAt: '2024-03-01T10:00:00.000Z' };
}

function acquire(dataDir: string, runId: string): RunLock {
  const lock = acquireLock(dataDir, info(runId));
  onTestFinished(() => lock.release());
  return lock;
}

function refusalOf(work: () => unknown): RunError {
  try {
    work();
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

/** Says "held" or the refusal, then keeps the lock until its standard input ends. */
function tryScript(dataDir: string, runId: string): string {
  return `
    import { acquireLock } from ${LOCK_MODULE};
    const info = { ...${JSON.stringify(info(runId))}, pid: process.pid };
    try {
      const lock = acquireLock(${JSON.stringify(dataDir)}, info);
      console.log('held' + (lock.stale ? ' after ' + lock.stale.runId : ''));
      process.stdin.on('end', () => lock.release()).resume();
    } catch (error) {
      console.log(error.name + ': ' + error.message);
    }`;
}

async function startChild(
  script: string,
  options = {},
): Promise<{ child: ChildProcess; says: string; errors: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: '/', ...options });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let says = '';
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      says += chunk;
      if (says.includes('\n')) resolve();
    });
    child.on('close', () => resolve());
    child.on('error', (error) => {
      errors += error.message;
      resolve();
    });
  });
  return { child, says: says.trim(), errors };
}

async function end(child: ChildProcess, how: 'SIGKILL' | 'end of input'): Promise<void> {
  const closed = once(child, 'close');
  if (how === 'SIGKILL') child.kill('SIGKILL');
  else child.stdin?.end();
  await closed;
}

describe('two processes', () => {
  test('[O01] the second run is refused and told who holds the lock, the first goes on', async () => {
    const dataDir = temporaryFolder();
    const first = await startChild(tryScript(dataDir, 'r1'));
    expect(first).toMatchObject({ says: 'held', errors: '' });
    const error = refusalOf(() => acquire(dataDir, 'r2'));
    const pid = first.child.pid;
    expect(error.message).toBe(
      `another run is under way: run r1, PID ${pid} on shop-1, started 2024-03-01T10:00:00.000Z`,
    );
    expect(error.remedy).toEqual([`wait for it to finish, or stop it with: kill ${pid}`]);
    expect(error.exitCode).toBe(1);
    expect(lockHolder(dataDir)).toMatchObject({ held: true, info: { runId: 'r1', pid } });
    await end(first.child, 'end of input');
    expect(acquire(dataDir, 'r3').stale).toBeUndefined();
  });

  test('a holder on another host is named in the remedy', () => {
    const dataDir = temporaryFolder();
    acquire(dataDir, 'r1');
    const error = refusalOf(() => acquireLock(dataDir, { ...info('r2'), host: 'laptop' }));
    expect(error.remedy).toEqual([`wait for it to finish, or stop it with: kill ${process.pid} on shop-1`]);
  });

  test('[O03] a killed run leaves no lock, and the next one learns which run it was', async () => {
    const dataDir = temporaryFolder();
    const first = await startChild(tryScript(dataDir, 'r1'));
    await end(first.child, 'SIGKILL');
    expect(readdirSync(dataDir)).toEqual(['pipeline.lock', 'pipeline.lock.json']);
    expect(lockHolder(dataDir)).toEqual({ held: false });
    const next = acquire(dataDir, 'r2');
    expect(next.stale).toEqual(info('r1', first.child.pid));
    next.release();
    expect(acquire(dataDir, 'r3').stale).toBeUndefined();
  });

  test('[O03] the number of a living process in the left file does not hold the lock', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'pipeline.lock'), '');
    writeFileSync(join(dataDir, 'pipeline.lock.json'), JSON.stringify(info('r1', 1)));
    const next = await startChild(tryScript(dataDir, 'r2'));
    expect(next).toMatchObject({ says: 'held after r1', errors: '' });
  });

  test('of several that start together exactly one gets the lock', async () => {
    const dataDir = temporaryFolder();
    const runs = await Promise.all(['r1', 'r2', 'r3'].map((runId) => startChild(tryScript(dataDir, runId))));
    const held = runs.filter((run) => run.says === 'held');
    const refused = runs.filter((run) => run.says.startsWith('RunError: another run is under way'));
    expect([held.length, refused.length]).toEqual([1, 2]);
  });
});

describe('[O02] one process', () => {
  test('the same process is refused a second time, and not after the release', () => {
    const dataDir = temporaryFolder();
    const first = acquire(dataDir, 'r1');
    expect(refusalOf(() => acquire(dataDir, 'r2')).message).toContain('run r1');
    expect(refusalOf(() => acquire(dataDir, 'r3')).message).toContain('run r1');
    first.release();
    first.release();
    const second = acquire(dataDir, 'r4');
    first.release();
    expect(refusalOf(() => acquire(dataDir, 'r5')).message).toContain('run r4');
    second.release();
    expect(lockHolder(dataDir)).toEqual({ held: false });
  });

  test('a worker thread is refused, and a look by this process does not free the lock', async () => {
    const dataDir = temporaryFolder();
    acquire(dataDir, 'r1');
    expect(lockHolder(dataDir).info?.runId).toBe('r1');
    const script = `
      const { parentPort } = require('node:worker_threads');
      import(${LOCK_MODULE}).then(({ acquireLock }) => {
        try {
          acquireLock(${JSON.stringify(dataDir)}, ${JSON.stringify(info('r2'))});
          parentPort.postMessage('held');
        } catch (error) {
          parentPort.postMessage(error.name + ': ' + error.message);
        }
      });`;
    const worker = new Worker(script, { eval: true });
    const [message] = await once(worker, 'message');
    await worker.terminate();
    expect(message).toMatch(/^RunError: another run is under way: run r1/);
    const other = await startChild(tryScript(dataDir, 'r3'));
    expect(other.says).toMatch(/^RunError: another run is under way: run r1/);
  });

  test('a symbolic link, a hard link and another relative path lead to the same lock', async () => {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'data');
    acquire(dataDir, 'r1');
    symlinkSync(dataDir, join(folder, 'link'));
    mkdirSync(join(folder, 'other'));
    linkSync(join(dataDir, 'pipeline.lock'), join(folder, 'other', 'pipeline.lock'));
    for (const path of [join(folder, 'link'), join(folder, 'other'), relative(process.cwd(), dataDir)]) {
      expect(refusalOf(() => acquire(path, 'r2')).message).toContain('another run is under way');
    }
    const child = await startChild(tryScript(join(folder, 'link'), 'r2'));
    expect(child.says).toContain('another run is under way');
  });
});

describe('the folder', () => {
  test('is made where it is missing, for the owner alone, and only the lock file is left after a run', () => {
    const dataDir = join(temporaryFolder(), 'new', 'data');
    expect(lockHolder(dataDir)).toEqual({ held: false });
    const lock = acquire(dataDir, 'r1');
    const modes = () =>
      readdirSync(dataDir).map((name) => [name, (statSync(join(dataDir, name)).mode & 0o777).toString(8)]);
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe('700');
    expect(modes()).toEqual([
      ['pipeline.lock', '600'],
      ['pipeline.lock.json', '600'],
    ]);
    lock.release();
    expect(modes()).toEqual([['pipeline.lock', '600']]);
  });

  test('[O19] that may not be written is named before any work', async (context) => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o555);
    const isRoot = process.getuid?.() === 0; // Whom permissions do not stop.
    const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const child = await startChild(tryScript(dataDir, 'r1'), user);
    if (isRoot && child.says === '')
      context.skip('root runs the tests, and the unprivileged user may not read the repository');
    expect(child.says).toMatch(/^RunError: data folder .*lock-test-\w+ cannot be written: EACCES/);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test("[O19] with another user's lock file in it is a clear error", async (context) => {
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) context.skip('only root can make the files of another user');
    const dataDir = temporaryFolder();
    acquire(dataDir, 'r1').release();
    chmodSync(dataDir, 0o777);
    const child = await startChild(tryScript(dataDir, 'r2'), { uid: 65_534, gid: 65_534 });
    if (child.says === '') context.skip('the unprivileged user may not read the repository');
    expect(child.says).toMatch(/^RunError: .*pipeline\.lock cannot be locked: /);
  });

  test('that is a file is a clear error', () => {
    const path = join(temporaryFolder(), 'data');
    writeFileSync(path, '');
    expect(refusalOf(() => acquire(path, 'r1')).message).toMatch(/^data folder .* cannot be written: E(EXIST|NOTDIR)/);
  });

  test('with something else called pipeline.lock in it is a clear error', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'pipeline.lock'), 'not ours '.repeat(200));
    expect(refusalOf(() => acquire(dataDir, 'r1')).message).toContain('is not the lock file of this program');
    rmSync(join(dataDir, 'pipeline.lock'));
    mkdirSync(join(dataDir, 'pipeline.lock'));
    expect(refusalOf(() => acquire(dataDir, 'r1')).message).toContain('pipeline.lock cannot be locked');
  });

  test('with an unreadable note beside the lock does not stop a run', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'pipeline.lock.json'), '{"runId": 7');
    expect(acquire(dataDir, 'r1').stale).toBeUndefined();
    expect(lockHolder(dataDir).info?.runId).toBe('r1');
  });

  test('whose note cannot be written frees the lock again', () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'pipeline.lock.json', 'full'), { recursive: true });
    expect(refusalOf(() => acquire(dataDir, 'r1')).message).toContain('pipeline.lock.json cannot be written');
    expect(lockHolder(dataDir)).toEqual({ held: false });
  });
});
