/**
 * Outlives the process that started a server, however that ended, and cleans up after it: node keeper-child.ts <folder>.
 * Once its input ends it stops the server whose data is in <folder>/data and removes the folder.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const folder = process.argv[2] ?? '';

function serverPid(): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** False while a server, or an initdb that lost its parent, is still writing. */
async function isRemoved(signal: NodeJS.Signals): Promise<boolean> {
  const pid = serverPid();
  if (pid !== undefined) process.kill(pid, signal);
  for (let waited = 0; serverPid() !== undefined && waited < 200; waited++) await delay(10);
  if (serverPid() !== undefined) return false;
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {}
  return !existsSync(folder);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdout.write('watching\n');
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.once('close', async () => {
  let signal: NodeJS.Signals = 'SIGQUIT';
  for (let tries = 0; tries < 50 && !(await isRemoved(signal)); tries++) {
    signal = tries > 2 ? 'SIGKILL' : 'SIGQUIT';
    await delay(100);
  }
  process.exit(existsSync(folder) ? 1 : 0);
});
