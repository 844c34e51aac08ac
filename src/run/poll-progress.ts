import type { Workspace } from '../engines/engine.ts';
import type { RunListener } from './events.ts';
import type { Step } from './plan.ts';

const EVERY_MS = 250;

/** While `work` is under way, tells how far the engine is with its statement, where the engine knows. */
export async function withProgress<T>(
  step: Step,
  workspace: Workspace,
  emit: RunListener,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => {
    const share = workspace.progress();
    if (share !== undefined) emit({ type: 'step-progress', step, share });
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
