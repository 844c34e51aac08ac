import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../../errors.ts';
import { lockHolder } from '../../run/lock.ts';
import { type Finding, ok, problemOf, warning } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'lock';

/** Whether a run is under way, and whether one has died. */
export function checkLock({ config }: Site): Finding[] {
  try {
    const { held, info } = lockHolder(config.dataDir);
    if (held)
      return [
        ok(
          CHECK,
          `held: ${info === undefined ? 'a run' : `${info.command} ${info.runId}, PID ${info.pid}`} is under way`,
        ),
      ];
    const note = join(config.dataDir, 'pipeline.lock.json');
    if (!existsSync(note)) return [ok(CHECK, 'free')];
    return [warning(CHECK, 'free, but the last run was killed', ['the next run puts in order what it has left'])];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const path = join(config.dataDir, 'pipeline.lock');
    return [
      problemOf(
        CHECK,
        new RunError(`${path} cannot be read: ${message}`, {
          remedy: 'remove it while no run is under way',
          cause: error,
        }),
      ),
    ];
  }
}
