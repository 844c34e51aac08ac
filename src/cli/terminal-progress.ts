import { DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput, SilentRenderer } from 'listr2';
import { LAYERS, type Layer } from '../engines/layer.ts';
import { printable } from '../printable.ts';
import { describeStep } from '../run/describe-step.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { layerOf } from '../run/layer-timer.ts';
import { seconds } from './format.ts';

type Stage = Layer | 'publish';
type Task = Pick<ListrTaskWrapper<unknown, never, never>, 'output' | 'title' | 'skip'>;

const STAGES: readonly Stage[] = [...LAYERS, 'publish'];

/** The library draws only where stdout is a terminal; this display goes to stderr, which was asked already. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** One line of the display: waits until the run's events say that its work is done. */
class StageLine {
  readonly done: PromiseWithResolvers<'done' | 'not reached'> = Promise.withResolvers();
  task: Task | undefined;
  rows = 0;
  durationSeconds = 0;

  /** File names in the text may hold anything. */
  show(text: string): void {
    if (this.task !== undefined) this.task.output = printable(text);
  }
}

/** The stages of a run on a terminal, with the current step and how far it is. Listens to the run's events only. */
export class TerminalProgress {
  readonly #lines = new Map<Stage, StageLine>(STAGES.map((stage) => [stage, new StageLine()]));
  readonly #rendering: Promise<unknown>;
  readonly #notices: string[] = [];
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>) {
    this.#stream = stream;
    const tasks = [...this.#lines].map(([stage, line]) => ({
      title: stage,
      task: async (_context: unknown, task: Task) => {
        line.task = task;
        if ((await line.done.promise) === 'not reached') task.skip(`${stage}: not reached`);
      },
    }));
    const list = new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      renderer: env.TERM === 'dumb' ? SilentRenderer : StderrRenderer,
      rendererOptions: {
        collapseErrors: true,
        logger: new ListrLogger({ useIcons: true, toStderr: [], processOutput: new ProcessOutput(stream, stream) }),
      },
    });
    this.#rendering = list.run().catch(() => undefined);
  }

  readonly listener: RunListener = (event) => {
    if (event.type === 'notice') this.#notices.push(event.message);
    const line = lineOf(event, this.#lines);
    if (line === undefined) return;
    if (event.type === 'step-started') line.show(describeStep(event.step));
    if (event.type === 'step-progress') line.show(progressText(event));
    if (event.type === 'step-failed') line.done.reject(new Error(printable(describeStep(event.step))));
    if (event.type === 'step-finished') this.#onFinished(event, line);
  };

  /** Ends the display and prints the notices below it. */
  async close(): Promise<void> {
    for (const { done } of this.#lines.values()) done.resolve('not reached');
    await this.#rendering;
    for (const notice of this.#notices) this.#stream.write(`note: ${printable(notice)}\n`);
  }

  /** A stage is over when its checks are, publishing when it is published. */
  #onFinished({ step, rows, durationSeconds }: Extract<RunEvent, { type: 'step-finished' }>, line: StageLine): void {
    line.durationSeconds += durationSeconds;
    if (step.kind === 'load' || step.kind === 'keep') line.rows += rows ?? 0;
    if (step.kind !== 'check' && step.kind !== 'carry' && step.kind !== 'publish') return;
    if (line.task !== undefined) {
      const records = line.rows === 0 ? '' : `  ${line.rows.toLocaleString('en-US')} records`;
      line.task.title = `${line.task.title}${records}  ${seconds(line.durationSeconds)}`;
    }
    line.done.resolve('done');
  }
}

function lineOf(event: RunEvent, lines: ReadonlyMap<Stage, StageLine>): StageLine | undefined {
  if (!('step' in event)) return undefined;
  const stage = event.step.kind === 'carry' ? event.step.layer : (layerOf(event.step) ?? 'publish');
  return lines.get(stage);
}

function progressText({ step, share, detail }: Extract<RunEvent, { type: 'step-progress' }>): string {
  const percent = share === undefined ? '' : `  ${Math.floor(100 * share)} %`;
  return `${describeStep(step)}${percent}${detail === undefined ? '' : `  ${detail}`}`;
}
