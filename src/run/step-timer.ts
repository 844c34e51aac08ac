import type { Effects } from '../effects.ts';
import type { RunListener } from './events.ts';
import type { Step } from './plan.ts';

/** Runs a step between its events. What the work returns as `rows` is reported. */
export async function timeStep<T extends { readonly rows?: number } | undefined>(
  step: Step,
  { monotonicMs }: Pick<Effects, 'monotonicMs'>,
  emit: RunListener,
  work: () => Promise<T>,
): Promise<T> {
  const start = monotonicMs();
  const seconds = () => (monotonicMs() - start) / 1000;
  emit({ type: 'step-started', step });
  try {
    const result = await work();
    const rows = result?.rows;
    emit({ type: 'step-finished', step, durationSeconds: seconds(), ...(rows === undefined ? {} : { rows }) });
    return result;
  } catch (error) {
    emit({ type: 'step-failed', step, durationSeconds: seconds(), error });
    throw error;
  }
}
