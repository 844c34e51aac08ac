import { setTimeout as delay } from 'node:timers/promises';

/** Waits for something, but no longer than so many milliseconds; says whether it came to an end, well or badly. */
export async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const isOver = delay(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const isEnded = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([isEnded, isOver]);
  } finally {
    timer.abort();
  }
}
