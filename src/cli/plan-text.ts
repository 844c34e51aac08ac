import { printable } from '../printable.ts';
import { describeStep } from '../run/describe-step.ts';
import type { Plan, Step } from '../run/plan.ts';
import type { CliContext } from './context.ts';

/** Prints the steps of a plan, as text or as one JSON object. */
export async function printPlan(plan: Plan, json: boolean, { stdout }: CliContext): Promise<void> {
  if (json) {
    await stdout.write(`${JSON.stringify({ runId: plan.runId, steps: plan.steps.map(plainStep) })}\n`);
    return;
  }
  const steps = plan.steps.map(
    (step, position) => `${String(position + 1).padStart(4)}  ${printable(describeStep(step))}\n`,
  );
  await stdout.write(
    `A run would do this (nothing has been done):\n${steps.join('')}\nWho would change segment by it, and why: marketing-pipeline plan\n`,
  );
}

function plainStep(step: Step): Record<string, unknown> {
  if ('table' in step) {
    const { name, server } = step.table;
    return { kind: step.kind, table: name, server, title: describeStep(step) };
  }
  if (step.kind !== 'build') return { ...step, title: describeStep(step) };
  const { layer, name, file, dependsOn } = step.model;
  return { kind: step.kind, layer, model: name, file, dependsOn, title: describeStep(step) };
}
