import { basename } from 'node:path';
import type { Step } from './plan.ts';

/** A step in a few words, for `--dry-run`, progress and the log. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'carry':
      return `keep ${step.layer} as published in ${step.snapshotId}`;
    case 'keep':
      return `keep the records of ${step.files} ${step.files === 1 ? 'file' : 'files'} from ${step.snapshotId}`;
    case 'load':
      return 'path' in step ? `load ${basename(step.path)}` : `load table ${step.table.name}`;
    case 'build':
      return `build ${step.model.layer}.${step.model.name}`;
    case 'check':
      return `check ${step.layer} (${step.checks} checks)`;
    case 'reconcile':
      return 'reconcile rows and money from file to business layer';
    case 'publish':
      return `publish as ${step.snapshotId}, keep the last ${step.keepSnapshots} snapshots`;
  }
}
