import type { Effects } from '../effects.ts';
import { CancelledError, PipelineError } from '../errors.ts';
import type { SelftestStep, StepStatus } from './selftest-types.ts';

/** Something that must hold. */
export interface Step {
  readonly name: string;
  /** True when the steps after it make no sense without it. */
  readonly isVital?: boolean;
  /** Resolves with what was found; rejects when it does not hold. */
  check(): Promise<string>;
}

export interface StepOptions {
  readonly effects: Effects;
  readonly signal?: AbortSignal;
  /** Told each step when it is over. */
  readonly onStep?: (step: SelftestStep) => void;
}

/** Goes through the steps in their order. A failure does not stop the others, unless the step was vital. */
export async function runSteps(
  steps: readonly Step[],
  { effects, signal, onStep }: StepOptions,
): Promise<SelftestStep[]> {
  const results: SelftestStep[] = [];
  let broken: string | undefined;
  for (const { name, isVital, check } of steps) {
    if (signal?.aborted) throw new CancelledError();
    const start = effects.monotonicMs();
    const end = (status: StepStatus, detail: string) => {
      const result = { name, status, durationSeconds: (effects.monotonicMs() - start) / 1000, detail };
      results.push(result);
      onStep?.(result);
    };
    if (broken !== undefined) {
      end('skipped', `needs "${broken}"`);
      continue;
    }
    try {
      end('passed', await check());
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      end('failed', reason(error));
      if (isVital === true) broken = name;
    }
  }
  return results;
}

/** A defect keeps its stack, as everywhere. */
function reason(error: unknown): string {
  if (error instanceof PipelineError) return [error.message, ...error.remedy].join('; ');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
