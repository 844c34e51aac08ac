import { Listr, type ListrTaskWrapper, ProcessOutput } from 'listr2';
import { LAYERS, type Layer } from '../engines/layer.ts';
import { printable } from '../printable.ts';
import { describeStep } from '../run/describe-step.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { layerOf } from '../run/layer-timer.ts';

type Stage = Layer | 'publish';
type Task = Pick<ListrTaskWrapper<unknown, never, never>, 'output' | 'title'>;

interface StageState {
  readonly done: PromiseWithResolvers<void>;
  task: Task | undefined;
}

const STAGES: readonly Stage[] = [...LAYERS, 'publish'];

/** The stages of a run on a terminal, with the current step and how far it is. Listens to the run's events only. */
export class TerminalProgress {
  readonly #stages = new Map<Stage, StageState>();
  readonly #rendering: Promise<unknown>;
  readonly #notices: string[] = [];
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>) {
    this.#stream = stream;
    for (const stage of STAGES) this.#stages.set(stage, { done: Promise.withResolvers<void>(), task: undefined });
    const list = new Listr(
      STAGES.map((stage) => ({
        title: stage,
        task: async (_context: unknown, task: Task) => {
          const state = this.#stages.get(stage);
          if (state === undefined) return;
          state.task = task;
          await state.done.promise;
        },
      })),
      {
        concurrent: true,
        exitOnError: false,
        registerSignalListeners: false,
        forceUpdateRate: 100,
        rendererOptions: { collapseErrors: true, processOutput: new ProcessOutput(stream, stream) },
        ...((env.TERM ?? '') === 'dumb' ? { renderer: 'silent' as const } : {}),
      } as ConstructorParameters<typeof Listr>[1],
    );
    this.#rendering = list.run().catch(() => undefined);
  }

  readonly listener: RunListener = (event) => {
    if (event.type === 'notice') this.#notices.push(event.message);
    const stage = stageOf(event);
    const task = stage === undefined ? undefined : this.#stages.get(stage)?.task;
    if (stage === undefined || task === undefined) return;
    if (event.type === 'step-started') task.output = describeStep(event.step);
    if (event.type === 'step-progress' && event.share !== undefined) {
      task.output = `${describeStep(event.step)}  ${Math.floor(100 * event.share)} %`;
    }
    if (event.type === 'step-failed') this.#stages.get(stage)?.done.reject(new Error(describeStep(event.step)));
    if (event.type === 'step-finished') this.#finishBefore(event);
  };

  /** Ends the display and prints the notices below it. */
  async close(): Promise<void> {
    for (const { done } of this.#stages.values()) done.resolve();
    await this.#rendering;
    for (const notice of this.#notices) this.#stream.write(`note: ${printable(notice)}\n`);
  }

  /** A stage is over when its checks are, publishing when it is published. */
  #finishBefore({ step }: Extract<RunEvent, { type: 'step-finished' }>): void {
    const over =
      step.kind === 'check' || step.kind === 'carry' ? step.layer : step.kind === 'publish' ? 'publish' : undefined;
    if (over !== undefined) this.#stages.get(over)?.done.resolve();
  }
}

function stageOf(event: RunEvent): Stage | undefined {
  if (!('step' in event)) return undefined;
  if (event.step.kind === 'carry') return event.step.layer;
  return layerOf(event.step) ?? 'publish';
}
