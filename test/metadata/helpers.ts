import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type MetadataStore, openMetadata } from '../../src/metadata/store.ts';

/** A clock that stands still until it is set. */
export function fixedClock(start = '2024-03-01T10:00:00.000Z') {
  let time = new Date(start);
  return {
    now: () => time,
    set: (iso: string) => {
      time = new Date(iso);
    },
  };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'metadata-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a fresh folder, closed and removed when the test ends. */
export function temporaryStore() {
  const path = join(temporaryFolder(), 'data', 'metadata.db');
  const clock = fixedClock();
  const store: MetadataStore = openMetadata(path, clock);
  onTestFinished(() => store.close());
  return { path, clock, store };
}
