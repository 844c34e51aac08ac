import { openMetadataReadOnly } from '../store.ts';
import type { AssignmentRecord } from './launch-records.ts';

/**
 * All assignments of launches before a day, by launch and customer id, over a connection of its own that is closed at the end.
 * Nothing where there is no ledger yet.
 */
export function* assignmentsBefore(path: string, day: string): Generator<AssignmentRecord> {
  const metadata = openMetadataReadOnly(path);
  try {
    if (metadata !== undefined) yield* metadata.assignmentsBefore(day);
  } finally {
    metadata?.close();
  }
}
