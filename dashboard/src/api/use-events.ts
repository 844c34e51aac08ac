import { useEffect, useState } from 'react';
import type { Snapshot } from './answer.ts';

/** A run that is under way. */
export interface RunningRun {
  readonly runId: string;
  readonly command: string;
  readonly startedAt: string;
  readonly tablesDone: number;
}

interface News {
  /** Undefined until it is known; null before the first run. */
  readonly snapshot: Snapshot | null | undefined;
  readonly running: RunningRun | null;
}

/** What the server tells by itself: a new snapshot, a run that begins, gets on and ends. */
export function useEvents(isOffline: boolean): News {
  const [news, setNews] = useState<News>({ snapshot: undefined, running: null });
  useEffect(() => {
    if (isOffline) return;
    const stream = new EventSource('/api/events');
    stream.addEventListener('snapshot', ({ data }) => {
      const told: Snapshot | { readonly snapshot: null } = JSON.parse(data);
      setNews((before) => ({ ...before, snapshot: told.snapshot === null ? null : told }));
    });
    stream.addEventListener('run', ({ data }) => {
      const { running }: { readonly running: RunningRun | null } = JSON.parse(data);
      setNews((before) => ({ ...before, running }));
    });
    return () => stream.close();
  }, [isOffline]);
  return news;
}
